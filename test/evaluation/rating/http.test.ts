import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BusinessClock } from '../../../src/calendar/clock.ts';
import { fen } from '../../../src/kernel/money.ts';
import { tenantScope, type OrgPath } from '../../../src/kernel/scope.ts';
import { instantFromMs, localDate, type Instant } from '../../../src/kernel/time.ts';
import { PolicyService } from '../../../src/policy/service.ts';
import { ProjectStore } from '../../../src/projects/store.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { HttpClient } from '../../support/http.ts';
import { at, createTestTenant, member, type TestTenant } from '../../support/people.ts';

const COMMUNITY = at('/office/c1/') as OrgPath;
const RATINGS = '/api/v1/ratings';
const START = '2026-03-02T01:00:00.000000Z' as Instant;

let db: TestDatabase;
let api: TestApi;
let office: TestTenant;
let worker: HttpClient;
let resident: HttpClient;
let projectId: string;
let path: string;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  office = await createTestTenant(api, [
    member('worker', ['communityWorker']),
    member('manager', ['manager']),
    member('unit', ['unit']),
    member('neighbour', ['communityWorker'], at('/office/c2/')),
  ]);
  await db.database.within(tenantScope(office.tenant), async (tx) => {
    await api.api.app.get(PolicyService, { strict: false }).installDefaults(tx, START);
    await api.api.app.get(BusinessClock, { strict: false }).declareVirtual(tx, START);
  });
  worker = await office.as('worker');
  resident = api.page();
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

beforeEach(async () => {
  projectId = randomUUID();
  path = `/api/v1/projects/${projectId}`;
  const project = {
    id: projectId,
    title: '助浴上门',
    category: 'care',
    proposalId: randomUUID(),
    communityId: randomUUID(),
    orgPath: COMMUNITY,
    budgetFen: fen(100),
    words: [],
  };
  await db.database.within(tenantScope(office.tenant), (tx) => new ProjectStore().draft(tx, [project], 'MX', START));
});

const moveTo = (to: Instant): Promise<void> =>
  db.database.within(tenantScope(office.tenant), (tx) => api.api.app.get(BusinessClock, { strict: false }).moveTo(tx, to));
const justBefore = (instant: string): Instant => instantFromMs(Date.parse(instant) - 1);

async function slips(count: number): Promise<string[]> {
  const answer = await worker.post(`${path}/rating-codes`, { count });
  expect(answer.status).toBe(200);
  return answer.body.items.map(({ code }: { code: string }) => code);
}

const rate = (code: string, stars: number, key: string = randomUUID()) =>
  resident.post(RATINGS, { code, stars }, { 'idempotency-key': key });

describe('rating codes', () => {
  it('are given out by the place of the project, not by a neighbour', async () => {
    const answer = await (await office.as('neighbour')).post(`${path}/rating-codes`, { count: 1 });
    expect(answer).toMatchObject({ status: 403, body: { code: 'EVALUATION_ELSEWHERE' } });
  });

  it('are numbered on for each household served, and shown again only to the same command', async () => {
    const key = { 'idempotency-key': 'slips-of-march' };
    const first = await worker.post(`${path}/rating-codes`, { count: 3 }, key);
    const again = await worker.post(`${path}/rating-codes`, { count: 3 }, key);
    expect(again.body).toEqual(first.body);
    const more = await worker.post(`${path}/rating-codes`, { count: 2 });
    const all = [...first.body.items, ...more.body.items];
    expect(all.map((slip) => slip.servedNumber)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(all.map((slip) => slip.code)).size).toBe(5);
  });

  it('are kept nowhere in plain', async () => {
    const [code = ''] = await slips(1);
    const dump = await db.database.within(tenantScope(office.tenant), async (tx) =>
      JSON.stringify([
        await tx.query('SELECT * FROM evaluation_code'),
        await tx.query('SELECT * FROM idempotency_key'),
        await tx.query('SELECT event_bytes FROM audit_event').then((rows) => rows.map((row) => String((row as { event_bytes: Buffer }).event_bytes))),
      ]),
    );
    expect(dump).not.toContain(code);
    expect(dump).not.toContain(code.replaceAll('-', ''));
  });

  it('are issued by the community’s staff, for projects that exist', async () => {
    const unit = await office.as('unit');
    expect((await unit.post(`${path}/rating-codes`, { count: 1 })).status).toBe(403);
    const nowhere = await worker.post(`/api/v1/projects/${randomUUID()}/rating-codes`, { count: 1 });
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'PROJECT_UNKNOWN' } });
    expect((await worker.post(`${path}/rating-codes`, { count: 501 })).status).toBe(400);
  });
});

