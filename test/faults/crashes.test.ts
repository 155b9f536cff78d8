import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { UnitService } from '../../src/accounts/units/service.ts';
import { SNAPSHOT_QUERY, workflowIdOf, type CaseSnapshot } from '../../src/cases/messages.ts';
import { restore } from '../../src/cases/model.ts';
import { CaseService } from '../../src/cases/service.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs, localDate } from '../../src/kernel/time.ts';
import { LedgerService } from '../../src/ledger/service.ts';
import { Database } from '../../src/platform/database/database.ts';
import { CaseGateway } from '../../src/platform/temporal/gateway.ts';
import { PolicyService } from '../../src/policy/service.ts';
import type { ProjectEvent } from '../../src/projects/lifecycle/model.ts';
import { projectCaseId } from '../../src/projects/messages.ts';
import { projectMachine } from '../../src/projects/model.ts';
import { fundingLines } from '../../src/projects/funding/model.ts';
import { ProjectService } from '../../src/projects/service.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { plantProposals } from '../support/proposals.ts';
import { Staff, type StaffMember } from '../support/staff.ts';
import { persist } from './support/persistent.ts';
import { randomFrom, shuffled } from './support/random.ts';
import { World } from './support/world.ts';

const SEED = Number(process.env['FAULT_SEED'] ?? 20261122);
const PER_POINT = Number(process.env['FAULTS_PER_POINT'] ?? 15);
const LANES = 4;
const MOST_LIVES = 600;
const PLEDGE_FEN = 250_000;

const WHOLE_LIFE = ['opened', 'claimed', 'agreed', 'started', 'acceptanceRequested', 'accepted'];

interface Unit extends StaffMember {
  readonly id: string;
}

interface Life {
  readonly projectId: string;
  readonly leadId: string;
}

let world: World;
let manager: StaffMember;
let worker: StaffMember;
let units: Unit[];
let proposals: string[];
let tenant: Staff['tenant'];

/** With the same keys, database and port as the processes that will be killed. */
const inside = (): Promise<TestApi> =>
  startTestApi({ database: { url: world.env['DATABASE_URL']! } as never, env: world.env });

beforeAll(async () => {
  world = await World.create();
  const api = await inside();
  const staff = await Staff.of(api);
  tenant = staff.tenant;
  const { app } = api.api;
  const at = instantFromMs(Date.now());
  const codes = Array.from({ length: LANES * 3 }, (_, index) => `u${index + 1}`);
  await app.get(Database).within(tenantScope(tenant), async (tx) => {
    await app.get(PolicyService, { strict: false }).installDefaults(tx, at);
    const rows = [
      { code: 'office', name: '示例街道', kind: 'subdistrictOffice' as const },
      { code: 'xc', name: '示例社区', kind: 'community' as const },
      ...codes.map((code) => ({ code, name: `示例单位${code}`, kind: 'coBuildingUnit' as const, communities: ['xc'] })),
    ];
    const registered = await app
      .get(UnitService, { strict: false })
      .registerUnits(tx, rows, { commandId: randomUUID(), at, joinedOn: localDate('2026-01-01') });
    expect(registered.errors).toEqual([]);
  });
  manager = await staff.member('manager');
  worker = await staff.member('communityWorker');
  const known = await app.get(Database).within(tenantScope(tenant), (tx) => app.get(UnitService, { strict: false }).byCodes(tx, codes));
  units = [];
  for (const code of codes) {
    const unit = known.get(code)!;
    units.push({ ...(await staff.member('unit', unit.orgPath, code)), id: unit.id });
  }
  proposals = await plantProposals(app, tenant, 'xc', MOST_LIVES);
  await api.stop();
}, 300_000);

afterAll(async () => {
  await world?.stop();
});

/** One micro-project from its opening to its acceptance, with rivals for its claim and money on its way. */
async function live(lane: number, proposalId: string, failures: string[]): Promise<Life> {
  const rivals = units.slice(lane * 3, lane * 3 + 3);
  const ok = async (client: StaffMember, path: string, body: unknown): Promise<void> => {
    const answer = await persist(client.client, path, body, failures);
    if (answer.status >= 300) failures.push(`${path}: ${answer.status} ${String(answer.body?.code)}`);
  };
  const opened = await persist(manager.client, '/api/v1/projects', { proposalId }, failures);
  const projectId = String(opened.body?.id);
  const at = `/api/v1/projects/${projectId}`;
  const claims = await Promise.all(
    rivals.map((unit) => persist(unit.client, `${at}/claim`, { unitId: unit.id }, failures)),
  );
  const winners = rivals.filter((_, index) => claims[index]?.status === 200);
  if (winners.length !== 1) failures.push(`${at}: ${winners.length} units were told that they hold it`);
  const lead = winners[0] ?? rivals[0]!;
  const money = { unitId: lead.id, book: 'money', amount: PLEDGE_FEN };
  await ok(lead, `${at}/pledge`, money);
  await ok(lead, `${at}/agree`, { unitId: lead.id, implementerId: lead.id, signedOn: '2026-11-23' });
  await ok(lead, `${at}/deliver`, money);
  await ok(lead, `${at}/start`, { unitId: lead.id });
  await ok(worker, `${at}/verify`, money);
  await ok(lead, `${at}/request-acceptance`, { unitId: lead.id, summary: '示例' });
  await ok(worker, `${at}/accept`, { finding: '示例' });
  return { projectId, leadId: lead.id };
}

