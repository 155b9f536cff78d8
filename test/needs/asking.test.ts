import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { NOTICE } from '../../src/needs/intake/notice/model.ts';
import { FormTickets } from '../../src/needs/intake/ticket/service.ts';
import { Database } from '../../src/platform/database/database.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { Staff } from '../support/staff.ts';
import { foundStreetOffice } from '../support/street-office.ts';

let db: TestDatabase;
let api: TestApi;
let staff: Staff;
let worker: HttpClient;
let neighbour: HttpClient;
let ids: ReadonlyMap<string, string>;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  ({ staff, units: ids } = await foundStreetOffice(api));
  worker = (await staff.member('communityWorker', '/mengyang/xincheng/')).client;
  neighbour = (await staff.member('communityWorker', '/mengyang/dongjie/')).client;
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const versioned = ({ body }: Answer): Record<string, string> => ({ 'if-match': `"${body.version}"` });
const told = ({ status, body }: Answer): [number, string] => [status, body.code];
const follow = (code: string): Promise<Answer> => api.page().get('/api/v1/public/follow-up', { 'x-follow-up-code': code });

async function sentNeed(words: string): Promise<{ needId: string; code: string }> {
  const ticket = api.api.app.get(FormTickets, { strict: false }).issue(staff.tenant, 'needs', instantFromMs(Date.now() - 60_000));
  const consent = { agreed: true, noticeVersion: NOTICE.version };
  const sent = await api.page().post('/api/v1/public/needs', { ticket, communityId: ids.get('xincheng'), words, consent });
  const { items } = (await worker.get('/api/v1/submissions?limit=1')).body;
  return { needId: items[0].needId, code: sent.body.followUpCode };
}

describe('a resident at whose door somebody calls', () => {
  const visit = (changes: object = {}): object => ({
    ...{ communityId: ids.get('xincheng'), words: '想要一个扶手', place: '桂花小区', contact: { name: '示例甲', phone: '13800001234' } },
    ...{ consent: { noticeVersion: NOTICE.version, channel: 'oral' }, ...changes },
  });

  it('is given a code for what was written down, and their consent is on record', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const written = await worker.post('/api/v1/submissions', visit(), key);
    expect(written.body).toMatchObject({ channel: 'staff', onBehalf: true, state: 'accepted', followUpCode: expect.stringMatching(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/) });
    expect((await worker.post('/api/v1/submissions', visit(), key)).body).toEqual(written.body);
    const { id, needId, followUpCode: code } = written.body;
    expect((await follow(code)).body).toMatchObject({ state: 'received' });
    expect((await worker.get(`/api/v1/needs/${needId}`)).body).toMatchObject({ channel: 'visit', raiserKind: 'staffOnBehalf', followed: true, raiser: { words: '想要一个扶手', consent: 'oral' } });
    const { consents, enteredBy } = (await worker.get(`/api/v1/submissions/${id}`)).body;
    expect(consents).toMatchObject([{ purpose: 'processing', channel: 'oral', noticeVersion: NOTICE.version, recordedBy: enteredBy }]);
    const kept = await api.api.app.get(Database).within(tenantScope(staff.tenant), (tx) => tx.query<{ answer: unknown }>('SELECT answer FROM idempotency_key WHERE tenant_id = $1', [tx.scope.tenant]));
    expect(kept.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept)).not.toContain(code);
    const gone = await api.page().post('/api/v1/public/follow-up/withdraw-consent', { code });
    expect(gone.body).toMatchObject({ state: 'withdrawn' });
  });

  it('is heard elsewhere too', async () => {
    const written = await worker.post('/api/v1/submissions', visit({ heard: 'hotline', category: 'care' }));
    expect((await worker.get(`/api/v1/needs/${written.body.needId}`)).body).toMatchObject({ channel: 'hotline', category: 'care' });
  });

  it.each<[string, object, number, string]>([
    ['without consent', { consent: undefined }, 400, 'REQUEST_INVALID'],
    ['to an old notice', { consent: { noticeVersion: '0', channel: 'oral' } }, 422, 'NOTICE_OUTDATED'],
    ['for a child alone', { minor: true }, 422, 'GUARDIAN_CONSENT_MISSING'],
    ['without words', { words: ' ' }, 400, 'REQUEST_INVALID'],
    ['in a community that is not theirs', { communityId: randomUUID() }, 404, 'COMMUNITY_UNKNOWN'],
  ])('nothing is written down %s', async (_, changes, status, code) => {
    expect(told(await worker.post('/api/v1/submissions', visit(changes)))).toEqual([status, code]);
  });

  it('nothing is written down by those who may not', async () => {
    const resident = (await staff.member('resident', '/mengyang/xincheng/')).client;
    expect((await resident.post('/api/v1/submissions', visit())).status).toBe(403);
    expect(told(await neighbour.post('/api/v1/submissions', visit()))).toEqual([404, 'COMMUNITY_UNKNOWN']);
  });
});

