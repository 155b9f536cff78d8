import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { randomUUID } from 'node:crypto';
import { UnitService } from '../../src/accounts/units/service.ts';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { ADVANCE_UPDATE, COMMAND_UPDATE, workflowIdOf, type Answer } from '../../src/cases/messages.ts';
import { awardCaseId } from '../../src/evaluation/messages.ts';
import { fen } from '../../src/kernel/money.ts';
import { tenantScope, type ActorId, type OrgPath } from '../../src/kernel/scope.ts';
import { localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import { accountOf } from '../../src/ledger/model.ts';
import { LedgerService } from '../../src/ledger/service.ts';
import type { Database, Tx } from '../../src/platform/database/database.ts';
import { PolicyService } from '../../src/policy/service.ts';
import type { ProjectCommand } from '../../src/projects/lifecycle/model.ts';
import { PROJECT_WORKFLOW, projectCaseId } from '../../src/projects/messages.ts';
import { ProjectStore } from '../../src/projects/store.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { at, createTestTenant, member, type TestTenant } from '../support/people.ts';
import { pinnedDefault } from '../support/policies.ts';

const start = shanghaiInstant(localDate('2026-03-02'), 9);
const noticeEnds = shanghaiInstant(localDate('2026-03-12'));
const answerBy = shanghaiInstant(localDate('2026-03-10'));
const orgPath = '/office/c1/' as OrgPath;

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let office: TestTenant;
let communityId: string;
let unitId: string;

type Service<It> = new (...parts: never[]) => It;
const get = <It>(type: Service<It>): It => api.api.app.get(type as Service<It> & (abstract new () => It), { strict: false });
const within = <Result>(work: (tx: Tx) => Promise<Result>): ReturnType<Database['within']> =>
  db.database.within(tenantScope(office.tenant), work);

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  const { keys, temporal } = engine.config;
  const payloadKeys = keys.payload.map(({ id, secret }) => `${id}:${Buffer.from(secret).toString('base64')}`);
  api = await startTestApi({
    database: db,
    temporalAddress: temporal.address,
    taskQueue: temporal.taskQueue,
    env: { PAYLOAD_KEYS: payloadKeys.join(';'), WORKFLOW_TASK_TIMEOUT_MS: '3000' },
  });
  office = await createTestTenant(api, [
    member('manager', ['manager']),
    member('both', ['manager', 'leader']),
    member('leader-ann', ['leader']),
    member('leader-bo', ['leader']),
    member('worker', ['communityWorker']),
    member('resident', ['resident']),
    member('liaison', ['unit'], at('/units/gj01/')),
  ]);
  await within(async (tx) => {
    await get(PolicyService).installDefaults(tx, start);
    await get(BusinessClock).declareVirtual(tx, start);
    const units = get(UnitService);
    const options = { commandId: randomUUID(), at: start, joinedOn: localDate('2026-03-02') };
    await units.register(tx, { code: 'office', name: '示例街道', kind: 'subdistrictOffice' }, options);
    const community = { code: 'c1', name: '示例社区', kind: 'community', parent: 'office' } as const;
    communityId = (await units.register(tx, community, { ...options, commandId: randomUUID() })).id;
    unitId = (await units.register(tx, { code: 'gj01', name: '示例银行', kind: 'coBuildingUnit' }, { ...options, commandId: randomUUID() })).id;
  });
}, 120_000);

