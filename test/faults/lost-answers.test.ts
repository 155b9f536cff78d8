import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { startTestApi, type TestApi } from '../support/api.ts';
import { COMMUNITY, plantClaimants, type Claimant } from '../support/claimants.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import type { Answer } from '../support/http.ts';
import { plantProposals } from '../support/proposals.ts';
import { Staff, type StaffMember } from '../support/staff.ts';

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let admin: pg.Client;
let manager: StaffMember;
let ann: Claimant;
let bo: Claimant;
let proposals: string[];

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  api = await startTestApi({ database: db, ...inFrontOf(engine) });
  const staff = await Staff.of(api);
  manager = await staff.member('manager');
  [ann, bo] = (await plantClaimants(api, staff, 2)) as [Claimant, Claimant];
  proposals = await plantProposals(api.api.app, staff.tenant, COMMUNITY, 4);
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
}, 120_000);

afterAll(async () => {
  await admin?.end();
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

async function openProject(): Promise<string> {
  const { body } = await manager.client.post('/api/v1/projects', { proposalId: proposals.pop() });
  return `/api/v1/projects/${String(body.id)}`;
}

/** As after a crash between the case's decision and the end of the request. */
async function loseAnswers(): Promise<void> {
  await admin.query('UPDATE idempotency_key SET status = NULL, answer = NULL');
}

const claim = (unit: Claimant, at: string, key: string = randomUUID()): Promise<Answer> =>
  unit.client.post(`${at}/claim`, { unitId: unit.id }, { 'idempotency-key': key });

/** The version that each repeated command made, as the journal has it. */
async function versionOf(at: string): Promise<unknown> {
  return (await manager.client.get(at)).body.version;
}

describe('a command that was decided while nobody heard the answer', () => {
  it('is answered by its repeat: the claim that took the project is not told that the project is taken', async () => {
    const at = await openProject();
    const key = randomUUID();
    expect(await claim(ann, at, key)).toMatchObject({ status: 200 });
    await loseAnswers();
    expect(await claim(bo, at)).toMatchObject({ status: 409, body: { code: 'PROJECT_STATE' } });
    expect(await claim(ann, at, key)).toMatchObject({ status: 200, body: { leadUnit: ann.id, version: 2 } });
    expect(await versionOf(at)).toBe(2);
  });

  it('is answered by its repeat after it has ended the case', async () => {
    const at = await openProject();
    const key = { 'idempotency-key': randomUUID() };
    expect(await manager.client.post(`${at}/cancel`, { reason: '示例' }, key)).toMatchObject({ status: 200 });
    await loseAnswers();
    expect(await manager.client.post(`${at}/cancel`, { reason: '示例' }, key)).toMatchObject({
      status: 200,
      body: { status: 'cancelled', version: 2 },
    });
    expect(await manager.client.post(`${at}/cancel`, { reason: '示例' })).toMatchObject({
      status: 409,
      body: { code: 'CASE_CLOSED' },
    });
  });
});

describe('a refusal that was told', () => {
  it('stands for its key, also when a new command would be taken by now', async () => {
    const at = await openProject();
    const key = randomUUID();
    expect(await claim(ann, at)).toMatchObject({ status: 200 });
    expect(await claim(bo, at, key)).toMatchObject({ status: 409 });
    await ann.client.post(`${at}/withdraw`, { unitId: ann.id, reason: '示例' });
    await untilListed(at);
    expect(await claim(bo, at, key)).toMatchObject({ status: 409, body: { code: 'PROJECT_STATE' } });
    expect(await claim(bo, at)).toMatchObject({ status: 200, body: { leadUnit: bo.id } });
  });
});

describe('a case that is open and that the engine has lost', () => {
  it('answers 503, because nothing was decided', async () => {
    const at = await openProject();
    const { rows } = await admin.query<{ tenant_id: string; case_id: string }>(
      'SELECT tenant_id, case_id FROM case_head WHERE NOT closed ORDER BY opened_at DESC LIMIT 1',
    );
    const workflowId = `${rows[0]?.tenant_id}/${rows[0]?.case_id}`;
    await engine.client.workflow.getHandle(workflowId).terminate();
    expect(await claim(ann, at)).toMatchObject({ status: 503, body: { code: 'ENGINE_UNAVAILABLE' } });
  });
});

async function untilListed(at: string): Promise<void> {
  while ((await manager.client.get(at)).body.status !== 'listed') await new Promise((resolve) => setTimeout(resolve, 50));
}
