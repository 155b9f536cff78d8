import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { permissionsOf, type Role } from '../../src/accounts/model.ts';
import { TenantService } from '../../src/accounts/service.ts';
import { TokenService } from '../../src/accounts/tokens/service.ts';
import { UnitService } from '../../src/accounts/units/service.ts';
import { CaseService } from '../../src/cases/service.ts';
import { tenantScope, WHOLE_TENANT } from '../../src/kernel/scope.ts';
import { addHours, instantFromMs } from '../../src/kernel/time.ts';
import { Database } from '../../src/platform/database/database.ts';
import type { NamedKey } from '../../src/platform/keys.ts';
import { projectCaseId } from '../../src/projects/messages.ts';
import { OutsideMirror } from '../../src/recovery/outside/service.ts';
import type { TestApi } from '../support/api.ts';
import type { HttpClient } from '../support/http.ts';
import { COMMUNITY } from '../support/claimants.ts';
import { runFolder } from '../support/run.ts';
import { over, persist } from './support/persistent.ts';
import { inside, Town } from './support/town.ts';

const run = promisify(execFile);
const key: NamedKey = { id: 'faults', secret: randomBytes(32) };
/** The issue's thousand is reached by `RESTORE_CASES=1000`. */
const CASES = Number(process.env['RESTORE_CASES'] ?? 24);

interface Recovered {
  /** Whom the restore had brought back. */
  readonly erasedAgain: number;
  readonly republished: number;
  readonly resynced: number;
  readonly started: number;
  readonly lost: number;
  readonly unexplained: number;
}

let town: Town;
let file: string;
let projects: string[];
/** What each project's people were told after the backup. */
let told: Map<string, readonly string[]>;
/** A need whose raiser is deleted after the backup. */
let needId: string;

const lastLine = (text: string): unknown => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');

/** A command of the operator, as a process of its own; answers its last line, whatever its exit code. */
async function operate<Line>(script: string, ...args: readonly string[]): Promise<Line> {
  const env = { PATH: process.env['PATH'], ...town.world.env };
  const done = await run(process.execPath, [join(process.cwd(), 'dist/src', script), ...args], { env }).catch(
    (error: { stdout: string; stderr: string }) => (error.stdout === '' ? Promise.reject(new Error(error.stderr)) : error),
  );
  return lastLine(done.stdout) as Line;
}

async function tokenOf(api: TestApi, accountId: string, role: Role): Promise<HttpClient> {
  const now = instantFromMs(Date.now());
  const permissions = permissionsOf(role).filter((permission) => permission !== 'money.approve');
  const details = { accountId, name: 'test', permissions, expiresAt: addHours(now, 24) };
  const issued = await api.api.app
    .get(Database)
    .within(tenantScope(town.tenant), (tx) => api.api.app.get(TokenService, { strict: false }).issue(tx, details, { commandId: randomUUID(), at: now }));
  return api.program(issued.secret);
}

async function administrator(api: TestApi): Promise<HttpClient> {
  const role = { role: 'systemAdministrator', orgPath: WHOLE_TENANT } as const;
  const login = `admin-${randomUUID().slice(0, 8)}`;
  const [one] = await api.api.app
    .get(TenantService, { strict: false })
    .enrol(tenantScope(town.tenant), [{ login, name: '示例管理员', orgPath: WHOLE_TENANT, roles: [role], password: null }]);
  return tokenOf(api, one!.accountId, 'systemAdministrator');
}

const journalOf = async (api: TestApi, id: string): Promise<readonly string[]> =>
  (await api.api.app.get(CaseService, { strict: false }).journal(town.tenant, projectCaseId(id))).map(({ type }) => type);

/** What of a resident could still be read or found in the database. */
async function leftOf(api: TestApi): Promise<{ keys: number; indexes: number }> {
  const [left] = await api.api.app.get(Database).within(tenantScope(town.tenant), (tx) =>
    tx.query<{ keys: number; indexes: number }>(
      `SELECT count(k.wrapped) AS keys, count(r.phone_index) AS indexes
         FROM needs_raiser r JOIN subject_key k USING (tenant_id, subject_id) WHERE r.need_id = $1`,
      [needId],
    ),
  );
  return left!;
}

const unitOf = (at: number): Town['units'][number] => town.units[at % town.units.length]!;

/** Workers may still be starting: sent with one key until it is answered. */
async function sent(client: HttpClient, path: string, body: object, status: number): Promise<string> {
  const failures: string[] = [];
  const answer = await persist(client, `/api/v1/projects${path}`, body, failures);
  expect([failures, answer.status]).toEqual([[], status]);
  return String(answer.body?.id);
}

async function claim(at: number, client = unitOf(at).client): Promise<void> {
  await sent(client, `/${projects[at]}/claim`, { unitId: unitOf(at).id }, 200);
}

async function agree(at: number): Promise<void> {
  const { id: unitId, client } = unitOf(at);
  await sent(client, `/${projects[at]}/agree`, { unitId, implementerId: unitId, signedOn: '2026-11-28' }, 200);
}

