import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { NOTICE } from '../../src/needs/intake/notice/model.ts';
import { FormTickets } from '../../src/needs/intake/ticket/service.ts';
import { Database } from '../../src/platform/database/database.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { foundStreetOffice, type StreetOffice } from '../support/street-office.ts';
import { AT } from './support.ts';

const HOLDS = '/api/v1/holds';
const WORDS = '楼道的路灯坏了，晚上看不见';

let db: TestDatabase;
let api: TestApi;
let office: StreetOffice;
let manager: HttpClient;
let worker: HttpClient;
let neighbour: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  office = await foundStreetOffice(api);
  const { staff } = office;
  await api.api.app.get(Database).within(tenantScope(staff.tenant), (tx) => api.api.app.get(BusinessClock, { strict: false }).declareVirtual(tx, AT));
  manager = (await staff.member('manager', '/mengyang/')).client;
  worker = (await staff.member('communityWorker', '/mengyang/xincheng/')).client;
  neighbour = (await staff.member('manager', '/mengyang/dongjie/')).client;
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const told = ({ status, body }: Answer): [number, string] => [status, body.code];

const seen = new Set<string>();

/** A resident's need, and the code by which they follow it. */
async function sent(): Promise<{ code: string; submissionId: string; needId: string }> {
  const opened = instantFromMs(Date.now() - 60_000);
  const answer = await api.page().post('/api/v1/public/needs', {
    ticket: api.api.app.get(FormTickets, { strict: false }).issue(office.staff.tenant, 'needs', opened),
    communityId: office.units.get('xincheng'),
    words: WORDS,
    contact: { name: '示例居民', phone: '13900000000' },
    consent: { agreed: true, noticeVersion: NOTICE.version },
  });
  expect(answer.status).toBe(201);
  const { items } = (await worker.get('/api/v1/submissions')).body as { items: { id: string; needId: string }[] };
  const submission = items.find(({ id }) => !seen.has(id))!;
  seen.add(submission.id);
  return { code: answer.body.followUpCode, submissionId: submission.id, needId: submission.needId };
}

async function keysLeft(needId: string): Promise<number> {
  const [row] = await db.database.within(tenantScope(office.staff.tenant), (tx) =>
    tx.query<{ count: number }>(
      `SELECT count(*) AS count FROM needs_raiser r JOIN subject_key k USING (tenant_id, subject_id) WHERE r.need_id = $1 AND k.wrapped IS NOT NULL`,
      [needId],
    ),
  );
  return row!.count;
}

describe('a legal hold', () => {
  it('keeps what its person takes back, unread, until it is lifted', async () => {
    const { code, submissionId, needId } = await sent();
    const placed = await manager.post(HOLDS, { record: { kind: 'submission', id: submissionId }, ground: 'litigation', note: '示例案号 1' });
    expect([placed.status, placed.body.record]).toEqual([200, { kind: 'need', id: needId }]);
    expect((await worker.get(`/api/v1/needs/${needId}`)).body.raiser.words).toBe(WORDS);

    const withdrawn = await api.page().post('/api/v1/public/follow-up/withdraw-consent', { code });
    expect([withdrawn.status, withdrawn.body.state]).toEqual([200, 'withdrawn']);
    expect(await keysLeft(needId)).toBe(1);
    const need = await worker.get(`/api/v1/needs/${needId}`);
    expect(need.body.raiser).toBeNull();
    expect((await worker.get(`/api/v1/submissions/${submissionId}`)).body).toMatchObject({ texts: {}, contact: null });

    expect((await manager.post(`${HOLDS}/${placed.body.id}/lift`)).body.liftedAt).toBe(AT);
    expect(await keysLeft(needId)).toBe(0);
    expect(told(await manager.post(`${HOLDS}/${placed.body.id}/lift`))).toEqual([409, 'HOLD_LIFTED']);
  });

  it('destroys nothing when it is lifted and nobody took anything back', async () => {
    const { needId } = await sent();
    const placed = await manager.post(HOLDS, { record: { kind: 'need', id: needId }, ground: 'statutoryTerm', note: '示例' });
    await manager.post(`${HOLDS}/${placed.body.id}/lift`);
    expect(await keysLeft(needId)).toBe(1);
  });

  it('is placed once, by who may, on what is there and theirs', async () => {
    const { needId } = await sent();
    const hold = { record: { kind: 'need', id: needId }, ground: 'investigation', note: '示例' };
    expect((await worker.post(HOLDS, hold)).status).toBe(403);
    expect(told(await neighbour.post(HOLDS, hold))).toEqual([404, 'NEED_UNKNOWN']);
    expect(told(await manager.post(HOLDS, { ...hold, record: { kind: 'import', id: randomUUID() } }))).toEqual([404, 'IMPORT_UNKNOWN']);
    expect(told(await manager.post(HOLDS, { ...hold, ground: 'because' }))).toEqual([400, 'REQUEST_INVALID']);
    const placed = await manager.post(HOLDS, hold);
    expect(told(await manager.post(HOLDS, hold))).toEqual([409, 'HOLD_EXISTS']);
    expect((await worker.get(`${HOLDS}?open=true&recordId=${needId}`)).body.items).toMatchObject([{ id: placed.body.id, ground: 'investigation' }]);
    expect((await neighbour.get(`${HOLDS}?open=true`)).body.items).toEqual([]);
    expect(told(await neighbour.post(`${HOLDS}/${placed.body.id}/lift`))).toEqual([404, 'HOLD_UNKNOWN']);
  });
});
