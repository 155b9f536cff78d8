import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { workflowIdOf } from '../../src/cases/messages.ts';
import { restore } from '../../src/cases/model.ts';
import { CaseService } from '../../src/cases/service.ts';
import { tenantScope, type ActorId, type TenantId } from '../../src/kernel/scope.ts';
import { localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import type { ProjectCommand, ProjectEvent } from '../../src/projects/lifecycle/model.ts';
import { projectCaseId } from '../../src/projects/messages.ts';
import { projectMachine } from '../../src/projects/model.ts';
import { ProjectPublishing } from '../../src/projects/publishing/service.ts';
import { publisherOf } from '../../src/recovering.ts';
import type { DifferenceCode } from '../../src/recovery/comparing/model.ts';
import { Doctor } from '../../src/recovery/comparing/service.ts';
import { RecoveryMode } from '../../src/recovery/mode/service.ts';
import { Repairs } from '../../src/recovery/repair/service.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { COMMUNITY, plantClaimants, type Claimant } from '../support/claimants.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { Earlier } from '../support/earlier.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import { plantProposals } from '../support/proposals.ts';
import { expectRestored } from '../support/restored.ts';
import { Staff, type StaffMember } from '../support/staff.ts';

const START = shanghaiInstant(localDate('2026-03-02'), 9);

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let admin: pg.Client;
let tenant: TenantId;
let staff: Staff;
let manager: StaffMember;
let units: Claimant[];
let proposals: string[];

type Service<It> = abstract new (...parts: never[]) => It;
const get = <It>(type: Service<It>): It => api.api.app.get(type as Service<It> & (abstract new () => It), { strict: false });

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  api = await startTestApi({ database: db, ...inFrontOf(engine) });
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  staff = await Staff.of(api);
  tenant = staff.tenant;
  await db.database.within(tenantScope(tenant), (tx) => get(BusinessClock).declareVirtual(tx, START));
  manager = await staff.member('manager');
  units = await plantClaimants(api, staff, 8);
  proposals = await plantProposals(api.api.app, tenant, COMMUNITY, 20);
}, 120_000);

