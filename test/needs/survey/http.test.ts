import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BusinessClock } from '../../../src/calendar/clock.ts';
import { CaseDriver } from '../../../src/cases/driver/service.ts';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { addHours, instantFromMs, localDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import { NOTICE } from '../../../src/needs/intake/notice/model.ts';
import { FormTickets } from '../../../src/needs/intake/ticket/service.ts';
import { Database } from '../../../src/platform/database/database.ts';
import { PolicyService } from '../../../src/policy/service.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../../support/engine.ts';
import type { Answer, HttpClient } from '../../support/http.ts';
import { Staff } from '../../support/staff.ts';
import { AT, createArea } from '../support.ts';
import { scanned } from './scan.ts';

const SURVEYS = '/api/v1/surveys';
const opensAt = shanghaiInstant(localDate('2026-01-05'));
const closesAt = shanghaiInstant(localDate('2026-01-20'));
const WORDS = '楼道的路灯坏了，晚上看不见';

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let staff: Staff;
let manager: HttpClient;
let worker: HttpClient;
let neighbour: HttpClient;
let unit: HttpClient;
let ids: ReadonlyMap<string, string>;
let survey: { id: string; code: string };

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  api = await startTestApi({ database: db, ...inFrontOf(engine) });
  staff = await Staff.of(api);
  const { app } = api.api;
  await app.get(Database).within(tenantScope(staff.tenant), async (tx) => {
    await app.get(BusinessClock, { strict: false }).declareVirtual(tx, AT);
    await app.get(PolicyService, { strict: false }).installDefaults(tx, AT);
    const { units } = createArea();
    await units.registerUnits(
      tx,
      [
        { code: 'mengyang', name: '蒙阳街道办事处', kind: 'subdistrictOffice' },
        { code: 'xincheng', name: '新城社区', kind: 'community' },
        { code: 'dongjie', name: '东街社区（示例）', kind: 'community' },
        { code: 'xijie', name: '西街社区（示例）', kind: 'community' },
      ],
      { commandId: randomUUID(), at: AT, joinedOn: localDate('2025-01-01') },
    );
    ids = new Map((await units.all(tx)).map(({ code, id }) => [code, id]));
  });
  manager = (await staff.member('manager', '/mengyang/')).client;
  worker = (await staff.member('communityWorker', '/mengyang/xincheng/')).client;
  neighbour = (await staff.member('communityWorker', '/mengyang/dongjie/')).client;
  unit = (await staff.member('unit', '/units/u1/')).client;
}, 90_000);

