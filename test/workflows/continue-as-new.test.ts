import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  ADVANCE_UPDATE,
  caseInput,
  COMMAND_UPDATE,
  SNAPSHOT_QUERY,
  workflowIdOf,
  type Answer,
  type CaseInput,
  type CaseSnapshot,
} from '../../src/cases/messages.ts';
import { restore } from '../../src/cases/model.ts';
import { fen } from '../../src/kernel/money.ts';
import { tenantId, tenantScope, type ActorId, type OrgPath } from '../../src/kernel/scope.ts';
import { instantFromMs, localDate, shanghaiInstant, type Instant } from '../../src/kernel/time.ts';
import type { ProjectCommand, ProjectEvent } from '../../src/projects/lifecycle/model.ts';
import { PROJECT_WORKFLOW, projectCaseId } from '../../src/projects/messages.ts';
import { projectMachine } from '../../src/projects/model.ts';
import { CaseRefusal } from '../../src/platform/temporal/gateway.ts';
import { historyLength } from '../../src/platform/temporal/histories.ts';
import { ProjectStore } from '../../src/projects/store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { record } from '../support/histories.ts';
import { isRecording } from '../support/history-keys.ts';
import { pinnedDefault } from '../support/policies.ts';
import { startTemporal } from '../support/temporal.ts';

const tenant = tenantId('can');
const start = shanghaiInstant(localDate('2026-03-02'), 9);
const actor = 'person-1' as ActorId;
const orgPath = '/a/' as OrgPath;
const DAY_MS = 86_400_000;

let db: TestDatabase;
let engine: TestEngine;
let caseId: string;
let workflowId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db, { temporalAddress: await startTemporal(['limit.historyCount.suggestContinueAsNew=40']) });
});

afterAll(async () => {
  await engine?.stop();
  await db?.drop();
});

/** A project on the open list, until 16 March; `begins` are parts of its input. */
async function openProject(begins: Partial<CaseInput> = {}): Promise<void> {
  const id = randomUUID();
  caseId = projectCaseId(id);
  workflowId = workflowIdOf(tenant, caseId);
  const facts = { proposalId: randomUUID(), communityId: randomUUID(), orgPath, budgetFen: fen(100) };
  await db.database.within(tenantScope(tenant), (tx) =>
    new ProjectStore().draft(tx, [{ id, title: '示例', category: 'care', words: [], ...facts }], 'MX', start),
  );
  const open: ProjectCommand = {
    ...facts,
    id: 'open',
    type: 'open',
    actor,
    at: start,
    needs: [randomUUID()],
    consentNeeded: false,
    policy: pinnedDefault('microProject'),
    points: pinnedDefault('points'),
  };
  const input: CaseInput = { tenant, caseId, open, clock: { mode: 'virtual', now: start }, ...begins };
  await engine.gateway.open<Answer>({ type: PROJECT_WORKFLOW, workflowId, input }, COMMAND_UPDATE, open.id, open);
}

const runId = async (): Promise<string> => (await engine.client.workflow.getHandle(workflowId).describe()).runId;

const lengthOf = async (run: string): Promise<number> =>
  (await engine.client.workflow.getHandle(workflowId, run).describe()).historyLength;

const snapshot = (): Promise<CaseSnapshot> => engine.gateway.query<CaseSnapshot>(workflowId, SNAPSHOT_QUERY);

const advance = (to: Instant): Promise<Answer> => engine.gateway.update<Answer>(workflowId, ADVANCE_UPDATE, randomUUID(), to);

const day = (date: string, hour = 0): Instant => shanghaiInstant(localDate(date), hour);

