import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { SNAPSHOT_QUERY, workflowIdOf, type CaseSnapshot } from '../../src/cases/messages.ts';
import { restore } from '../../src/cases/model.ts';
import { CaseService } from '../../src/cases/service.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { LedgerService } from '../../src/ledger/service.ts';
import { Database } from '../../src/platform/database/database.ts';
import { CaseGateway } from '../../src/platform/temporal/gateway.ts';
import type { ProjectEvent } from '../../src/projects/lifecycle/model.ts';
import { projectCaseId } from '../../src/projects/messages.ts';
import { projectMachine } from '../../src/projects/model.ts';
import { fundingLines } from '../../src/projects/funding/model.ts';
import { ProjectService } from '../../src/projects/service.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { COMMUNITY, plantClaimants, type Claimant } from '../support/claimants.ts';
import { plantProposals } from '../support/proposals.ts';
import { Staff, type StaffMember } from '../support/staff.ts';
import { live, PLEDGE_FEN, type Life } from './support/life.ts';
import { randomFrom, shuffled } from './support/random.ts';
import { World } from './support/world.ts';

const SEED = Number(process.env['FAULT_SEED'] ?? 20261122);
const PER_POINT = Number(process.env['FAULTS_PER_POINT'] ?? 15);
/** Where our own processes die, and what is killed beside them; `all` is every one of the four. */
const POINTS = { worker: ['publish.open', 'publish.committed'], api: ['command.stored', 'command.decided'] };
const SERVERS = ['postgres', 'temporal', 'all'];
const LANES = 4;
const RIVALS = 3;
const MOST_LIVES = 1200;
/** One life of so many loses its lead on the way. */
const WITHDRAWAL_EVERY = 3;
/** A process dies at one of its first so many passings of a point. */
const PASSINGS = 8;
/** Long enough for the planned crashes on a busy machine, shorter than the patience of the runner. */
const PATIENCE_MS = 25 * 60_000;

let world: World;
let manager: StaffMember;
let worker: StaffMember;
let units: Claimant[];
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
  manager = await staff.member('manager');
  worker = await staff.member('communityWorker');
  units = await plantClaimants(api, staff, LANES * RIVALS);
  proposals = await plantProposals(api.api.app, tenant, COMMUNITY, MOST_LIVES);
  await api.stop();
}, 300_000);

afterAll(async () => {
  await world?.stop();
});

describe(`crashes, seed ${SEED}`, () => {
  it('leave one truth in every case and every fen where it belongs', async () => {
    const random = randomFrom(SEED);
    const spread = (points: readonly string[]): string[] =>
      shuffled(points.flatMap((point) => Array.from({ length: PER_POINT }, () => point)), random);
    const planned = {
      worker: spread(POINTS.worker),
      api: spread(POINTS.api),
    };
    const servers = spread(SERVERS);
    const armed: Partial<Record<'worker' | 'api', string>> = {};
    const crashes: Record<string, number> = {};
    const failed: Record<string, number> = {};
    world.nextCrashPoint = (name) => {
      armed[name] = planned[name].pop() ?? '';
      return armed[name] === '' ? undefined : `${armed[name]}:${1 + Math.floor(random() * PASSINGS)}`;
    };
    world.onEnd = (name, end) => {
      const point = armed[name];
      if (end === 'failed') failed[name] = (failed[name] ?? 0) + 1;
      if (!point) return;
      if (end === 'crashed') crashes[point] = (crashes[point] ?? 0) + 1;
      else planned[name].push(point);
    };
    world.run('worker');
    world.run('api');
    await world.untilReady();

    const begun = performance.now();
    const failures: string[] = [];
    const lives: Life[] = [];
    let over = false;
    let started = 0;
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      const people = { manager, worker, rivals: units.slice(lane * RIVALS, (lane + 1) * RIVALS) };
      while (!over && failures.length === 0) {
        const proposal = proposals.pop() ?? '';
        started += 1;
        lives.push(await live(people, proposal, started % WITHDRAWAL_EVERY === 0, failures));
      }
    });
    const living = (): boolean => failures.length === 0 && proposals.length > LANES && performance.now() - begun < PATIENCE_MS;
    for (let victim = servers.pop(); victim && living(); victim = servers.pop()) {
      await delay(200 + Math.floor(random() * 1000));
      if (victim !== 'temporal') await world.killPostgres();
      if (victim !== 'postgres') world.killTemporal();
      if (victim === 'all') for (const name of ['worker', 'api'] as const) world.kill(name);
      crashes[victim] = (crashes[victim] ?? 0) + 1;
      await Promise.all([victim !== 'temporal' && world.startPostgres(), victim !== 'postgres' && world.startTemporal()]);
      await world.untilReady();
    }
    while (planned.worker.length + planned.api.length > 0 && living()) await delay(100);
    over = true;
    await Promise.all(lanes);
    const seconds = Math.round((performance.now() - begun) / 1000);
    process.stderr.write(`${JSON.stringify({ crashes, failed, lives: lives.length, seconds })}\n`);

    await world.stopOwn();
    expect(failures).toEqual([]);
    await verify(lives);
    expect(Object.keys(crashes).sort()).toEqual([...POINTS.worker, ...POINTS.api, ...SERVERS].sort());
    for (const [point, count] of Object.entries(crashes)) expect([point, count >= PER_POINT]).toEqual([point, true]);
  });
});

/** Journal, running case and read model tell the same story, and the money moved once. */
async function verify(lives: readonly Life[]): Promise<void> {
  expect(lives.length).toBeGreaterThan(LANES);
  world.nextCrashPoint = () => undefined;
  world.run('worker');
  const api = await inside();
  try {
    for (const life of lives) await verifyLife(api.api.app, life);
  } finally {
    await api.stop();
  }
}

async function verifyLife(app: TestApi['api']['app'], { projectId, leadId, journal: told }: Life): Promise<void> {
  const caseId = projectCaseId(projectId);
  const journal = (await app.get(CaseService, { strict: false }).journal(tenant, caseId)) as unknown as ProjectEvent[];
  const restored = restore(projectMachine, journal);
  const running = await untilAnswered(() => app.get(CaseGateway).query<CaseSnapshot>(workflowIdOf(tenant, caseId), SNAPSHOT_QUERY));
  const { row, balances } = await app.get(Database).within(tenantScope(tenant), async (tx) => ({
    row: await app.get(ProjectService, { strict: false }).get(tx, projectId),
    balances: await app.get(LedgerService, { strict: false }).balancesOf(tx, [projectId]),
  }));
  expect(journal.map(({ type }) => type)).toEqual(told);
  expect(running.memory).toEqual(JSON.parse(JSON.stringify(restored)));
  expect(running.parked).toBeNull();
  expect(row).toMatchObject({ version: journal.length, status: 'accepted', leadUnit: leadId });
  expect(fundingLines(balances)).toEqual([
    { funderId: leadId, book: 'money', pledged: PLEDGE_FEN, delivered: PLEDGE_FEN, verified: PLEDGE_FEN },
  ]);
}

/** The last killed worker may still hold the case for the length of its lease. */
async function untilAnswered<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}
