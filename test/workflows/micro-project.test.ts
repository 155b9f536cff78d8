import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ADVANCE_UPDATE, COMMAND_UPDATE, workflowIdOf, type Answer } from '../../src/cases/messages.ts';
import { fen } from '../../src/kernel/money.ts';
import { tenantId, tenantScope, type ActorId, type OrgPath } from '../../src/kernel/scope.ts';
import { shanghaiInstant, localDate, type Instant } from '../../src/kernel/time.ts';
import type { ProjectCommand } from '../../src/projects/lifecycle/model.ts';
import { projectCaseId, PROJECT_WORKFLOW } from '../../src/projects/messages.ts';
import { ProjectStore } from '../../src/projects/store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { pinnedDefault } from '../support/policies.ts';

const tenant = tenantId('mx');
const start = shanghaiInstant(localDate('2026-03-02'), 9);
const actor = 'account-1' as ActorId;
const store = new ProjectStore();

let db: TestDatabase;
let engine: TestEngine;

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
}, 60_000);

afterAll(async () => {
  await engine.stop();
  await db.drop();
});

async function open(firstOffer?: string): Promise<string> {
  const id = randomUUID();
  const communityId = randomUUID();
  const proposalId = randomUUID();
  await db.database.within(tenantScope(tenant), (tx) =>
    store.draft(
      tx,
      [{ id, title: '助浴上门', category: 'care', proposalId, communityId, orgPath: '/a/' as OrgPath, budgetFen: fen(100), words: [] }],
      'MX',
      start,
    ),
  );
  const command: ProjectCommand = {
    id: `open-${id}`,
    type: 'open',
    actor,
    at: start,
    proposalId,
    communityId,
    orgPath: '/a/' as OrgPath,
    budgetFen: fen(100),
    needs: [randomUUID()],
    consentNeeded: false,
    ...(firstOffer && { firstOffer }),
    policy: pinnedDefault('microProject'),
    points: pinnedDefault('points'),
  };
  await engine.gateway.open<Answer>(
    {
      type: PROJECT_WORKFLOW,
      workflowId: workflowIdOf(tenant, projectCaseId(id)),
      input: { tenant, caseId: projectCaseId(id), open: command, clock: { mode: 'virtual', now: start } },
    },
    COMMAND_UPDATE,
    command.id,
    command,
  );
  return id;
}

const send = (id: string, command: ProjectCommand): Promise<Answer> =>
  engine.gateway.update<Answer>(workflowIdOf(tenant, projectCaseId(id)), COMMAND_UPDATE, command.id, command);

const claim = (unitId: string, at: Instant = start): ProjectCommand => ({ id: randomUUID(), type: 'claim', actor, at, unitId });

const row = (id: string) => db.database.within(tenantScope(tenant), (tx) => store.byId(tx, id));

describe('a micro-project', () => {
  it('is held by exactly one of several units that claim it at once', async () => {
    const id = await open();
    const units = Array.from({ length: 20 }, () => randomUUID());
    const answers = await Promise.allSettled(units.map((unit) => send(id, claim(unit))));
    const won = answers.filter((answer) => answer.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const project = await row(id);
    expect(project).toMatchObject({ status: 'claimed', version: 2, leadUnit: units[answers.findIndex((a) => a.status === 'fulfilled')] });
  });

  it('answers a repeated command as before and moves nothing', async () => {
    const id = await open();
    const command = claim(randomUUID());
    expect(await send(id, command)).toEqual({ version: 2 });
    expect(await send(id, command)).toEqual({ version: 2 });
    expect((await row(id))?.version).toBe(2);
  });

  it('does not let a claim overtake the end of its window', async () => {
    const id = await open();
    await engine.gateway.update<Answer>(
      workflowIdOf(tenant, projectCaseId(id)),
      ADVANCE_UPDATE,
      randomUUID(),
      shanghaiInstant(localDate('2026-03-17')),
    );
    expect(await row(id)).toMatchObject({ status: 'listed', late: true, version: 2 });
  });
});