afterAll(async () => {
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

const questions = [
  { id: 'alone', type: 'singleChoice', text: '是否独居', required: true, choices: [{ id: 'yes', text: '是' }, { id: 'no', text: '否' }] },
  { id: 'need', type: 'text', text: '您遇到什么困难？', isNeed: true },
  { id: 'estate', type: 'place', text: '哪个小区' },
];
const draft = (changes: object = {}): object => ({
  title: '春季需求摸底 <示例>',
  questions,
  communityIds: [ids.get('xincheng'), ids.get('dongjie')],
  targetPerArea: 4,
  opensAt,
  closesAt,
  ...changes,
});
const versioned = ({ body }: Answer): Record<string, string> => ({ 'if-match': `"${body.version}"` });
/** A form that was opened a minute ago. */
const ticket = (form: string, secondsAgo = 60): string =>
  api.api.app.get(FormTickets, { strict: false }).issue(staff.tenant, form, instantFromMs(Date.now() - secondsAgo * 1000));
const consent = { agreed: true, noticeVersion: NOTICE.version };
const need = (changes: object = {}): object => ({ ticket: ticket('needs'), communityId: ids.get('xincheng'), words: WORDS, consent, ...changes });
const answer = (changes: object = {}): object => ({
  ticket: ticket(survey.code),
  communityId: ids.get('xincheng'),
  answers: [{ question: 'alone', value: 'yes' }, { question: 'need', value: WORDS }, { question: 'estate', value: '桂花小区' }],
  consent,
  ...changes,
});
const answersPath = (): string => `/api/v1/public/surveys/${survey.code}/answers`;
const follow = (code: string): Promise<Answer> => api.page().get('/api/v1/public/follow-up', { 'x-follow-up-code': code });
const told = ({ status, body }: Answer): [number, string] => [status, body.code];
const submissions = async (query: string): Promise<Answer['body'][]> => (await worker.get(`/api/v1/submissions?${query}`)).body.items;

describe('a survey', () => {
  it('is drafted, edited by who has seen its last version, and released', async () => {
    const drafted = await manager.post(SURVEYS, draft({ title: '草稿' }));
    expect([drafted.status, drafted.body.status, drafted.body.channels]).toEqual([201, 'draft', ['publicForm', 'staff']]);
    survey = drafted.body;
    const path = `${SURVEYS}/${survey.id}`;
    expect((await manager.send('PATCH', path, draft())).status).toBe(428);
    expect(told(await manager.send('PATCH', path, draft({ channels: ['publicForm'] }), { 'if-match': '"9"' }))).toEqual([412, 'SURVEY_STALE']);
    const edited = await manager.send('PATCH', path, draft(), versioned(drafted));
    expect([edited.status, edited.body.title]).toEqual([200, '春季需求摸底 <示例>']);
    expect(told(await api.page().get(`/api/v1/public/surveys/${survey.code}`))).toEqual([404, 'SURVEY_UNKNOWN']);
    expect((await worker.send('PATCH', path, {}, versioned(edited))).status).toBe(403);
    expect((await unit.get(path)).status).toBe(403);
    const released = await manager.post(`${path}/release`);
    expect([released.status, released.body.status, released.body.released]).toEqual([200, 'collecting', true]);
    expect(told(await manager.send('PATCH', path, draft(), versioned(released)))).toEqual([409, 'SURVEY_STATE']);
    const waits = await worker.get('/api/v1/waits?kind=needsSurvey');
    expect(waits.body.items).toMatchObject([{ ownerRole: 'communityWorker', ownerOrgUnit: ids.get('xincheng'), due: closesAt }]);
  });

  it.each<[object, number, string]>([
    [{ communityIds: [randomUUID()] }, 404, 'COMMUNITY_UNKNOWN'],
    [{ questions: [] }, 400, 'REQUEST_INVALID'],
    [{ questions: [questions[1], questions[1]] }, 422, 'SURVEY_QUESTIONS_INVALID'],
    [{ closesAt: opensAt }, 422, 'SURVEY_WINDOW_REVERSED'],
    [{ closesAt: '2026-12-01T00:00:00Z' }, 422, 'SURVEY_WINDOW_LONG'],
    [{ opensAt: 'tomorrow' }, 400, 'REQUEST_INVALID'],
    [{ title: '长'.repeat(61) }, 400, 'REQUEST_INVALID'],
  ])('is not drafted with %j', async (wrong, status, code) => {
    expect(told(await manager.post(SURVEYS, draft(wrong)))).toEqual([status, code]);
  });

  it('hangs on the wall as one page that loads nothing and runs nothing', async () => {
    const poster = await worker.get(`${SURVEYS}/${survey.id}/poster`);
    expect([poster.status, poster.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(poster.headers.get('content-security-policy')).toMatch(/^default-src 'none';style-src 'sha256-/);
    expect(poster.body).toContain('春季需求摸底 &lt;示例&gt;');
    expect(poster.body).toContain(`/p/survey/${survey.code}`);
    expect(poster.body).toContain('新城社区、东街社区（示例）');
    expect(poster.body).toContain('2026-01-05 – 2026-01-19');
    expect(poster.body).toMatch(/<svg [^>]*>.*<path /s);
    expect(poster.body).not.toMatch(/<script|\ssrc=|\shref=/);
  });

  it('has a square that a phone reads as the form’s address', async () => {
    const poster = await worker.get(`${SURVEYS}/${survey.id}/poster`);
    expect(scanned(/<svg.*<\/svg>/s.exec(poster.body as string)![0])).toMatch(new RegExp(`^http.*/p/survey/${survey.code}$`));
  });
});

describe('a resident without an account', () => {
  const sentNeed = async (changes: object): Promise<{ submission: { id: string; needId: string }; code: string }> => {
    const before = new Set((await submissions('state=accepted')).map(({ id }: { id: string }) => id));
    const sent = await api.page().post('/api/v1/public/needs', need(changes));
    const submission = (await submissions('state=accepted')).find(({ id }: { id: string }) => !before.has(id));
    return { submission, code: sent.body.followUpCode };
  };

  it('answers once with each form, and follows what became of it', async () => {
    const form = await api.page().get(`/api/v1/public/surveys/${survey.code}`);
    expect(form.body).toMatchObject({ guardianBelowAge: 14, notice: { version: NOTICE.version }, communities: [{ name: '新城社区' }, { name: '东街社区（示例）' }] });
    expect(form.body.survey.questions).toHaveLength(3);
    const body = answer({ contact: { name: '示例甲', phone: '13800001234' } });
    const key = { 'idempotency-key': randomUUID() };
    const sent = await api.page().post(answersPath(), body, key);
    expect(sent.status).toBe(201);
    expect((await api.page().post(answersPath(), body, key)).body).toEqual(sent.body);
    expect(told(await api.page().post(answersPath(), body))).toEqual([409, 'TICKET_USED']);
    const { followUpCode: code } = sent.body;

    const first = await follow(code);
    expect(first.body).toMatchObject({ state: 'received', stateText: '已收到，等待社区梳理。', communityName: '新城社区', publicText: null, remarks: [] });
    expect(JSON.stringify(first.body)).not.toMatch(/路灯|示例甲|1380000/);
    const stage = await api.page().get('/api/v1/public/follow-up/stage', { 'x-follow-up-code': code });
    expect(stage.body).toMatchObject({ kind: 'need', turn: 'other', sentence: '等 新城社区（社区工作者） 核实您的需求·没有固定期限' });
    expect(JSON.stringify(stage.body)).not.toMatch(/路灯|示例甲|1380000/);
    const [submission] = await submissions(`surveyId=${survey.id}`);
    const raised = await worker.get(`/api/v1/needs/${submission.needId}`);
    expect(raised.body).toMatchObject({ category: 'safety', place: '桂花小区', channel: 'form', sourceNumber: `DC-${survey.code}`, state: 'raised' });
    expect(raised.body.raiser).toMatchObject({ words: WORDS, name: '示＊＊', phone: '138****1234', consent: 'form' });
    expect((await neighbour.get(`/api/v1/submissions/${submission.id}`)).status).toBe(404);

    await worker.post(`/api/v1/needs/${submission.needId}/triage`, { publicText: '楼道照明' }, versioned(raised));
    const remarked = await api.page().post('/api/v1/public/follow-up/remarks', { code: code.toLowerCase(), text: '又坏了一盏' });
    expect(remarked.body).toMatchObject({ state: 'triaged', publicText: '楼道照明', remarks: [expect.any(String)] });
    const opened = await worker.get(`/api/v1/submissions/${submission.id}`);
    expect(opened.body).toMatchObject({ contact: { name: '示＊＊', phone: '138****1234' }, texts: { need: WORDS }, remarks: [{ text: '又坏了一盏' }] });
    expect(opened.body.consents).toMatchObject([{ purpose: 'processing', channel: 'form', noticeVersion: NOTICE.version, recordedBy: 'public' }]);
    expect(api.lines.join('\n')).not.toMatch(new RegExp(`${code}|${code.toLowerCase()}|路灯|示例甲|13800001234`));
  });

  it('takes their consent back by the code, and what names them is gone', async () => {
    const path = '/api/v1/public/follow-up/withdraw-consent';
    const { submission, code } = await sentNeed({ words: '单元门口缺一盏灯', contact: { name: '示例乙', phone: '13800004321' } });
    const gone = await api.page().post(path, { code });
    expect(gone.body).toMatchObject({ state: 'withdrawn', stateText: '您已撤回同意，您的姓名、联系方式、原话和照片已删除。', publicText: null });
    expect((await api.page().post(path, { code })).body).toEqual(gone.body);
    expect((await follow(code)).body.state).toBe('withdrawn');
    expect((await api.page().get('/api/v1/public/follow-up/stage', { 'x-follow-up-code': code })).body).toMatchObject({ turn: 'none' });
    expect(told(await api.page().post('/api/v1/public/follow-up/remarks', { code, text: '还在吗' }))).toEqual([409, 'SUBJECT_ERASED']);
    expect(told(await api.page().post(path, { code: '2222-2222-2222' }))).toEqual([404, 'FOLLOW_UP_UNKNOWN']);

    const opened = await worker.get(`/api/v1/submissions/${submission.id}`);
    expect(opened.body).toMatchObject({ contact: null, texts: {}, withdrawnAt: expect.any(String) });
    const ended = await worker.get(`/api/v1/needs/${submission.needId}`);
    expect(ended.body).toMatchObject({ state: 'withdrawn', raiser: null });
    expect(told(await worker.post(`/api/v1/needs/${submission.needId}/triage`, { publicText: '照明' }, versioned(ended)))).toEqual([409, 'NEED_NOT_IN_STATE']);
  });

  it('takes it back through staff too; what was written for everyone stays', async () => {
    const { submission } = await sentNeed({ words: '楼下水管漏水', contact: { phone: '13800004322' } });
    const raised = await worker.get(`/api/v1/needs/${submission.needId}`);
    await worker.post(`/api/v1/needs/${submission.needId}/triage`, { publicText: '楼下水管漏水' }, versioned(raised));
    expect(told(await neighbour.post(`/api/v1/submissions/${submission.id}/withdraw-consent`, { channel: 'oral' }))).toEqual([404, 'SUBMISSION_UNKNOWN']);
    expect((await worker.post(`/api/v1/submissions/${submission.id}/withdraw-consent`, { channel: 'oral' })).status).toBe(200);
    expect((await worker.get(`/api/v1/needs/${submission.needId}`)).body).toMatchObject({ state: 'triaged', publicText: '楼下水管漏水', raiser: null });

    const own = await worker.post('/api/v1/needs', {
      communityId: ids.get('xincheng'), raiserKind: 'staffOnBehalf', channel: 'visit', category: 'elderly', urgency: 'routine', peopleAffected: 1,
      raiser: { words: '想要扶手', phone: '13800004323', consent: 'oral' },
    });
    const back = `/api/v1/needs/${own.body.id}/withdraw-consent`;
    expect((await worker.post(back, { channel: 'paper' })).body).toMatchObject({ state: 'withdrawn' });
    expect((await worker.post(back, { channel: 'paper' })).body).toMatchObject({ state: 'withdrawn' });
    expect((await worker.get(`/api/v1/needs/${own.body.id}`)).body.raiser).toBeNull();
  });

  it('raises a need of their own, also by the form as it is given out', async () => {
    const form = await api.page().get(`/api/v1/public/needs/form?tenant=${staff.tenant}`, { 'accept-language': 'en' });
    expect(form.body.categories).toContainEqual({ id: 'dining', name: 'Dining' });
    const sent = await api.page().post('/api/v1/public/needs', need({ words: '想要老年食堂', place: '桂花小区3栋402室', category: 'care' }));
    expect(sent.status).toBe(201);
    expect((await follow(sent.body.followUpCode)).body).toMatchObject({ state: 'received', category: 'care' });
    expect(told(await api.page().get('/api/v1/public/needs/form?tenant=nobody'))).toEqual([404, 'INTAKE_UNKNOWN']);
    expect(told(await follow('ABCD-EFGH-JKLM'))).toEqual([404, 'FOLLOW_UP_UNKNOWN']);
    expect(told(await follow(''))).toEqual([404, 'FOLLOW_UP_UNKNOWN']);
  });

  it.each<[string, () => object, number, string]>([
    ['a forged ticket', () => need({ ticket: `${ticket('needs').slice(0, -4)}AAAA` }), 422, 'TICKET_INVALID'],
    ['the ticket of another form', () => need({ ticket: ticket(survey.code) }), 422, 'TICKET_INVALID'],
    ['an old ticket', () => need({ ticket: ticket('needs', 7201) }), 422, 'TICKET_EXPIRED'],
    ['an old notice', () => need({ consent: { agreed: true, noticeVersion: '1999' } }), 422, 'NOTICE_OUTDATED'],
    ['no consent', () => need({ consent: { agreed: false, noticeVersion: NOTICE.version } }), 400, 'REQUEST_INVALID'],
    ['a child alone', () => need({ minor: true }), 422, 'GUARDIAN_CONSENT_MISSING'],
    ['a foreign community', () => need({ communityId: randomUUID() }), 404, 'COMMUNITY_UNKNOWN'],
    ['a huge text', () => need({ words: '长'.repeat(2001) }), 400, 'REQUEST_INVALID'],
    ['no words', () => need({ words: '  ' }), 400, 'REQUEST_INVALID'],
  ])('is refused %s, and loses nothing but that', async (_, body, status, code) => {
    expect(told(await api.page().post('/api/v1/public/needs', body()))).toEqual([status, code]);
  });

  it('is refused answers that do not fit the survey', async () => {
    const wrong: [object, number, string][] = [
      [{ answers: [] }, 422, 'SURVEY_ANSWER_INVALID'],
      [{ answers: [{ question: 'alone', value: 7 }] }, 422, 'SURVEY_ANSWER_INVALID'],
      [{ answers: 'yes' }, 400, 'REQUEST_INVALID'],
      [{ communityId: ids.get('xijie') }, 422, 'SURVEY_AREA_FOREIGN'],
    ];
    for (const [changes, status, code] of wrong) expect(told(await api.page().post(answersPath(), answer(changes)))).toEqual([status, code]);
    expect(told(await api.page().post('/api/v1/public/surveys/ABCDEFGHJK/answers', answer()))).toEqual([404, 'SURVEY_UNKNOWN']);
    expect(told(await api.page().with({ origin: 'https://elsewhere.example' }).post(answersPath(), answer()))).toEqual([403, 'ORIGIN_REFUSED']);
  });
});

describe('a doubtful submission', () => {
  it('is answered like any other, waits for a person, and counts when that person says so', async () => {
    const traps = [answer({ website: 'https://spam.example' }), answer({ ticket: ticket(survey.code, 0) })];
    const codes: string[] = [];
    for (const body of traps) codes.push((await api.page().post(answersPath(), body)).body.followUpCode);
    expect((await follow(codes[0]!)).body).toMatchObject({ state: 'checking', number: null });
    const doubtful = await submissions(`state=doubtful&surveyId=${survey.id}`);
    expect(doubtful.map(({ doubts, needId }) => [doubts, needId])).toEqual(expect.arrayContaining([[['honeypot'], null], [['tooFast'], null]]));
    const [fast, robot] = ['tooFast', 'honeypot'].map((doubt) => doubtful.find(({ doubts }) => doubts.includes(doubt)));
    expect((await neighbour.post(`/api/v1/submissions/${fast.id}/accept`, {})).status).toBe(404);
    const accepted = await worker.post(`/api/v1/submissions/${fast.id}/accept`, { category: 'housing' });
    expect(accepted.body).toMatchObject({ state: 'accepted', category: 'housing', needId: expect.any(String) });
    expect(told(await worker.post(`/api/v1/submissions/${fast.id}/reject`))).toEqual([409, 'SUBMISSION_SETTLED']);
    expect((await worker.post(`/api/v1/submissions/${robot.id}/reject`)).body).toMatchObject({ state: 'rejected', needId: null });
    expect((await follow(codes[0]!)).body).toMatchObject({ state: 'notTaken' });
    expect((await follow(codes[1]!)).body).toMatchObject({ state: 'received', category: 'housing' });

    // Joined to the first resident's need, it goes on as that one does, and shows nothing of it but that.
    const first = (await submissions(`state=accepted&surveyId=${survey.id}`)).find(({ id }) => id !== fast.id);
    const repeat = await worker.get(`/api/v1/needs/${accepted.body.needId}`);
    await worker.post(`/api/v1/needs/${repeat.body.id}/merge`, { into: first.needId }, versioned(repeat));
    expect((await follow(codes[1]!)).body).toMatchObject({ state: 'triaged', number: repeat.body.number, publicText: null });
    const inbox = await worker.get('/api/v1/inbox');
    expect(inbox.body.items.filter(({ key }: { key: string }) => key === 'needs.intake.told.doubtful')).toHaveLength(1);
  });

  it('is whatever comes in masses from one network', async () => {
    const sent = await Promise.all(Array.from({ length: 20 }, () => api.page().post('/api/v1/public/needs', need({ communityId: ids.get('dongjie') }))));
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([201]));
    const { body } = await neighbour.get('/api/v1/submissions?state=doubtful');
    expect(body.items.length).toBeGreaterThan(0);
    expect(body.items[0]).toMatchObject({ doubts: ['tooMany'], needId: null });
  });
});

describe('on a resident’s behalf', () => {
  const onBehalf = (changes: object = {}): object => ({
    communityId: ids.get('xincheng'),
    answers: [{ question: 'alone', value: 'no' }, { question: 'need', value: '老人没人陪护' }],
    contact: { phone: '13900005678' },
    consent: { noticeVersion: NOTICE.version, channel: 'oral' },
    ...changes,
  });

  it('staff write down what was said and how it was agreed to', async () => {
    const path = `${SURVEYS}/${survey.id}/answers`;
    const written = await worker.post(path, onBehalf({ minor: true, guardianAgreed: true }));
    expect(written.body).toMatchObject({ channel: 'staff', onBehalf: true, state: 'accepted', category: 'care' });
    const opened = await worker.get(`/api/v1/submissions/${written.body.id}`);
    expect(opened.body.consents).toMatchObject([{ purpose: 'guardian', channel: 'oral' }, { purpose: 'processing', channel: 'oral' }]);
    expect(opened.body.enteredBy).toBe(opened.body.consents[0].recordedBy);
    expect(opened.body.enteredBy).not.toBe('public');
    expect((await worker.get(`/api/v1/needs/${written.body.needId}`)).body).toMatchObject({ raiserKind: 'staffOnBehalf', channel: 'visit' });
    const refused: [object, number, string][] = [
      [{ minor: true }, 422, 'GUARDIAN_CONSENT_MISSING'],
      [{ consent: undefined }, 400, 'REQUEST_INVALID'],
      [{ channel: 'import' }, 422, 'SURVEY_CHANNEL'],
      [{ communityId: ids.get('dongjie') }, 404, 'COMMUNITY_UNKNOWN'],
    ];
    for (const [changes, status, code] of refused) expect(told(await worker.post(path, onBehalf(changes)))).toEqual([status, code]);
  });

  it('they see how far their area is', async () => {
    const { body } = await worker.get(`${SURVEYS}/${survey.id}/progress`);
    expect(body.areas).toEqual([
      { communityId: ids.get('xincheng'), name: '新城社区', answers: 3, target: 4, percent: 75, doubtful: 0, needs: 3, untriaged: 1 },
    ]);
    expect((await manager.get(`${SURVEYS}/${survey.id}/progress`)).body.areas).toHaveLength(2);
    expect((await manager.get(`${SURVEYS}/${survey.id}/results`)).body.items).toEqual([
      { question: 'alone', value: 'yes', count: 2 },
      { question: 'alone', value: 'no', count: 1 },
    ]);
  });

  it('behind each number are as many rows', async () => {
    const area = `surveyId=${survey.id}&communityId=${ids.get('xincheng')}`;
    const needs = async (query: string): Promise<Answer['body'][]> => (await worker.get(`/api/v1/needs?${query}`)).body.items;
    expect(await submissions(`${area}&state=accepted`)).toHaveLength(3);
    expect(await submissions(`${area}&state=doubtful`)).toHaveLength(0);
    expect(await needs(area)).toHaveLength(3);
    expect(await needs(`${area}&state=raised`)).toHaveLength(1);
    expect(await submissions(`surveyId=${survey.id}&communityId=${ids.get('dongjie')}`)).toHaveLength(0);
    expect(await needs(`surveyId=${randomUUID()}`)).toHaveLength(0);
  });
});

describe('when its time is over', () => {
  it('nothing more is taken, and it is listed when everything has been looked at', async () => {
    const late = answer();
    await api.api.app.get(CaseDriver, { strict: false }).advanceTo(staff.tenant, addHours(closesAt, 1));
    expect(told(await api.page().post(answersPath(), late))).toEqual([409, 'SURVEY_CLOSED']);
    expect(told(await manager.post(`${SURVEYS}/${survey.id}/list`))).toEqual([422, 'SURVEY_UNSETTLED']);
    for (const { needId } of await submissions(`state=accepted&surveyId=${survey.id}`)) {
      const raised = await worker.get(`/api/v1/needs/${needId}`);
      await worker.post(`/api/v1/needs/${needId}/triage`, { publicText: '示例需求' }, versioned(raised));
    }
    expect((await manager.post(`${SURVEYS}/${survey.id}/list`)).body).toMatchObject({ status: 'listed' });
    expect((await manager.post(`${SURVEYS}/${survey.id}/close`)).body).toMatchObject({ status: 'closed' });
  });
});
