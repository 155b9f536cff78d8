import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { ADVANCE_UPDATE, SNAPSHOT_QUERY, workflowIdOf, type CaseSnapshot } from '../../src/cases/messages.ts';
import { restore } from '../../src/cases/model.ts';
import { CaseService } from '../../src/cases/service.ts';
import { tenantScope, type ActorId, type TenantId } from '../../src/kernel/scope.ts';
import { addHours, localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import type { ProjectCommand, ProjectEvent } from '../../src/projects/lifecycle/model.ts';
import { projectCaseId, projectIdOf } from '../../src/projects/messages.ts';
import { projectMachine } from '../../src/projects/model.ts';
import { ProjectPublishing } from '../../src/projects/publishing/service.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { COMMUNITY, plantClaimants, type Claimant } from '../support/claimants.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import { plantProposals } from '../support/proposals.ts';
import { Staff, type StaffMember } from '../support/staff.ts';

const START = shanghaiInstant(localDate('2026-03-02'), 9);

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let tenant: TenantId;
let manager: StaffMember;
let administrator: StaffMember;
let unit: Claimant;
let proposals: string[];
let caseId: string;

type Service<It> = abstract new (...parts: never[]) => It;
const get = <It>(type: Service<It>): It => api.api.app.get(type as Service<It> & (abstract new () => It), { strict: false });

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  api = await startTestApi({ database: db, ...inFrontOf(engine) });
  const staff = await Staff.of(api);
  tenant = staff.tenant;
  await db.database.within(tenantScope(tenant), (tx) => get(BusinessClock).declareVirtual(tx, START));
  manager = await staff.member('manager');
  administrator = await staff.member('systemAdministrator');
  [unit] = (await plantClaimants(api, staff, 1)) as [Claimant];
  proposals = await plantProposals(api.api.app, tenant, COMMUNITY, 3);
}, 120_000);

afterAll(async () => {
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

async function journal(): Promise<readonly ProjectEvent[]> {
  return (await get(CaseService).journal(tenant, caseId)) as unknown as readonly ProjectEvent[];
}

const snapshot = (): Promise<CaseSnapshot> => engine.gateway.query<CaseSnapshot>(workflowIdOf(tenant, caseId), SNAPSHOT_QUERY);

/** What a worker leaves that dies between its commit and the end of its workflow task, together with Temporal. */
async function commitUnknownToTheRun(command: ProjectCommand): Promise<void> {
  const before = restore(projectMachine, await journal());
  const request = {
    tenant,
    caseId,
    clockMode: 'virtual' as const,
    version: before.version + 1,
    before: before.state,
    command,
    proposal: projectMachine.decide(before.state, command, START),
    at: START,
  };
  const answer = await get(ProjectPublishing).publish(request);
  expect(answer).toHaveProperty('events');
}

/** Open to claims; the journal knows who claimed it, its run does not. */
beforeEach(async () => {
  const { body } = await manager.client.post('/api/v1/projects', { proposalId: proposals.pop() });
  caseId = projectCaseId(String(body.id));
  const by = { id: randomUUID(), actor: 'account-2' as ActorId, at: START };
  await commitUnknownToTheRun({ ...by, type: 'claim', unitId: unit.id });
  expect((await snapshot()).memory.version).toBe(1);
});

describe('a run that has lost what it committed last', () => {
  it('does not refuse the next command from its older state', async () => {
    const asked = { unitId: unit.id, implementerId: unit.id, signedOn: '2026-03-02' };
    const answer = await unit.client.post(`/api/v1/projects/${projectIdOf(caseId)}/agree`, asked);
    expect(answer).toMatchObject({ status: 200, body: { status: 'agreed', version: 3 } });
    expect((await journal()).map(({ type }) => type)).toEqual(['opened', 'claimed', 'agreed']);
    expect((await snapshot()).memory).toEqual(JSON.parse(JSON.stringify(restore(projectMachine, await journal()))));
  });

  it('does nothing that was due in its older state', async () => {
    const [opened] = await journal();
    const listUntil = opened!.due['due']!.at;
    await engine.gateway.update(workflowIdOf(tenant, caseId), ADVANCE_UPDATE, randomUUID(), addHours(listUntil, 1));
    const events = await journal();
    expect(events.map(({ type }) => type).slice(0, 2)).toEqual(['opened', 'claimed']);
    expect(events.map(({ type }) => type)).not.toContain('waitLate');
    const { memory, parked } = await snapshot();
    expect(parked).toBeNull();
    expect(memory).toEqual(JSON.parse(JSON.stringify(restore(projectMachine, events))));
  });
});

describe('a parked case', () => {
  const LIST = '/api/v1/parked-cases';
  const RESYNC = `${LIST}/resync`;

  it('is shown with its reason, and goes on from its journal when who may recover says so', async () => {
    await get(CaseService).park(tenant, caseId, 'JOURNAL_BEHIND', START);
    const { client } = administrator;
    expect((await client.get(LIST)).body).toMatchObject({ items: [{ caseId, kind: 'microProject', code: 'JOURNAL_BEHIND' }], next: null });
    const figures = (): Promise<string> => fetch(`${client.base}/api/metrics`).then((answer) => answer.text());
    expect(await figures()).toContain('cobuild_cases_parked{code="JOURNAL_BEHIND"} 1');
    expect(await manager.client.get(LIST)).toMatchObject({ status: 403 });
    expect(await manager.client.post(RESYNC, { caseId })).toMatchObject({ status: 403 });
    expect(await client.post(RESYNC, { caseId })).toMatchObject({ status: 200, body: { caseId } });
    while ((await snapshot()).memory.version < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await client.get(LIST)).body.items).toEqual([]);
    expect(await figures()).not.toContain('JOURNAL_BEHIND');
    expect(await client.post(RESYNC, { caseId })).toMatchObject({ status: 409, body: { code: 'CASE_NOT_PARKED' } });
    expect(await client.post(RESYNC, { caseId: `project/${randomUUID()}` })).toMatchObject({ status: 404, body: { code: 'CASE_UNKNOWN' } });
  });
});
