import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { AuditService } from '../../src/audit/service.ts';
import { CaseAsking } from '../../src/cases/asking/service.ts';
import { CaseSweeper } from '../../src/cases/jobs.ts';
import { SNAPSHOT_QUERY, workflowIdOf, type CaseInput, type CaseSnapshot } from '../../src/cases/messages.ts';
import { restore } from '../../src/cases/model.ts';
import { CaseService } from '../../src/cases/service.ts';
import { CaseStore } from '../../src/cases/store.ts';
import { SweepingService } from '../../src/cases/sweeping/service.ts';
import { tenantId, tenantScope, type ActorId, type TenantId } from '../../src/kernel/scope.ts';
import { instantFromMs, type Instant } from '../../src/kernel/time.ts';
import { canonicalBytes, type CanonicalValue } from '../../src/platform/crypto/canonical.ts';
import { createLog } from '../../src/platform/logging.ts';
import type { ProjectCommand, ProjectEvent } from '../../src/projects/lifecycle/model.ts';
import { PROJECT_WORKFLOW, projectIdOf } from '../../src/projects/messages.ts';
import { projectMachine } from '../../src/projects/model.ts';
import { declareVirtual, draftProject, startCaseBench, START, type CaseBench } from './engine.ts';

let bench: CaseBench;
let sweeper: CaseSweeper;
let admin: pg.Client;
let tenant: TenantId;
const commands = new CaseStore();

beforeAll(async () => {
  bench = await startCaseBench();
  sweeper = new CaseSweeper(bench.app.get(SweepingService), bench.app.get(CaseAsking), bench.engine.gateway, createLog('silent'), { ageMs: 30_000 });
  admin = new pg.Client({ connectionString: bench.db.adminUrl });
  await admin.connect();
  tenant = tenantId('sweep');
  await declareVirtual(bench, tenant);
}, 60_000);

afterAll(async () => {
  await admin?.end();
  await bench?.stop();
});

const later = (): Instant => instantFromMs(Date.now() + 1000);

/** As the API does before it sends, and then the process dies. */
async function store(command: ProjectCommand, caseId: string, starts?: string): Promise<void> {
  const bytes = canonicalBytes(command as unknown as CanonicalValue);
  const target = { caseId, kind: 'microProject', ...(starts && { starts }) };
  await bench.db.database.within(tenantScope(tenant), (tx) =>
    commands.storeCommand(tx, command, target, bytes, { accountId: randomUUID(), requestId: 'request-1' }),
  );
}

async function opened(): Promise<CaseInput<ProjectCommand>> {
  const input = await draftProject(bench, tenant);
  await store(input.open, input.caseId, PROJECT_WORKFLOW);
  await bench.engine.gateway.start({ type: PROJECT_WORKFLOW, workflowId: workflowIdOf(tenant, input.caseId), input });
  await sweeper.sweep(later());
  return input;
}

const claim = (): ProjectCommand => ({ id: randomUUID(), type: 'claim', actor: 'account-2' as ActorId, at: START, unitId: randomUUID() });

const project = (caseId: string) =>
  bench.db.database.within(tenantScope(tenant), (tx) => bench.projects.byId(tx, projectIdOf(caseId)));

/** What a worker leaves that dies between its commit and the end of its workflow task, when nobody asks again. */
async function commitUnknownToTheRun(command: ProjectCommand, caseId: string): Promise<void> {
  const cases = bench.app.get(CaseService);
  const before = restore(projectMachine, (await cases.journal(tenant, caseId)) as unknown as ProjectEvent[]);
  const proposal = projectMachine.decide(before.state, command, START);
  const request = { tenant, caseId, clockMode: 'virtual' as const, version: before.version + 1, before: before.state, command, proposal, at: START };
  const answer = await cases.publish(projectMachine, request, async () => undefined);
  expect(answer).toHaveProperty('events');
}

async function outcomeOf(commandId: string): Promise<string | null | undefined> {
  const { rows } = await admin.query<{ outcome: string | null }>('SELECT outcome FROM case_command WHERE command_id = $1', [commandId]);
  return rows[0]?.outcome;
}

