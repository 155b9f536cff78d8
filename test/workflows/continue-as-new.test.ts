import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ADVANCE_UPDATE, COMMAND_UPDATE, SNAPSHOT_QUERY, workflowIdOf, type Answer, type CaseSnapshot } from '../../src/cases/messages.ts';
import { restore } from '../../src/cases/model.ts';
import { fen } from '../../src/kernel/money.ts';
import { tenantId, tenantScope, type ActorId, type OrgPath } from '../../src/kernel/scope.ts';
import { localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import type { ProjectCommand, ProjectEvent } from '../../src/projects/lifecycle/model.ts';
import { PROJECT_WORKFLOW, projectCaseId } from '../../src/projects/messages.ts';
import { projectMachine } from '../../src/projects/model.ts';
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
const id = randomUUID();
const caseId = projectCaseId(id);
const workflowId = workflowIdOf(tenant, caseId);

let db: TestDatabase;
let engine: TestEngine;

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db, { temporalAddress: await startTemporal(['limit.historyCount.suggestContinueAsNew=40']) });
});

afterAll(async () => {
  await engine?.stop();
  await db?.drop();
});

const send = (command: ProjectCommand): Promise<Answer> =>
  engine.gateway.update<Answer>(workflowId, COMMAND_UPDATE, command.id, command);

describe('a case that grows long', () => {
  it('goes on in a new run and remembers every command and every due date', async () => {
    const [communityId, proposalId, unitId] = [randomUUID(), randomUUID(), randomUUID()];
    const facts = { proposalId, communityId, orgPath, budgetFen: fen(100) };
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
    const input = { tenant, caseId, open, clock: { mode: 'virtual', now: start } };
    await engine.gateway.open<Answer>({ type: PROJECT_WORKFLOW, workflowId, input }, COMMAND_UPDATE, open.id, open);
    const first = await engine.client.workflow.getHandle(workflowId).describe();

    const claim: ProjectCommand = { id: 'claim', type: 'claim', actor, at: start, unitId };
    await send(claim);
    for (let turn = 0; turn < 6; turn += 1) {
      await send({ id: `suspend-${turn}`, type: 'suspend', actor, at: start });
      await send({ id: `resume-${turn}`, type: 'resume', actor, at: start });
    }
    const later = await engine.client.workflow.getHandle(workflowId).describe();
    expect(later.runId).not.toBe(first.runId);

    expect(await send(claim)).toEqual({ version: 2 });
    const journal = await events();
    expect(journal).toHaveLength(14);
    const { memory, wakeAt } = await engine.gateway.query<CaseSnapshot>(workflowId, SNAPSHOT_QUERY);
    expect(memory).toEqual(JSON.parse(JSON.stringify(restore(projectMachine, journal))));
    expect(wakeAt).toBe(shanghaiInstant(localDate('2026-03-17')));

    await engine.gateway.update<Answer>(workflowId, ADVANCE_UPDATE, randomUUID(), shanghaiInstant(localDate('2026-03-18')));
    expect((await events()).map(({ type }) => type)).toContain('claimLapsed');
    if (isRecording) {
      await record(engine.client, 'micro-project-continued-first', workflowId, first.runId);
      await record(engine.client, 'micro-project-continued-next', workflowId, later.runId);
    }
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