beforeAll(async () => {
  town = await Town.create({ units: Math.ceil(CASES / 3) + 1, proposals: CASES + 2 });
  file = join(runFolder(), 'restore.backup');
  const { world, manager, proposals } = town;
  world.run('worker');
  const api = await inside(world);
  projects = [];
  for (let at = 0; at < CASES; at += 1) projects.push(await sent(manager.client, '', { proposalId: proposals.pop() }, 201));
  await claim(0);
  const raiser = { words: '示例：楼道的灯坏了', name: '示例居民', phone: '13900000000', consent: 'oral' };
  const communities = await api.api.app.get(Database).within(tenantScope(town.tenant), (tx) => api.api.app.get(UnitService, { strict: false }).byCodes(tx, [COMMUNITY]));
  const need = { communityId: communities.get(COMMUNITY)!.id, category: 'elderly', channel: 'visit', raiserKind: 'staffOnBehalf', raiser };
  needId = String((await town.worker.client.post('/api/v1/needs', need)).body.id);
  expect(await leftOf(api)).toEqual({ keys: 1, indexes: 1 });
  await world.backUp(file, key);
  // Later than the backup: a third claimed, of these every second agreed, and one project that the backup does not know.
  for (let at = 1; at < CASES; at += 3) {
    await claim(at);
    if (at % 2 === 0) await agree(at);
  }
  const asked = await town.worker.client.post('/api/v1/rights-requests', { record: { kind: 'need', id: needId }, right: 'deletion', channel: 'oral' });
  expect(await town.worker.client.post(`/api/v1/rights-requests/${String(asked.body.id)}/carry-out`, {})).toMatchObject({ status: 200, body: { status: 'carriedOut' } });
  expect(await leftOf(api)).toEqual({ keys: 0, indexes: 0 });
  await api.api.app.get(OutsideMirror, { strict: false }).copy();
  told = new Map(await Promise.all(projects.map(async (id) => [id, await journalOf(api, id)] as const)));
  await api.stop();
  await world.stopOwn();
  await world.stopServers();
}, 25 * 60_000);

afterAll(async () => {
  over.abort();
  await town?.world.stop();
});

async function recoverAndLeave(): Promise<Recovered> {
  const { world } = town;
  const { erasedAgain } = await operate<Pick<Recovered, 'erasedAgain'>>('recover.js', '--begin', 'DRILL');
  world.run('worker');
  const api = await inside(world);
  try {
    expect(await (await administrator(api)).post('/api/v1/projects', {})).toMatchObject({ status: 403 });
    const unit = await tokenOf(api, unitOf(2).accountId, 'unit');
    const asked = [`/api/v1/projects/${projects[2]}/claim`, { unitId: unitOf(2).id }] as const;
    expect(await unit.post(...asked)).toMatchObject({ status: 503, body: { code: 'RECOVERING' } });
    expect(await unitOf(2).client.get('/api/v1/projects')).toMatchObject({ status: 401 });
    const recovered = await operate<Recovered>('recover.js');
    expect(recovered).toMatchObject({ lost: 0, unexplained: 0 });
    expect(await (await administrator(api)).post('/api/v1/recovery/leave')).toMatchObject({ status: 200, body: { mode: 'open' } });
    expect(await operate('doctor.js')).toMatchObject({ unexplained: 0 });
    return { ...recovered, erasedAgain };
  } finally {
    await api.stop();
  }
}

describe('a backup of a running system', () => {
  it('is sealed and comes back as one instant: nothing to repair', async () => {
    const { world } = town;
    expect(existsSync(file)).toBe(true);
    await world.putBack(file, key, { database: true, temporal: true });
    await world.startServers();
    expect(await recoverAndLeave()).toMatchObject({ republished: 0, started: 0, erasedAgain: 1 });
    const api = await inside(world);
    expect(await leftOf(api)).toEqual({ keys: 0, indexes: 0 });
    expect(await journalOf(api, projects[0]!)).toEqual(['opened', 'claimed']);
    expect(await journalOf(api, projects[1]!)).toEqual(['opened']);
    await api.stop();
    await world.stopOwn();
    await world.stopServers();
    await world.putForward();
  });

  it('under a younger engine: the database gets back what the histories tell, with ids and times', async () => {
    const { world } = town;
    await world.putBack(file, key, { database: true, temporal: false });
    await world.startServers();
    // Two of them are the request's to be deleted.
    const later = [...told.values()].reduce((sum, types) => sum + types.length, 0) - CASES - 1 + 2;
    expect(await recoverAndLeave()).toMatchObject({ republished: later });
    const api = await inside(world);
    for (const id of projects) expect([id, await journalOf(api, id)]).toEqual([id, told.get(id)]);
    expect(await leftOf(api)).toEqual({ keys: 0, indexes: 0 });
    await api.stop();
    await world.stopOwn();
    await world.stopServers();
    await world.putForward();
  });

  it('under an older engine: its runs adopt what the journals hold', async () => {
    const { world } = town;
    await world.putBack(file, key, { database: false, temporal: true });
    await world.startServers();
    const { resynced } = await recoverAndLeave();
    expect(resynced).toBeGreaterThan(0);
    const api = await inside(world);
    for (const id of projects) expect([id, await journalOf(api, id)]).toEqual([id, told.get(id)]);
    await claim(2, await tokenOf(api, unitOf(2).accountId, 'unit'));
    await api.stop();
  });
});
