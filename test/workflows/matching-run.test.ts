import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { BusinessClock, WallClock } from '../../src/calendar/clock.ts';
import { CalendarStore } from '../../src/calendar/store.ts';
import { COMMAND_UPDATE, SNAPSHOT_QUERY, workflowIdOf, type Answer, type CaseSnapshot } from '../../src/cases/messages.ts';
import { restore, type Recorded } from '../../src/cases/model.ts';
import { matchingCaseId, MATCHING_WORKFLOW } from '../../src/matching/messages.ts';
import { runMachine, type RunCommand, type RunProposal } from '../../src/matching/model.ts';
import { MatchingStore, type MatchingRun } from '../../src/matching/store.ts';
import { AT } from '../needs/support.ts';
import { area, audit, createOffice, openOffer, policies, readyProposal, type Office } from '../matching/support/office.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

const store = new MatchingStore();

let db: TestDatabase;
let engine: TestEngine;
let office: Office;
let runId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
}, 60_000);

afterAll(async () => {
  await engine?.stop();
  await db?.drop();
});

beforeEach(async () => {
  office = await createOffice(db);
  const clock = new BusinessClock(new CalendarStore(), audit, new WallClock());
  await office.within((tx) => clock.declareVirtual(tx, AT));
  runId = randomUUID();
});

const workflowId = (): string => workflowIdOf(office.scope.tenant, matchingCaseId(runId));
type Told = RunCommand extends infer C ? (C extends RunCommand ? Omit<C, 'id' | 'actor' | 'at'> : never) : never;
const told = (command: Told): RunCommand => ({ ...command, id: randomUUID(), actor: office.scope.actor, at: AT }) as RunCommand;

async function open(): Promise<void> {
  const policy = await office.within((tx) => policies.current(tx, 'matching', AT));
  const command = told({ type: 'open', orgPath: office.scope.orgPath, policy });
  const input = { tenant: office.scope.tenant, caseId: matchingCaseId(runId), open: command, clock: { mode: 'virtual', now: AT } };
  await engine.gateway.open<Answer>({ type: MATCHING_WORKFLOW, workflowId: workflowId(), input }, COMMAND_UPDATE, command.id, command);
}

const ask = (command: Told): Promise<Answer> => {
  const asked = told(command);
  return engine.gateway.update<Answer>(workflowId(), COMMAND_UPDATE, asked.id, asked);
};

async function once(status: MatchingRun['status'], revision = 1): Promise<MatchingRun> {
  for (;;) {
    const run = await office.within((tx) => store.run(tx, runId));
    if (run?.status === status && run.revision === revision) return run;
    await delay(50);
  }
}

async function projects(): Promise<{ status: string; offered_to: string | null }[]> {
  return office.within((tx) => tx.query('SELECT status, offered_to FROM project WHERE tenant_id = $1 ORDER BY ordinal', [tx.scope.tenant]));
}

async function opened(count: number): Promise<Awaited<ReturnType<typeof projects>>> {
  for (;;) {
    const rows = await projects();
    if (rows.length === count && rows.every(({ status }) => status !== 'drafted')) return rows;
    await delay(50);
  }
}

describe('a matching run', () => {
  it('solves by itself, and its confirmed plan becomes offers, or the open list where nobody fits', async () => {
    const unit = (await office.within((tx) => area.units.byCodes(tx, ['gj01']))).get('gj01')!.id;
    await office.within((tx) => readyProposal(tx, office.xincheng));
    await office.within((tx) => readyProposal(tx, office.dongjie));
    await office.within((tx) => openOffer(tx, { unitId: unit }));
    await open();
    const solved = await once('solved');
    expect(solved).toMatchObject({ matched: 1, unmatched: 1, price: 0, version: 2 });
    await ask({ type: 'confirm', planHash: solved.planHash! });
    const done = await once('carriedOut');
    expect(done).toMatchObject({ projects: 2, decidedBy: office.scope.actor });
    expect(await opened(2)).toEqual([{ status: 'offered', offered_to: unit }, { status: 'listed', offered_to: null }]);
  }, 30_000);

  it('solves again for a person\u2019s choice, states its price, and is rebuilt from its journal', async () => {
    const unit = (await office.within((tx) => area.units.byCodes(tx, ['gj01']))).get('gj01')!.id;
    const proposalId = await office.within((tx) => readyProposal(tx, office.xincheng));
    await office.within((tx) => openOffer(tx, { unitId: unit }));
    await open();
    const best = await once('solved');
    await ask({ type: 'change', choices: [{ proposalId, offerId: null }], contentId: randomUUID() });
    const changed = await once('solved', 2);
    expect(changed).toMatchObject({ matched: 0, unmatched: 1, price: best.value! - changed.value! });
    expect(changed.price).toBeGreaterThan(0);
    await expect(ask({ type: 'confirm', planHash: best.planHash! })).rejects.toMatchObject({ code: 'MATCHING_PLAN_CHANGED' });
    const { memory } = await engine.gateway.query<CaseSnapshot>(workflowId(), SNAPSHOT_QUERY);
    const events = await office.within(async (tx) => {
      const rows = await tx.query<{ event_bytes: Buffer }>('SELECT event_bytes FROM case_event WHERE tenant_id = $1 ORDER BY version', [tx.scope.tenant]);
      return rows.map((row) => JSON.parse(row.event_bytes.toString('utf8')) as Recorded<RunProposal>);
    });
    expect(restore(runMachine, events)).toEqual(memory);
  }, 30_000);

  it('shows how far it is, and is cancelled while it is solved', async () => {
    await office.within((tx) => readyProposal(tx, office.xincheng));
    const source = new Client({ connectionString: db.adminUrl });
    await source.connect();
    // Nothing can be stored: the plan stays unfinished for as long as this transaction is open.
    await source.query('BEGIN; LOCK TABLE matching_decision IN ACCESS EXCLUSIVE MODE');
    await open();
    for (;;) {
      const run = await office.within((tx) => store.run(tx, runId));
      if (run?.progress) break;
      await delay(50);
    }
    await ask({ type: 'cancel', contentId: randomUUID() });
    expect(await once('cancelled')).toMatchObject({ planHash: null, progress: null, decidedBy: office.scope.actor });
    const handle = engine.client.workflow.getHandle(workflowId());
    await handle.result();
    const { events = [] } = await handle.fetchHistory();
    expect(events?.some((event) => event.activityTaskCancelRequestedEventAttributes)).toBe(true);
    await source.query('ROLLBACK');
    await source.end();
  }, 30_000);

  it('is abandoned with a code when the solver breaks down again and again; the worker lives on', async () => {
    await office.within((tx) => readyProposal(tx, office.xincheng));
    const source = new Client({ connectionString: db.adminUrl });
    await source.connect();
    await source.query('BEGIN; LOCK TABLE matching_facts IN ACCESS EXCLUSIVE MODE');
    await open();
    await once('frozen');
    const broken = "INSERT INTO matching_facts (tenant_id, run_id, input_hash, facts, at) VALUES ($1, $2, 'none', '{}', now())";
    await source.query(broken, [office.scope.tenant, runId]);
    await source.query('COMMIT');
    await source.end();
    expect(await once('cancelled')).toMatchObject({ planHash: null, endCode: 'MATCHING_SOLVER_FAILED' });
    runId = randomUUID();
    await open();
    expect(await once('solved')).toMatchObject({ unmatched: 1, endCode: null });
  }, 30_000);

  it('is abandoned when nothing is ready any more', async () => {
    await open();
    expect(await once('cancelled')).toMatchObject({ planHash: null, version: 2 });
  }, 30_000);
});