describe('a rating', () => {
  it('counts once per code; the same request again gets its answer, any other 409', async () => {
    const [code = ''] = await slips(1);
    const key = randomUUID();
    expect(await rate(code, 5, key)).toMatchObject({ status: 200, body: { rated: true } });
    expect(await rate(code, 5, key)).toMatchObject({ status: 200, body: { rated: true } });
    expect(await rate(code.toLowerCase(), 1)).toMatchObject({ status: 409, body: { code: 'RATING_CODE_USED' } });
    expect(await rate(code, 4, key)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('of twenty rivals with one code counts once', async () => {
    const [code = ''] = await slips(1);
    const answers = await Promise.all(Array.from({ length: 20 }, () => rate(code, 3)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  it.each(['AAAA-AAAA-AAAA-AAAA', 'short', "'; DROP TABLE evaluation_code; --"])('is refused for %p', async (code) => {
    expect(await rate(code, 5)).toMatchObject({ status: 404, body: { code: 'RATING_CODE_UNKNOWN' } });
  });

  it.each([0, 6, 2.5, '5', null])('is refused with %p stars', async (stars) => {
    const [code = ''] = await slips(1);
    expect((await rate(code, stars as number)).status).toBe(400);
    expect((await rate(code, 5)).status).toBe(200);
  });

  it('is refused after the code’s last day', async () => {
    const [code = '', other = ''] = await slips(2);
    await moveTo(justBefore('2026-04-01T16:00:00Z'));
    expect((await rate(code, 5)).status).toBe(200);
    await moveTo('2026-04-01T16:00:00.000000Z' as Instant);
    expect(await rate(other, 5)).toMatchObject({ status: 422, body: { code: 'RATING_CODE_EXPIRED' } });
  });
});

describe('satisfaction', () => {
  it('is shown from the fifth rater on', async () => {
    const codes = await slips(6);
    for (const code of codes.slice(0, 4)) await rate(code, 4);
    const few = await worker.get(`${path}/evaluation`);
    expect(few.body).toMatchObject({ satisfaction: { raters: 4, percentHundredths: null }, codesIssued: 6, ratersNeeded: 5, grade: null, result: null });
    await rate(codes[4]!, 5);
    expect((await worker.get(`${path}/evaluation`)).body.satisfaction).toEqual({ raters: 5, percentHundredths: 8400 });
  });
});

describe('ratings that come in masses', () => {
  it('are shown to who evaluates, and to nobody else', async () => {
    const codes = await slips(6);
    for (const code of codes.slice(0, 4)) await rate(code, 5);
    const manager = await office.as('manager');
    expect((await manager.get(`${path}/evaluation`)).body.doubts).toEqual({ raters: 0, clusters: [] });
    for (const code of codes.slice(4)) await rate(code, 5);
    const { doubts } = (await manager.get(`${path}/evaluation`)).body;
    expect(doubts).toMatchObject({ raters: 6, clusters: [{ kind: 'network', raters: 6 }, { kind: 'minute', raters: 6 }] });
    expect((await worker.get(`${path}/evaluation`)).body.doubts).toBeNull();
  });
});

it('codes are valid for as many days as the policy says', async () => {
  const daysFrom = async (): Promise<string> => (await worker.post(`${path}/rating-codes`, { count: 1 })).body.items[0].expiresAt;
  await moveTo('2026-05-10T01:00:00.000000Z' as Instant);
  expect(await daysFrom()).toBe('2026-06-09T16:00:00.000000Z');
  await db.database.within(tenantScope(office.tenant), (tx) =>
    api.api.app.get(PolicyService, { strict: false }).publishVersion(tx, {
      kind: 'evaluation',
      basedOn: 1,
      effectiveFrom: localDate('2026-05-10'),
      changes: { ratingCodeDays: { value: 10, source: '街道通知（示例）', grade: 'A' } },
      reason: '缩短期限',
      at: '2026-05-10T01:00:00.000000Z' as Instant,
    }),
  );
  expect(await daysFrom()).toBe('2026-05-20T16:00:00.000000Z');
});