afterAll(async () => {
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

/** A project that the community has just accepted, with 2,000 yuan of verified cash. */
async function acceptedProject(): Promise<string> {
  const projectId = randomUUID();
  const proposalId = randomUUID();
  await within(async (tx) => {
    const draft = { id: projectId, title: '助浴上门', category: 'care', proposalId, communityId, orgPath, budgetFen: fen(200_000), words: [] };
    await new ProjectStore().draft(tx, [draft], 'MX', start);
    const [funder, pledged] = [accountOf('funder', unitId), accountOf('pledged', projectId, unitId)];
    const [delivered, verified] = [accountOf('delivered', projectId, unitId), accountOf('verified', projectId, unitId)];
    const common = { commandId: projectId, book: 'money', amount: 200_000, at: start, orgPath } as const;
    await get(LedgerService).post(tx, [
      { ...common, ordinal: 0, memo: 'pledge', debit: funder, credit: pledged },
      { ...common, ordinal: 1, memo: 'delivery', debit: pledged, credit: delivered },
      { ...common, ordinal: 2, memo: 'verification', debit: delivered, credit: verified },
    ]);
  });
  const caseId = projectCaseId(projectId);
  const workflowId = workflowIdOf(office.tenant, caseId);
  const asked = () => ({ id: randomUUID(), actor: 'account-1' as ActorId, at: start });
  const open: ProjectCommand = {
    ...asked(),
    type: 'open',
    proposalId,
    communityId,
    orgPath,
    budgetFen: fen(200_000),
    needs: [randomUUID()],
    consentNeeded: false,
    policy: pinnedDefault('microProject'),
    points: pinnedDefault('points'),
  };
  const input = { tenant: office.tenant, caseId, open, clock: { mode: 'virtual', now: start } };
  await engine.gateway.open<Answer>({ type: PROJECT_WORKFLOW, workflowId, input }, COMMAND_UPDATE, open.id, open);
  const steps: ProjectCommand[] = [
    { ...asked(), type: 'claim', unitId },
    { ...asked(), type: 'agree', implementerId: unitId },
    { ...asked(), type: 'start' },
    { ...asked(), type: 'requestAcceptance' },
    { ...asked(), type: 'accept' },
  ];
  for (const step of steps) await engine.gateway.update<Answer>(workflowId, COMMAND_UPDATE, step.id, step);
  return projectId;
}

const marks = { completion: 90, quality: 80, finance: 100, sustainability: 60, proposeAward: true };

/** An award in public notice, proposed by one and approved by two others. */
async function noticedAward(): Promise<string> {
  const both = await office.as('both');
  const projectId = await acceptedProject();
  await both.post(`/api/v1/projects/${projectId}/evaluate`, marks);
  const { body } = await both.post('/api/v1/awards', { projectId, recipientId: communityId, amountFen: 100_000, purpose: '延续助浴服务（示例）' });
  for (const login of ['leader-ann', 'leader-bo']) await (await office.as(login)).post(`/api/v1/awards/${body.id}/approve`, { digest: body.digest });
  return body.id;
}

it('a project is evaluated, awarded by two other persons after a notice, and closes', async () => {
  const manager = await office.as('manager');
  const projectId = await acceptedProject();
  const path = `/api/v1/projects/${projectId}`;
  expect(await (await office.as('worker')).post(`${path}/evaluate`, marks)).toMatchObject({ status: 403 });
  // Five slips filled in from one place: a person says whether they count.
  const { items } = (await (await office.as('worker')).post(`${path}/rating-codes`, { count: 5 })).body as { items: { code: string }[] };
  for (const { code } of items) expect((await api.page().post('/api/v1/ratings', { code, stars: 5 })).status).toBe(200);
  expect(await manager.post(`${path}/evaluate`, marks)).toMatchObject({ status: 422, body: { code: 'RATINGS_DOUBTFUL', params: { raters: 5, doubtful: 5 } } });
  const key = { 'idempotency-key': 'evaluate-once' };
  const decided = { ...marks, doubtfulRatings: 'leaveOut' };
  const evaluated = await manager.post(`${path}/evaluate`, decided, key);
  // No rating counts: 6,750 of 80 points.
  expect(evaluated).toMatchObject({ status: 200, body: { grade: 'good', result: { scoreHundredths: 8438, spread: true, policyVersion: 1 } } });
  expect(evaluated.body.result).toMatchObject({ doubtfulRatings: 'leaveOut', satisfaction: { raters: 0, percentHundredths: null } });
  // Also for everybody else: who was left out does not count on the public page.
  expect(evaluated.body.satisfaction).toMatchObject({ raters: 0, percentHundredths: null });
  expect((await manager.post(`${path}/evaluate`, decided, key)).body).toEqual(evaluated.body);
  expect(await manager.post(`${path}/evaluate`, marks)).toMatchObject({ status: 409, body: { code: 'EVALUATION_NOT_DUE' } });

  const both = await office.as('both');
  const proposal = { projectId, recipientId: communityId, amountFen: 100_001, purpose: '延续助浴服务（示例）' };
  expect(await both.post('/api/v1/awards', proposal)).toMatchObject({ status: 422, body: { code: 'AWARD_CEILING', params: { ceilingFen: 100_000 } } });
  const proposed = await both.post('/api/v1/awards', { ...proposal, amountFen: 100_000 });
  expect(proposed).toMatchObject({ status: 200, body: { status: 'proposed', given: 0, needed: 2 } });
  const award = `/api/v1/awards/${proposed.body.id}`;
  const { digest } = proposed.body;

  const [ann, bo] = [await office.as('leader-ann'), await office.as('leader-bo')];
  expect((await ann.get('/api/v1/inbox')).body.items[0]).toMatchObject({ key: 'evaluation.award.proposed' });
  expect(await both.post(`${award}/approve`, { digest })).toMatchObject({ status: 422, body: { code: 'APPROVALS_PREPARER' } });
  expect(await ann.post(`${award}/approve`, { digest: 'other' })).toMatchObject({ status: 409, body: { code: 'APPROVALS_DIGEST_CHANGED' } });
  expect(await ann.post(`${award}/approve`, { digest })).toMatchObject({ status: 200, body: { status: 'proposed', given: 1 } });
  expect(await ann.post(`${award}/approve`, { digest })).toMatchObject({ status: 422, body: { code: 'APPROVALS_TWICE' } });
  expect((await bo.get('/api/v1/inbox')).body.items.map(({ key }: { key: string }) => key)).toContain('evaluation.award.secondApproval');
  expect(await manager.get(`${award}/documents/certificate`)).toMatchObject({ status: 409, body: { code: 'DOCUMENT_TOO_EARLY' } });
  expect(await bo.post(`${award}/approve`, { digest })).toMatchObject({ status: 200, body: { status: 'noticed', due: noticeEnds } });

  const workflowId = workflowIdOf(office.tenant, awardCaseId(proposed.body.id));
  await engine.gateway.update<Answer>(workflowId, ADVANCE_UPDATE, randomUUID(), noticeEnds);
  expect((await manager.get(award)).body).toMatchObject({ status: 'granted', version: 4, contents: [{ kind: 'proposal' }] });
  expect((await manager.get('/api/v1/awards?status=granted')).body.items).toMatchObject([{ id: proposed.body.id }]);
  expect(await ann.post(`${award}/refuse`, { reason: '太晚了' })).toMatchObject({ status: 409 });

  const pdf = await manager.bytes(`${award}/documents/certificate`);
  expect([pdf.status, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  const docx = await manager.bytes(`${award}/documents/certificate?format=docx`);
  const parts = Object.entries(unzipSync(docx.bytes)).filter(([name]) => /^word\/(document|footer)/.test(name));
  const words = parts.map(([, bytes]) => Buffer.from(bytes).toString('utf8').replace(/<[^>]+>/g, '')).join(' ');
  expect(words).toContain('经评价为“良好”，并经公示无异议，授予以奖代补资金人民币壹仟元整（¥1,000.00）');
  const [code = ''] = /[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}/.exec(words) ?? [];
  expect((await api.page().get(`/api/v1/public/verify/${code}`)).body).toMatchObject({ kind: 'awardCertificate', current: true });

  const balances = await manager.get(`/api/v1/ledger/accounts?subjectId=${proposed.body.id}`);
  expect(balances.body.items).toMatchObject([{ kind: 'awardPayable', partyId: communityId, posted: 100_000 }]);
  // The award tells the project by a Signal.
  for (let awardFen; awardFen !== 100_000; ) {
    awardFen = (await manager.get(path)).body.awardFen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect((await manager.get(path)).body).toMatchObject({ grade: 'good', awardFen: 100_000 });
}, 60_000);

describe('an objection to an award in public notice', () => {
  const PHONE = '139 0000 0001';
  const REASON = '受奖社区没有做助浴（示例）';

  it('pauses it, is answered in writing to who objected, and the notice runs again', async () => {
    const id = await noticedAward();
    const [anyone, liaison, manager] = [api.page(), await office.as('liaison'), await office.as('manager')];
    const body = { tenant: office.tenant, name: '欧阳示例', phone: PHONE, reason: REASON };
    expect(await anyone.post(`/api/v1/public/notices/${id}/object`, { ...body, phone: '' })).toMatchObject({ status: 400 });
    const key = { 'idempotency-key': 'object-once' };
    const sent = await anyone.post(`/api/v1/public/notices/${id}/object`, body, key);
    expect(sent).toMatchObject({ status: 200, body: { state: 'open', due: answerBy, projectTitle: '助浴上门', followUpCode: expect.stringMatching(/^\w{4}-\w{4}-\w{4}$/) } });
    expect((await anyone.post(`/api/v1/public/notices/${id}/object`, body, key)).body).toEqual(sent.body);
    expect(await liaison.post(`/api/v1/notices/${id}/object`, { reason: REASON })).toMatchObject({ status: 409, body: { code: 'AWARD_OBJECTED' } });

    expect((await manager.get('/api/v1/waits?caseId=' + awardCaseId(id))).body.items).toMatchObject([{ name: 'objection', owner: '项目管理员', due: answerBy }]);
    expect(await (await office.as('worker')).get(`/api/v1/awards/${id}/objections`)).toMatchObject({ status: 403 });
    expect((await manager.get(`/api/v1/awards/${id}/objections`)).body.items).toMatchObject([{ channel: 'publicForm', name: '欧阳示例', phone: PHONE, reason: REASON, state: 'open' }]);
    const seen = await anyone.get(`/api/v1/public/notices?tenant=${office.tenant}`);
    expect(seen.body.items).toContainEqual(expect.objectContaining({ id, state: 'paused', until: answerBy, answers: [] }));
    expect(JSON.stringify(seen.body)).not.toContain(REASON);

    await manager.post(`/api/v1/awards/${id}/answer-objection`, { upheld: false, answer: '已核对服务记录，属实（示例）' });
    const notices = (await anyone.get(`/api/v1/public/notices?tenant=${office.tenant}`)).body.items;
    expect(notices.find((notice: { id: string }) => notice.id === id)).toMatchObject({ state: 'open', until: noticeEnds, answers: [{ text: '已核对服务记录，属实（示例）' }] });
    const followed = await anyone.get('/api/v1/public/objection', { 'x-follow-up-code': sent.body.followUpCode.toLowerCase() });
    expect(followed.body).toMatchObject({ state: 'dismissed', answer: '已核对服务记录，属实（示例）', due: null, reason: REASON });
    expect(await anyone.get('/api/v1/public/objection', { 'x-follow-up-code': 'AAAA-BBBB-CCCC' })).toMatchObject({ status: 404, body: { code: 'OBJECTION_UNKNOWN' } });
    expect(await anyone.post(`/api/v1/public/notices/${id}/object`, { ...body, phone: '13900000001' })).toMatchObject({ status: 409, body: { code: 'OBJECTION_BEFORE' } });
  }, 60_000);

  it('is made by a body in its own name, which hears the answer; one that is upheld ends the award', async () => {
    const id = await noticedAward();
    const [liaison, manager] = [await office.as('liaison'), await office.as('manager')];
    expect((await liaison.post(`/api/v1/notices/${id}/object`, { reason: REASON })).body).toMatchObject({ state: 'open', unitId, channel: 'unit' });
    await manager.post(`/api/v1/awards/${id}/answer-objection`, { upheld: true, answer: '异议属实（示例）' });
    expect((await liaison.get('/api/v1/objections')).body.items).toMatchObject([{ awardId: id, state: 'upheld', answer: '异议属实（示例）' }]);
    expect((await liaison.get('/api/v1/inbox')).body.items.map(({ key }: { key: string }) => key)).toContain('evaluation.objection.answered');
    expect((await manager.get(`/api/v1/awards/${id}`)).body.status).toBe('refused');
    expect(await liaison.post(`/api/v1/notices/${id}/object`, { reason: REASON })).toMatchObject({ status: 404, body: { code: 'AWARD_UNKNOWN' } });
  }, 60_000);

  it('is entered by staff for who came on paper, once; a proposal that nobody has seen yet is nothing to object to', async () => {
    const [both, manager] = [await office.as('both'), await office.as('manager')];
    expect((await (await office.as('resident')).get('/api/v1/objections')).body.items).toEqual([]);
    const projectId = await acceptedProject();
    await both.post(`/api/v1/projects/${projectId}/evaluate`, marks);
    const { body } = await both.post('/api/v1/awards', { projectId, recipientId: communityId, amountFen: 100_000, purpose: '延续助浴服务（示例）' });
    const paper = { name: '司马示例', reason: REASON };
    const early = await api.page().post(`/api/v1/public/notices/${body.id}/object`, { tenant: office.tenant, name: '某某', phone: PHONE, reason: REASON });
    expect(early).toMatchObject({ status: 404, body: { code: 'AWARD_UNKNOWN' } });
    for (const login of ['leader-ann', 'leader-bo']) await (await office.as(login)).post(`/api/v1/awards/${body.id}/approve`, { digest: body.digest });
    expect(await (await office.as('leader-ann')).post(`/api/v1/awards/${body.id}/object`, paper)).toMatchObject({ status: 403 });
    expect(await manager.post(`/api/v1/awards/${body.id}/object`, paper)).toMatchObject({ status: 200, body: { status: 'objected', due: answerBy } });
    await manager.post(`/api/v1/awards/${body.id}/withdraw`, { reason: '重新核算（示例）' });
    expect((await (await office.as('leader-ann')).get(`/api/v1/awards/${body.id}/objections`)).body.items).toMatchObject([{ name: '司马示例', phone: null, state: 'dropped' }]);
  }, 60_000);
});

it('tells which open cases hold to a version of the policy', async () => {
  const manager = await office.as('manager');
  const open = (await manager.get('/api/v1/awards?limit=100')).body.items.filter(({ status }: { status: string }) => ['proposed', 'noticed', 'objected'].includes(status));
  const { body } = await manager.get('/api/v1/pinned-cases?policy=award&version=1');
  expect(open.length).toBeGreaterThan(0);
  expect(body.items.map(({ caseId }: { caseId: string }) => caseId).sort()).toEqual(open.map(({ id }: { id: string }) => awardCaseId(id)).sort());
  expect(body.items[0]).toMatchObject({ kind: 'resultBasedAward', title: expect.stringContaining('助浴上门') });
  const count = async (policy: string, version: number): Promise<number> => (await manager.get(`/api/v1/pinned-cases/count?policy=${policy}&version=${version}`)).body.count;
  expect(await count('award', 1)).toBe(open.length);
  expect(await count('award', 2)).toBe(0);
  // A project pins two packs.
  expect(await count('points', 1)).toBe(await count('microProject', 1));
  expect(await (await office.as('resident')).get('/api/v1/pinned-cases/count?policy=award&version=one')).toMatchObject({ status: 400 });
  expect((await (await office.as('liaison')).get('/api/v1/pinned-cases?policy=award&version=1')).body.items).toEqual([]);
});
