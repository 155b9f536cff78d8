import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { readFileSync } from 'node:fs';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { CaseDriver } from '../../src/cases/driver/service.ts';
import { workflowIdOf } from '../../src/cases/messages.ts';
import { restore, type Recorded } from '../../src/cases/model.ts';
import { CaseService } from '../../src/cases/service.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { addHours, instantFromMs, type Instant } from '../../src/kernel/time.ts';
import { NOTICE } from '../../src/needs/intake/notice/model.ts';
import { FormTickets } from '../../src/needs/intake/ticket/service.ts';
import { Database } from '../../src/platform/database/database.ts';
import { sealedConverter } from '../../src/platform/temporal/converter.ts';
import { rightsCaseId } from '../../src/rights/messages.ts';
import { rightsMachine, type RightsProposal } from '../../src/rights/model.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import { record } from '../support/histories.ts';
import { isRecording } from '../support/history-keys.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { foundStreetOffice, type StreetOffice } from '../support/street-office.ts';
import { workflowBundle } from '../support/temporal.ts';
import { AT } from '../needs/support.ts';

const REQUESTS = '/api/v1/rights-requests';
const PUBLIC = '/api/v1/public/rights-requests';
const WORDS = '楼道的路灯坏了，晚上看不见';
const NAME = '欧阳示例';
const PHONE = '13900000000';

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let office: StreetOffice;
let manager: HttpClient;
let worker: HttpClient;
let neighbour: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  api = await startTestApi({ database: db, ...inFrontOf(engine) });
  office = await foundStreetOffice(api);
  const { staff } = office;
  await api.api.app.get(Database).within(tenantScope(staff.tenant), (tx) => api.api.app.get(BusinessClock, { strict: false }).declareVirtual(tx, AT));
  manager = (await staff.member('manager', '/mengyang/')).client;
  worker = (await staff.member('communityWorker', '/mengyang/xincheng/')).client;
  neighbour = (await staff.member('communityWorker', '/mengyang/dongjie/')).client;
}, 90_000);