describe('the sweeper', () => {
  it('starts the case of an opening command that was stored and never sent, once', async () => {
    const { caseId, open } = await draftProject(bench, tenant);
    await store(open, caseId, PROJECT_WORKFLOW);
    expect(await sweeper.sweep(later())).toEqual({ commands: 1, facts: 0 });
    expect(await project(caseId)).toMatchObject({ status: 'listed', version: 1 });
    expect(await sweeper.sweep(later())).toEqual({ commands: 0, facts: 0 });
    expect((await project(caseId))?.version).toBe(1);
    const { rows } = await admin.query('SELECT clock_mode FROM case_head WHERE case_id = $1', [caseId]);
    expect(rows).toEqual([{ clock_mode: 'virtual' }]);
  });

  it('sends a command that was stored and never sent: the case moves once', async () => {
    const { caseId } = await opened();
    const command = claim();
    await store(command, caseId);
    expect(await sweeper.sweep(later())).toEqual({ commands: 1, facts: 0 });
    expect(await project(caseId)).toMatchObject({ status: 'claimed', version: 2 });
    expect(await outcomeOf(command.id)).toBe('done');
    expect(await sweeper.sweep(later())).toEqual({ commands: 0, facts: 0 });
    expect((await project(caseId))?.version).toBe(2);
  });

  it('leaves a command to its first sender until it is old enough', async () => {
    const { caseId } = await opened();
    const command = claim();
    await store(command, caseId);
    expect(await sweeper.sweep(instantFromMs(Date.now() - 30_000))).toEqual({ commands: 0, facts: 0 });
    expect(await outcomeOf(command.id)).toBeNull();
    await sweeper.sweep(later());
  });

  it('settles a refused command with its code and records the refusal once', async () => {
    const { caseId } = await opened();
    const [first, second] = [claim(), claim()];
    await store(first, caseId);
    await sweeper.sweep(later());
    await store(second, caseId);
    expect(await sweeper.sweep(later())).toEqual({ commands: 1, facts: 0 });
    expect(await outcomeOf(second.id)).toBe('PROJECT_STATE');
    expect((await project(caseId))?.version).toBe(2);
    await sweeper.sweep(later());
    const found = await bench.db.database.within(tenantScope(tenant), (tx) =>
      bench.app.get(AuditService, { strict: false }).page(tx, { subject: caseId, limit: 50 }),
    );
    expect(found.filter(({ record }) => record['outcome'] === 'refused')).toHaveLength(1);
  });

  it('wakes a run that does not know what the journal has of it, and then leaves it alone', async () => {
    const { caseId } = await opened();
    const command = claim();
    await store(command, caseId);
    await commitUnknownToTheRun(command, caseId);
    expect(await outcomeOf(command.id)).toBe('done');
    const snapshot = () => bench.engine.gateway.query<CaseSnapshot>(workflowIdOf(tenant, caseId), SNAPSHOT_QUERY);
    expect((await snapshot()).memory.version).toBe(1);
    expect(await sweeper.sweep(later())).toEqual({ commands: 1, facts: 0 });
    const journal = (await bench.app.get(CaseService).journal(tenant, caseId)) as unknown as ProjectEvent[];
    const { memory, wakeAt } = await snapshot();
    expect(memory).toEqual(JSON.parse(JSON.stringify(restore(projectMachine, journal))));
    expect(journal.map(({ type }) => type)).toEqual(['opened', 'claimed']);
    expect(wakeAt).toBe(journal[1]!.due['due']!.at);
    expect(await sweeper.sweep(later())).toEqual({ commands: 0, facts: 0 });
  });

  it('keeps what cannot be answered yet, and asks again', async () => {
    const { caseId } = await draftProject(bench, tenant);
    const command = claim();
    await store(command, caseId);
    expect(await sweeper.sweep(later())).toEqual({ commands: 0, facts: 0 });
    expect(await outcomeOf(command.id)).toBeNull();
    await admin.query('DELETE FROM case_command WHERE command_id = $1', [command.id]);
  });

  it('tells a fact that was never taken, and closes one that its receiver refuses', async () => {
    const { caseId } = await opened();
    const fact = claim();
    const tell = (id: string, version: number) =>
      admin.query(
        `INSERT INTO case_message (tenant_id, source_case, source_version, target_case, target_kind, command_id, command_bytes)
         VALUES ($1, 'quarter/x/2026Q1', $2, $3, 'microProject', $4, convert_to($5, 'UTF8'))`,
        [tenant, version, caseId, id, JSON.stringify({ ...fact, id })],
      );
    await tell(fact.id, 1);
    expect(await sweeper.sweep(later())).toEqual({ commands: 0, facts: 1 });
    await taken(fact.id, 'done');
    expect(await project(caseId)).toMatchObject({ status: 'claimed', version: 2 });
    await tell('fact-2', 2);
    await sweeper.sweep(later());
    await taken('fact-2', 'PROJECT_STATE');
    expect((await project(caseId))?.version).toBe(2);
  });

  /** A Signal has no answer: the receiver marks the row. */
  async function taken(commandId: string, outcome: string): Promise<void> {
    for (;;) {
      const { rows } = await admin.query('SELECT outcome FROM case_message WHERE command_id = $1 AND taken_at IS NOT NULL', [commandId]);
      if (rows.length === 0) continue;
      expect(rows).toEqual([{ outcome }]);
      return;
    }
  }
});