describe('a resident without an account', () => {
  it('is asked to add something, and does so by the code', async () => {
    const path = '/api/v1/public/follow-up/answer';
    const { needId, code } = await sentNeed('扶手松了');
    const need = `/api/v1/needs/${needId}`;
    const raised = await worker.get(need);
    expect(told(await api.page().post(path, { code, text: '三单元' }))).toEqual([409, 'NEED_NOT_ASKED']);
    expect(told(await neighbour.post(`${need}/ask`, { text: '是哪个单元？' }, versioned(raised)))).toEqual([404, 'NEED_UNKNOWN']);
    expect(told(await worker.post(`${need}/ask`, { text: '打13800001234可以吗？' }, versioned(raised)))).toEqual([422, 'PUBLIC_TEXT_PERSONAL']);
    const asked = await worker.post(`${need}/ask`, { text: '是哪个单元？' }, versioned(raised));
    expect(asked.body).toMatchObject({ state: 'asked' });
    expect(told(await worker.post(`${need}/ask`, { text: '几楼？' }, versioned(asked)))).toEqual([409, 'NEED_NOT_IN_STATE']);
    expect((await worker.get('/api/v1/needs?state=asked')).body.items).toMatchObject([{ id: needId }]);

    expect((await follow(code)).body).toMatchObject({ state: 'asked', asked: { text: '是哪个单元？' } });
    const stage = await api.page().get('/api/v1/public/follow-up/stage', { 'x-follow-up-code': code });
    expect(stage.body).toMatchObject({ turn: 'mine', sentence: '轮到您补充：是哪个单元？·没有固定期限' });
    expect(told(await api.page().post(path, { code: '2222-2222-2222', text: '三单元' }))).toEqual([404, 'FOLLOW_UP_UNKNOWN']);
    const key = { 'idempotency-key': randomUUID() };
    const answered = await api.page().post(path, { code, text: '三单元402室' }, key);
    expect(answered.body).toMatchObject({ state: 'received', asked: null });
    expect((await api.page().post(path, { code, text: '三单元402室' }, key)).body).toEqual(answered.body);
    expect(JSON.stringify(answered.body)).not.toContain('402');
    const again = await worker.get(need);
    expect(again.body).toMatchObject({ state: 'raised', followed: true, questions: [{ text: '是哪个单元？', answer: '三单元402室', answeredAt: expect.any(String) }] });
    expect((await worker.get('/api/v1/inbox')).body.items).toContainEqual(expect.objectContaining({ text: `居民已答复需求 ${again.body.number} 的补充问题，请继续梳理。` }));

    const more = await worker.post(`${need}/ask`, { text: '几楼？' }, versioned(again));
    expect((await worker.post(`${need}/answer`, { text: '来电说是二楼' }, versioned(more))).body).toMatchObject({ state: 'raised' });
    const last = await worker.get(need);
    expect(last.body.questions).toMatchObject([{ answer: '三单元402室' }, { answer: '来电说是二楼' }]);
    await worker.post(`${need}/ask`, { text: '左边还是右边？' }, versioned(last));
    await api.page().post('/api/v1/public/follow-up/withdraw-consent', { code });
    expect((await worker.get(need)).body).toMatchObject({ state: 'withdrawn', questions: [{ answer: null }, { answer: null }, { answer: null }] });
    expect(told(await api.page().post(path, { code, text: '右边' }))).toEqual([409, 'NEED_NOT_ASKED']);
  });

  it('is told why their need is not taken up; triage goes on without an answer, and may think again', async () => {
    const { needId, code } = await sentNeed('水压太低');
    const path = `/api/v1/needs/${needId}`;
    const asked = await worker.post(`${path}/ask`, { text: '几点最低？' }, versioned(await worker.get(path)));
    const why = { reason: 'elsewhere', text: '请打公告栏上供水公司的电话。' };
    expect(told(await worker.post(`${path}/leave-out`, { ...why, text: '找李工 13800001234' }, versioned(asked)))).toEqual([422, 'PUBLIC_TEXT_PERSONAL']);
    expect((await worker.post(`${path}/leave-out`, { reason: 'elsewhere' }, versioned(asked))).status).toBe(400);
    const left = await worker.post(`${path}/leave-out`, why, versioned(asked));
    expect(left.body).toMatchObject({ state: 'leftOut', leftOut: why });
    expect((await follow(code)).body).toMatchObject({
      state: 'leftOut',
      stateText: '未列入清单：不属于社区职责，应向其他部门反映。请打公告栏上供水公司的电话。',
      asked: null,
      leftOut: { ...why, reasonText: '不属于社区职责，应向其他部门反映' },
    });
    expect(told(await worker.post(`${path}/triage`, { publicText: '水压低' }, versioned(left)))).toEqual([409, 'NEED_NOT_IN_STATE']);
    expect(told(await worker.post(`${path}/take-up`, {}, { 'if-match': '"1"' }))).toEqual([412, 'NEED_STALE']);
    const back = await worker.post(`${path}/take-up`, {}, versioned(left));
    expect(back.body).toMatchObject({ state: 'raised', leftOut: null });
    const triaged = await worker.post(`${path}/triage`, { publicText: '水压低' }, versioned(back));
    expect((await follow(code)).body).toMatchObject({ state: 'triaged', leftOut: null });
    const proposal = await worker.post('/api/v1/proposals', {
      communityId: ids.get('xincheng'), title: '增压', description: '增压泵', category: 'housing', capability: 'housing', budgetFen: 100, hours: 1,
      fromOn: '2026-02-01', untilOn: '2026-03-01', sharedProperty: false, peopleExpected: 1, needIds: [needId],
    });
    expect(proposal.status).toBe(201);
    expect(told(await worker.post(`${path}/leave-out`, why, versioned(triaged)))).toEqual([409, 'NEED_BUNDLED']);
  });

  it('cannot be asked where nothing is kept of anybody', async () => {
    const own = await worker.post('/api/v1/needs', { communityId: ids.get('xincheng'), category: 'safety', publicText: '路口缺一面镜子' });
    expect(told(await worker.post(`/api/v1/needs/${own.body.id}/ask`, { text: '哪个路口？' }, versioned(own)))).toEqual([422, 'NEED_NOBODY_TO_ASK']);
  });
});