afterAll(async () => {
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

const told = ({ status, body }: Answer): [number, string] => [status, body.code];
const within = <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
  db.database.within(tenantScope(office.staff.tenant), (tx) => tx.query<Row>(sql, [...values]));

const seen = new Set<string>();

interface Resident {
  readonly code: string;
  readonly submissionId: string;
  readonly needId: string;
}

async function resident(): Promise<Resident> {
  const answer = await api.page().post('/api/v1/public/needs', {
    ticket: api.api.app.get(FormTickets, { strict: false }).issue(office.staff.tenant, 'needs', instantFromMs(Date.now() - 60_000)),
    communityId: office.units.get('xincheng'),
    words: WORDS,
    contact: { name: NAME, phone: PHONE },
    consent: { agreed: true, noticeVersion: NOTICE.version },
  });
  expect(answer.status).toBe(201);
  const { items } = (await worker.get('/api/v1/submissions')).body as { items: { id: string; needId: string }[] };
  const submission = items.find(({ id }) => !seen.has(id))!;
  seen.add(submission.id);
  return { code: answer.body.followUpCode, submissionId: submission.id, needId: submission.needId };
}

const ask = (code: string, right: string, more: object = {}): Promise<Answer> => api.page().post(PUBLIC, { code, right, ...more });
const followed = async (code: string): Promise<Answer['body'][]> => (await api.page().get(PUBLIC, { 'x-follow-up-code': code })).body.items;
const copy = (code: string, id: string): Promise<Answer> => api.page().get(`${PUBLIC}/${id}/copy`, { 'x-follow-up-code': code });
const keysLeft = async (needId: string): Promise<number> =>
  (await within<{ n: number }>('SELECT count(*) AS n FROM needs_raiser r JOIN subject_key k USING (tenant_id, subject_id) WHERE r.need_id = $1 AND k.wrapped IS NOT NULL', [needId]))[0]!.n;

/** A journal read into a state, and the engine's own history run through today's workflow code. */
async function replays(requestId: string): Promise<string> {
  const caseId = rightsCaseId(requestId);
  const journal = await api.api.app.get(CaseService, { strict: false }).journal(office.staff.tenant, caseId);
  const workflowId = workflowIdOf(office.staff.tenant, caseId);
  const history = await engine.client.workflow.getHandle(workflowId).fetchHistory();
  const workflowBundleOption = { code: readFileSync(await workflowBundle(), 'utf8') };
  await Worker.runReplayHistory({ workflowBundle: workflowBundleOption, dataConverter: sealedConverter(api.config.keys.payload) }, history, workflowId);
  return restore(rightsMachine, journal as unknown as readonly Recorded<RightsProposal>[]).state!.status;
}

describe('to see one’s own data', () => {
  it('by the code, once the community has carried it out, for thirty days', async () => {
    const { code } = await resident();
    const asked = await ask(code, 'access', { wish: '想看看登记了什么' });
    expect([asked.status, asked.body.status, asked.body.statusText]).toEqual([200, 'received', '已收到，正在办理']);
    expect(told(await ask(code, 'access'))).toEqual([409, 'RIGHTS_OPEN']);
    expect(told(await copy(code, asked.body.id))).toEqual([409, 'RIGHTS_COPY_CLOSED']);

    const file = (await worker.get(`${REQUESTS}/${asked.body.id}`)).body;
    expect(file).toMatchObject({ right: 'access', channel: 'followUp', contents: [{ kind: 'wish', text: '想看看登记了什么' }], heldFor: null });
    expect(told(await neighbour.get(`${REQUESTS}/${asked.body.id}`))).toEqual([404, 'RIGHTS_UNKNOWN']);
    expect((await worker.get('/api/v1/waits?kind=rightsRequest')).body.items).toMatchObject([{ ownerRole: 'communityWorker', ownerOrgUnit: office.units.get('xincheng') }]);
    const stage = await worker.get(`${REQUESTS}/${asked.body.id}/stage`);
    expect([stage.body.turn, stage.body.action.command]).toEqual(['mine', 'carryOut']);

    expect((await worker.post(`${REQUESTS}/${asked.body.id}/carry-out`, {})).body.status).toBe('carriedOut');
    const own = await copy(code, asked.body.id);
    expect(own.body).toMatchObject({ words: WORDS, name: NAME, phone: PHONE, consents: [{ purpose: 'processing', channel: 'form' }], photographs: 0 });
    const [{ reads } = { reads: 0 }] = await within<{ reads: number }>("SELECT count(*) AS reads FROM audit_event WHERE action = 'rights.copyRead'");
    expect(reads).toBe(1);

    const other = await resident();
    expect(told(await copy(other.code, asked.body.id))).toEqual([404, 'RIGHTS_UNKNOWN']);
    expect((await followed(other.code))).toEqual([]);
  });

  it('not for anybody who has no code, nor with a wrong body', async () => {
    expect(told(await ask('2222-2222-2222', 'access'))).toEqual([404, 'FOLLOW_UP_UNKNOWN']);
    expect(told(await ask('2222-2222-2222', 'everything'))).toEqual([400, 'REQUEST_INVALID']);
    expect(told(await worker.post(REQUESTS, { record: { kind: 'need', id: randomUUID() }, right: 'access', channel: 'oral' }))).toEqual([404, 'NEED_UNKNOWN']);
  });
});

describe('to have it put right', () => {
  it('changes what is kept of them, and nothing that everyone reads', async () => {
    const { code, needId, submissionId } = await resident();
    const { body } = await ask(code, 'correction', { wish: '电话错了' });
    expect(told(await worker.post(`${REQUESTS}/${body.id}/carry-out`, {}))).toEqual([422, 'RIGHTS_CORRECTION_EMPTY']);
    const done = await worker.post(`${REQUESTS}/${body.id}/carry-out`, { correction: { phone: '13911112222', words: '路灯和扶手都坏了' } });
    expect([done.status, done.body.status]).toEqual([200, 'carriedOut']);
    expect((await worker.get(`/api/v1/needs/${needId}`)).body.raiser).toMatchObject({ words: '路灯和扶手都坏了', phone: '139****2222' });
    expect((await worker.get(`/api/v1/submissions/${submissionId}`)).body.contact.phone).toBe('139****2222');
    expect(await replays(body.id)).toBe('carriedOut');
  });
});

describe('to be deleted', () => {
  it('destroys the key; journal and history replay as before', async () => {
    const { code, needId, submissionId } = await resident();
    const { body } = await ask(code, 'deletion', { wish: '不想再留着' });
    expect((await worker.post(`${REQUESTS}/${body.id}/carry-out`, {})).body.status).toBe('carriedOut');
    expect(await keysLeft(needId)).toBe(0);
    expect((await worker.get(`/api/v1/needs/${needId}`)).body.raiser).toBeNull();
    expect((await worker.get(`/api/v1/submissions/${submissionId}`)).body).toMatchObject({ texts: {}, contact: null });
    const [index] = await within<{ known: boolean }>('SELECT phone_index IS NOT NULL AS known FROM needs_raiser WHERE need_id = $1', [needId]);
    expect(index?.known).toBe(false);
    // What they wrote with the request went with the key.
    expect((await worker.get(`${REQUESTS}/${body.id}`)).body.contents).toMatchObject([{ kind: 'wish', text: null }]);
    expect(await followed(code)).toMatchObject([{ right: 'deletion', status: 'carriedOut' }]);
    expect(told(await ask(code, 'access'))).toEqual([409, 'SUBJECT_ERASED']);
    expect(await replays(body.id)).toBe('carriedOut');
    if (isRecording) await record(engine.client, 'rights-request', workflowIdOf(office.staff.tenant, rightsCaseId(body.id)));
  });

  it('is refused with its reason while the law demands that it is kept', async () => {
    const { code, needId } = await resident();
    await manager.post('/api/v1/holds', { record: { kind: 'need', id: needId }, ground: 'litigation', note: '示例案号 2' });
    const { body } = await ask(code, 'deletion');
    expect((await worker.get(`${REQUESTS}/${body.id}`)).body.heldFor).toBe('litigation');
    expect(told(await worker.post(`${REQUESTS}/${body.id}/carry-out`, {}))).toEqual([422, 'RIGHTS_HELD']);
    expect(await keysLeft(needId)).toBe(1);
    const refused = await worker.post(`${REQUESTS}/${body.id}/refuse`, { ground: 'legalHold', reason: '诉讼期间依法保存' });
    expect([refused.status, refused.body.ground]).toEqual([200, 'legalHold']);
    expect(await followed(code)).toMatchObject([{ status: 'refused', refusal: { groundText: '诉讼、调查等依法需要留存', reason: '诉讼期间依法保存' } }]);
    expect(told(await worker.post(`${REQUESTS}/${body.id}/carry-out`, {}))).toEqual([409, 'CASE_CLOSED']);
  });

  it('is taken back by who asked', async () => {
    const { code, needId } = await resident();
    const other = await resident();
    const { body } = await ask(code, 'deletion');
    expect(told(await api.page().post(`${PUBLIC}/${body.id}/withdraw`, { code: other.code }))).toEqual([404, 'RIGHTS_UNKNOWN']);
    expect((await api.page().post(`${PUBLIC}/${body.id}/withdraw`, { code })).body.status).toBe('withdrawn');
    expect(await keysLeft(needId)).toBe(1);
  });

  it('told to staff for a need that they wrote down', async () => {
    const written = await worker.post('/api/v1/needs', {
      communityId: office.units.get('xincheng'),
      channel: 'visit',
      category: 'elderly',
      urgency: 'soon',
      peopleAffected: 3,
      raiserKind: 'staffOnBehalf',
      raiser: { words: WORDS, name: NAME, phone: PHONE, consent: 'oral' },
    });
    expect(written.status).toBe(201);
    const record = { kind: 'need', id: written.body.id };
    expect((await worker.post(REQUESTS, { record, right: 'deletion', channel: 'followUp' })).status).toBe(400);
    const taken = await worker.post(REQUESTS, { record, right: 'deletion', channel: 'oral' });
    expect([taken.status, taken.body.submissionId]).toEqual([200, null]);
    await worker.post(`${REQUESTS}/${taken.body.id}/carry-out`, {});
    expect(await keysLeft(written.body.id)).toBe(0);
  });
});

describe('a request that nobody answers', () => {
  it('is late after fifteen workdays', async () => {
    const { code } = await resident();
    const { body } = await ask(code, 'access');
    const { app } = api.api;
    const end: Instant = addHours(AT, 24 * 40);
    await app.get(CaseDriver, { strict: false }).advanceTo(office.staff.tenant, end);
    expect((await worker.get(`${REQUESTS}/${body.id}`)).body).toMatchObject({ status: 'received', late: true });
    expect((await worker.get(`${REQUESTS}?status=received&right=access`)).body.items.map(({ id }: { id: string }) => id)).toContain(body.id);
  });
});