async function until<Found>(look: () => Promise<Found | undefined | false>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What the running case remembers is what its journal alone gives. */
async function expectRestored(): Promise<CaseSnapshot> {
  const told = await snapshot();
  expect(told.memory).toEqual(JSON.parse(JSON.stringify(restore(projectMachine, await events()))));
  return told;
}

const send = (command: ProjectCommand): Promise<Answer> =>
  engine.gateway.update<Answer>(workflowId, COMMAND_UPDATE, command.id, command);

describe('a case that grows long', () => {
  it('goes on in a new run and remembers every command and every due date', async () => {
    await openProject();
    const first = await runId();
    const claim: ProjectCommand = { id: 'claim', type: 'claim', actor, at: start, unitId: randomUUID() };
    await send(claim);
    for (let turn = 0; turn < 6; turn += 1) {
      await send({ id: `suspend-${turn}`, type: 'suspend', actor, at: start });
      await send({ id: `resume-${turn}`, type: 'resume', actor, at: start });
    }
    const later = await runId();
    expect(later).not.toBe(first);

    expect(await send(claim)).toEqual({ version: 2 });
    expect(await events()).toHaveLength(14);
    expect((await expectRestored()).wakeAt).toBe(day('2026-03-17'));

    await advance(day('2026-03-18'));
    expect((await events()).map(({ type }) => type)).toContain('claimLapsed');
    if (isRecording) {
      await record(engine.client, 'micro-project-continued-first', workflowId, first);
      await record(engine.client, 'micro-project-continued-next', workflowId, later);
    }
  });
});

describe('a case that lasts long', () => {
  it('is taken over by a fresh run each business year, with what is due and what was answered', async () => {
    await openProject({ runMs: 10 * DAY_MS });
    const first = await runId();
    const claim: ProjectCommand = { id: 'claim', type: 'claim', actor, at: day('2026-03-11', 9), unitId: randomUUID() };
    await send(claim);
    expect(await runId()).toBe(first);
    const { wakeAt } = await snapshot();
    await advance(day('2026-03-13'));
    const second = await until(async () => (await runId()) !== first && runId());
    expect(await expectRestored()).toMatchObject({ wakeAt, clock: { mode: 'virtual', now: day('2026-03-13') } });
    expect(await send(claim)).toEqual({ version: 2 });
    expect(await events()).toHaveLength(2);

    await advance(day('2026-04-01'));
    const third = await until(async () => (await runId()) !== second && runId());
    expect((await events()).filter(({ type }) => type === 'claimLapsed')).toMatchObject([{ at: wakeAt }]);
    await expectRestored();
    const over = (await lengthOf(first)) + (await lengthOf(second));
    const before = await lengthOf(third);
    const all = await historyLength(engine.client, workflowId);
    expect(all).toBeGreaterThanOrEqual(over + before);
    expect(all).toBeLessThanOrEqual(over + (await lengthOf(third)));
    if (isRecording) {
      await record(engine.client, 'micro-project-year-first', workflowId, first);
      await record(engine.client, 'micro-project-year-next', workflowId, second);
    }
  });

  it('is taken over on a live clock too, while nobody does anything to it', async () => {
    await openProject({ runMs: 1000, clock: { mode: 'live', now: instantFromMs(Date.now()) } });
    const first = await runId();
    const { wakeAt } = await snapshot();
    const next = await until(async () => (await runId()) !== first && runId());
    expect((await expectRestored()).wakeAt).toBe(wakeAt);
    const { events: told } = await engine.client.workflow.getHandle(workflowId, next).fetchHistory();
    expect(told?.filter(({ timerStartedEventAttributes: timer }) => timer)).not.toEqual([]);
  });

  it('answers everybody once, also those who ask while one run takes over from the other', async () => {
    // Any command that comes a millisecond later ends the run.
    await openProject({ runMs: 1 });
    const first = await runId();
    const at = (n: number): Instant => instantFromMs(Date.parse(start) + 1000 * n);
    const rivals = Array.from({ length: 40 }, (_, n): ProjectCommand => ({ id: `claim-${n}`, type: 'claim', actor, at: at(n), unitId: randomUUID() }));
    const told = await Promise.allSettled(rivals.map(send));
    const won = told.flatMap((one, n) => (one.status === 'fulfilled' ? [n] : []));
    expect(won).toHaveLength(1);
    const lost = told.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(lost.filter((reason) => !(reason instanceof CaseRefusal))).toEqual([]);
    for (let turn = 0; turn < 4; turn += 1) {
      await Promise.all([
        send({ id: `suspend-${turn}`, type: 'suspend', actor, at: at(100 + turn) }),
        send(rivals[won[0]!]!).then((answer) => expect(answer).toEqual({ version: 2 })),
      ]);
      await send({ id: `resume-${turn}`, type: 'resume', actor, at: at(100 + turn) });
    }
    expect(await runId()).not.toBe(first);
    expect(await events()).toHaveLength(10);
    await expectRestored();
  });

  it('begins with a business year and a quarter', () => {
    const begins = { tenant, caseId, open: { id: 'open', type: 'open', actor, at: start }, clock: { mode: 'virtual' as const, now: start } };
    expect(caseInput(begins)).toEqual({ ...begins, runMs: 456 * DAY_MS });
  });
});

async function events(): Promise<ProjectEvent[]> {
  const rows = await db.database.within(tenantScope(tenant), (tx) =>
    tx.query<{ bytes: Buffer }>('SELECT event_bytes AS bytes FROM case_event WHERE tenant_id = $1 AND case_id = $2 ORDER BY version', [
      tenant,
      caseId,
    ]),
  );
  return rows.map(({ bytes }) => JSON.parse(bytes.toString('utf8')) as ProjectEvent);
}