describe(`crashes, seed ${SEED}`, () => {
  it('leave one truth in every case and every fen where it belongs', async () => {
    const random = randomFrom(SEED);
    const spread = (points: readonly string[]): string[] =>
      shuffled(points.flatMap((point) => Array.from({ length: PER_POINT }, () => point)), random);
    const planned = {
      worker: spread(['publish.open', 'publish.committed']),
      api: spread(['command.stored', 'command.decided']),
    };
    const servers = spread(['postgres', 'temporal', 'all']);
    const armed: Partial<Record<'worker' | 'api', string>> = {};
    const crashes: Record<string, number> = {};
    let together = false;
    world.nextCrashPoint = (name) => {
      armed[name] = planned[name].pop() ?? '';
      return armed[name] === '' ? undefined : `${armed[name]}:${1 + Math.floor(random() * 12)}`;
    };
    world.onEnd = (name) => {
      const point = armed[name];
      if (together && point) planned[name].push(point);
      else if (point) crashes[point] = (crashes[point] ?? 0) + 1;
    };
    world.run('worker');
    world.run('api');
    await world.untilReady();

    const failures: string[] = [];
    const lives: Life[] = [];
    let over = false;
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      for (let next = proposals.pop(); next && !over && failures.length === 0; next = proposals.pop()) lives.push(await live(lane, next, failures));
    });
    for (let victim = servers.pop(); victim; victim = servers.pop()) {
      await delay(300 + Math.floor(random() * 1500));
      together = victim === 'all';
      if (victim !== 'temporal') await world.killPostgres();
      if (victim !== 'postgres') world.killTemporal();
      if (victim === 'all') for (const name of ['worker', 'api'] as const) world.kill(name);
      crashes[victim] = (crashes[victim] ?? 0) + 1;
      if (victim !== 'temporal') await world.startPostgres();
      if (victim !== 'postgres') await world.startTemporal();
      await world.untilReady();
      together = false;
    }
    const deadline = performance.now() + 20 * 60_000;
    while (planned.worker.length + planned.api.length > 0 && proposals.length > LANES && failures.length === 0 && performance.now() < deadline) {
      await delay(500);
    }
    over = true;
    await Promise.all(lanes);
    process.stderr.write(`crashes ${JSON.stringify(crashes)}, lives ${lives.length}\n`);

    await world.stopOwn();
    expect(failures.slice(0, 10)).toEqual([]);
    await verify(lives);
    for (const [point, count] of Object.entries(crashes)) expect([point, count >= PER_POINT]).toEqual([point, true]);
    expect(Object.keys(crashes)).toHaveLength(7);
  });
});

/** Journal, running case and read model tell the same story, and the money moved once. */
async function verify(lives: readonly Life[]): Promise<void> {
  world.nextCrashPoint = () => undefined;
  world.run('worker');
  const api = await inside();
  const { app } = api.api;
  const db = app.get(Database);
  const gateway = app.get(CaseGateway);
  for (const { projectId, leadId } of lives) {
    const caseId = projectCaseId(projectId);
    const journal = (await app.get(CaseService, { strict: false }).journal(tenant, caseId)) as unknown as ProjectEvent[];
    const restored = restore(projectMachine, journal);
    const running = await gateway.query<CaseSnapshot>(workflowIdOf(tenant, caseId), SNAPSHOT_QUERY);
    const row = await db.within(tenantScope(tenant), (tx) => app.get(ProjectService, { strict: false }).get(tx, projectId));
    const balances = await db.within(tenantScope(tenant), (tx) => app.get(LedgerService, { strict: false }).balancesOf(tx, [projectId]));
    expect(journal.map(({ type }) => type)).toEqual(WHOLE_LIFE);
    expect(running.memory).toEqual(JSON.parse(JSON.stringify(restored)));
    expect(running.parked).toBeNull();
    expect(row).toMatchObject({ version: journal.length, status: 'accepted', leadUnit: leadId });
    expect(fundingLines(balances)).toEqual([
      { funderId: leadId, book: 'money', pledged: PLEDGE_FEN, delivered: PLEDGE_FEN, verified: PLEDGE_FEN },
    ]);
  }
  expect(lives.length).toBeGreaterThan(LANES);
  await api.stop();
}