afterAll(async () => {
  await admin?.end();
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

async function opened(): Promise<string> {
  const { body } = await manager.client.post('/api/v1/projects', { proposalId: proposals.pop() });
  return String(body.id);
}

/** Each unit may hold a few projects at a time. */
function freeUnit(): Claimant {
  const [unit] = units;
  if (!unit) throw new Error('there are no units');
  units.push(units.shift()!);
  return unit;
}

async function claimed(id: string, unit = freeUnit()): Promise<void> {
  expect(await unit.client.post(`/api/v1/projects/${id}/claim`, { unitId: unit.id })).toMatchObject({ status: 200 });
}

async function forge(sql: string, ...values: unknown[]): Promise<void> {
  await admin.query("SET session_replication_role = 'replica'");
  await admin.query(sql, values);
  await admin.query("SET session_replication_role = 'origin'");
}

/** What a worker leaves that dies between its commit and the end of its workflow task. */
async function commitUnknownToTheRun(caseId: string, asked: Omit<ProjectCommand, 'id' | 'actor' | 'at'>): Promise<void> {
  const before = restore(projectMachine, (await get(CaseService).journal(tenant, caseId)) as unknown as ProjectEvent[]);
  const command = { ...asked, id: randomUUID(), actor: 'account-2' as ActorId, at: START } as ProjectCommand;
  const proposal = projectMachine.decide(before.state, command, START);
  const version = before.version + 1;
  const answer = await get(ProjectPublishing).publish({ tenant, caseId, clockMode: 'virtual', version, before: before.state, command, proposal, at: START });
  expect(answer).toHaveProperty('events');
}

const look = async (caseId?: string) => (await get(Doctor).compare({ tenant, ...(caseId && { caseId }), secondLookMs: 0 })).differences;

const repaired = async () => get(Repairs).repair(await look(), publisherOf(get));

describe('the comparison', () => {
  let id: string;
  let earlier: Earlier;

  beforeAll(async () => {
    id = await opened();
    await claimed(id);
    earlier = await Earlier.of(db.adminUrl);
  });
  afterAll(() => earlier.end());
  afterEach(() => earlier.back());

  it('finds nothing where nothing was done by hand', async () => {
    expect(await look()).toEqual([]);
  });

  it.each<[DifferenceCode, string]>([
    ['JOURNAL_DAMAGED', "UPDATE case_event SET event_bytes = event_bytes || ' ' WHERE case_id = $1 AND version = 1"],
    ['JOURNAL_DAMAGED', 'DELETE FROM case_event WHERE case_id = $1 AND version = 1'],
    ['JOURNAL_DAMAGED', "UPDATE case_event SET type = 'closed' WHERE case_id = $1 AND version = 1"],
    ['HEAD_DIFFERS', 'UPDATE case_head SET version = version + 1 WHERE case_id = $1'],
    ['HEAD_DIFFERS', 'UPDATE case_head SET closed = true WHERE case_id = $1'],
    ['WAITS_DIFFER', 'DELETE FROM open_wait WHERE case_id = $1'],
    ['WAITS_DIFFER', "UPDATE open_wait SET due = due + interval '1 day' WHERE case_id = $1"],
    ['READ_MODEL_DIFFERS', "UPDATE project SET status = 'closed' WHERE 'project/' || id = $1"],
    ['PARKED', "UPDATE case_head SET parked_code = 'SOMETHING' WHERE case_id = $1"],
    [
      'EVENT_DIFFERS',
      `UPDATE case_event SET event_bytes = changed.bytes, hash = sha256(changed.bytes)
         FROM (SELECT convert_to(replace(convert_from(event_bytes, 'UTF8'), '"actor":"', '"actor":"x'), 'UTF8') AS bytes
                 FROM case_event WHERE case_id = $1 AND version = 2) AS changed
        WHERE case_id = $1 AND version = 2`,
    ],
    ['HISTORY_AHEAD', 'DELETE FROM case_event WHERE case_id = $1 AND version = 2'],
    ['JOURNAL_MISSING', 'WITH e AS (DELETE FROM case_event WHERE case_id = $1) DELETE FROM case_head WHERE case_id = $1'],
  ])('names %s, its owner and its repair', async (code, sql) => {
    await forge(sql, projectCaseId(id));
    const found = await look();
    expect(found.map((difference) => difference.code)).toContain(code);
    expect(new Set(found.map(({ subject }) => subject))).toEqual(new Set([projectCaseId(id)]));
  });

  it('names balances and caps that are not the sum of their entries, and what nobody answered', async () => {
    await forge('UPDATE ledger_cap SET amount = amount + 1 WHERE tenant_id = $1', tenant);
    await forge(
      `INSERT INTO ledger_account (tenant_id, id, book, name, kind, subject_id, org_path, posted)
       VALUES ($1, gen_random_uuid(), 'money', 'forged', 'pledged', 'x', '/', 5)`,
      tenant,
    );
    await forge(
      `INSERT INTO case_command (tenant_id, command_id, case_id, kind, type, actor, command_bytes, stored_at)
       VALUES ($1, 'lost', 'project/x', 'microProject', 'claim', 'a', '', now() - interval '1 hour')`,
      tenant,
    );
    const codes = new Set((await look()).map(({ code }) => code));
    expect(codes).toEqual(new Set(['CAP_DIFFERS', 'BALANCE_DIFFERS', 'COMMAND_OPEN']));
  });
});

describe('the repairs', () => {
  it('make a run adopt what its journal has beyond it', async () => {
    const caseId = projectCaseId(await opened());
    await commitUnknownToTheRun(caseId, { type: 'claim', unitId: freeUnit().id } as never);
    expect((await look()).map(({ code }) => code)).toEqual(['HISTORY_BEHIND']);
    expect(await repaired()).toMatchObject({ resynced: 1 });
    await expectRestored({ app: api.api.app, tenant });
    expect(await look()).toEqual([]);
  });

  it('start a case from its journal that Temporal has lost', async () => {
    const id = await opened();
    await engine.client.workflow.getHandle(workflowIdOf(tenant, projectCaseId(id))).terminate();
    expect((await look()).map(({ code }) => code)).toEqual(['NOT_RUNNING']);
    expect(await repaired()).toMatchObject({ started: 1 });
    await claimed(id);
    await expectRestored({ app: api.api.app, tenant });
    expect(await look()).toEqual([]);
  });

  it('republish what an older database has lost, with ids and times, also whole cases', async () => {
    const older = await opened();
    const draft = await opened();
    const earlier = await Earlier.of(db.adminUrl);
    const unit = freeUnit();
    await claimed(older, unit);
    const agreement = { unitId: unit.id, implementerId: unit.id, signedOn: '2026-03-02' };
    expect(await unit.client.post(`/api/v1/projects/${older}/agree`, agreement)).toMatchObject({ status: 200 });
    const journal = await get(CaseService).journal(tenant, projectCaseId(older));
    await earlier.back();
    // As if it had never begun, its row but drafted.
    await forge(
      `WITH e AS (DELETE FROM case_event WHERE case_id = $1), w AS (DELETE FROM open_wait WHERE case_id = $1),
            c AS (DELETE FROM ledger_cap_entry WHERE cap = 'project-need:' || $2),
            h AS (DELETE FROM case_head WHERE case_id = $1)
       UPDATE project SET version = 0, status = 'draft' WHERE id::text = $2`,
      projectCaseId(draft),
      draft,
    );
    expect((await look()).map(({ code }) => code).sort()).toEqual(['HISTORY_AHEAD', 'JOURNAL_MISSING']);
    const done = await repaired();
    expect(done).toMatchObject({ lost: [], republished: 3 });
    expect(await get(CaseService).journal(tenant, projectCaseId(older))).toEqual(journal);
    await expectRestored({ app: api.api.app, tenant });
    expect(await look()).toEqual([]);
    await earlier.end();
  });
});

describe('recovery mode', () => {
  it('takes no commands, signs everybody out, and is left by one person once nothing is unexplained', async () => {
    const id = await opened();
    const before = freeUnit();
    await get(RecoveryMode).freeze(tenant, 'TEST', START);
    expect(await before.client.post(`/api/v1/projects/${id}/claim`, { unitId: before.id })).toMatchObject({ status: 401 });
    const administrator = await staff.member('systemAdministrator');
    const again = await staff.member('manager');
    expect(await again.client.post('/api/v1/projects', { proposalId: proposals.at(-1) })).toMatchObject({ status: 503, body: { code: 'RECOVERING' } });
    expect(await again.client.get('/api/v1/projects')).toMatchObject({ status: 200 });
    expect(await again.client.post('/api/v1/recovery/leave')).toMatchObject({ status: 403 });
    await forge("UPDATE case_head SET parked_code = 'SOMETHING' WHERE case_id = $1", projectCaseId(id));
    expect(await administrator.client.post('/api/v1/recovery/leave')).toMatchObject({ status: 422, body: { code: 'RECOVERY_UNEXPLAINED' } });
    await forge('UPDATE case_head SET parked_code = NULL WHERE case_id = $1', projectCaseId(id));
    expect(await administrator.client.get('/api/v1/recovery')).toMatchObject({ body: { mode: 'frozen', epoch: 2, reason: 'TEST' } });
    expect(await administrator.client.post('/api/v1/recovery/leave')).toMatchObject({ status: 200, body: { mode: 'open', epoch: 2 } });
    expect(await administrator.client.post('/api/v1/recovery/leave')).toMatchObject({ status: 409 });
    // The worker had ended when its tenant was frozen; whoever keeps it running starts it again.
    const asked = { proposalId: proposals.pop() };
    expect(await again.client.post('/api/v1/projects', asked)).toMatchObject({ status: 503, body: { code: 'ENGINE_UNAVAILABLE' } });
  });
});
