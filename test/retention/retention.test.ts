import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { tenantScope, type OrgPath } from '../../src/kernel/scope.ts';
import { addHours, instantFromMs, parseInstant, type Instant } from '../../src/kernel/time.ts';
import { NOTICE } from '../../src/needs/intake/notice/model.ts';
import { IntakeStore, type NewSubmission } from '../../src/needs/intake/store.ts';
import { FormTickets } from '../../src/needs/intake/ticket/service.ts';
import { Database, type Tx } from '../../src/platform/database/database.ts';
import { createLog } from '../../src/platform/logging.ts';
import { RetentionJob } from '../../src/retention/jobs.ts';
import { RetentionService } from '../../src/retention/service.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { HttpClient } from '../support/http.ts';
import { foundStreetOffice, type StreetOffice } from '../support/street-office.ts';
import { AT } from '../needs/support.ts';

let db: TestDatabase;
let api: TestApi;
let office: StreetOffice;
let manager: HttpClient;
let worker: HttpClient;
let operator: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  office = await foundStreetOffice(api);
  const { staff } = office;
  await within((tx) => api.api.app.get(BusinessClock, { strict: false }).declareVirtual(tx, AT));
  manager = (await staff.member('manager', '/mengyang/')).client;
  worker = (await staff.member('communityWorker', '/mengyang/xincheng/')).client;
  operator = (await staff.member('systemAdministrator')).client;
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

function within<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return api.api.app.get(Database).within(tenantScope(office.staff.tenant), work);
}

const moveTo = (to: string): Promise<void> => within((tx) => api.api.app.get(BusinessClock, { strict: false }).moveTo(tx, parseInstant(to)));
const sweep = (): Promise<void> => new RetentionJob(api.api.app.get(RetentionService, { strict: false }), createLog('silent')).sweep();

async function outlook(retained: string): Promise<{ due: number; held: number; term: number; last: { removed: number } | null }> {
  return (await operator.get('/api/v1/retention')).body.items.find((item: { retained: string }) => item.retained === retained);
}

const seen = new Set<string>();

/** A resident's need with a photograph. */
async function sent(words: string): Promise<{ id: string; photo: string }> {
  const opened = instantFromMs(Date.now() - 60_000);
  const ticket = api.api.app.get(FormTickets, { strict: false }).issue(office.staff.tenant, 'needs', opened);
  const body = new FormData();
  body.set('ticket', ticket);
  body.set('file', new Blob([new Uint8Array(await sharp({ create: { width: 20, height: 20, channels: 3, background: '#888' } }).jpeg().toBuffer())]), 'a.jpg');
  const photo = (await api.page().send('POST', '/api/v1/public/files', body)).body.id;
  const consent = { agreed: true, noticeVersion: NOTICE.version };
  const contact = { name: '示例居民', phone: '13900000000' };
  const answer = await api.page().post('/api/v1/public/needs', { ticket, communityId: office.units.get('xincheng'), words, contact, consent, files: [photo] });
  expect(answer.status).toBe(201);
  const { items } = (await worker.get('/api/v1/submissions')).body as { items: { needId: string }[] };
  const { needId: id } = items.find(({ needId }) => !seen.has(needId))!;
  seen.add(id);
  return { id, photo };
}

const leaveOut = (id: string, version: number) =>
  worker.post(`/api/v1/needs/${id}/leave-out`, { reason: 'solved', text: '已经修好。' }, { 'if-match': `"${version}"` });

const keysOf = async (...ids: string[]): Promise<boolean[]> => {
  const rows = await within((tx) => tx.query<{ id: string; there: boolean }>('SELECT subject_id AS id, wrapped IS NOT NULL AS there FROM subject_key WHERE tenant_id = $1', [tx.scope.tenant]));
  const there = new Map(rows.map((row) => [row.id, row.there]));
  return ids.map((id) => there.get(id) ?? false);
};

it('words, contact and photographs go with their keys three years after the need was settled, and a hold exempts', async () => {
  const [settled, held, repeat, open] = [await sent('扶手松了'), await sent('路灯坏了'), await sent('扶手又松了'), await sent('缺一张长椅')];
  await worker.post(`/api/v1/needs/${settled.id}/ask`, { text: '几楼？' }, { 'if-match': '"1"' });
  await worker.post(`/api/v1/needs/${settled.id}/answer`, { text: '二楼左边' }, { 'if-match': '"2"' });
  await worker.post(`/api/v1/needs/${repeat.id}/merge`, { into: settled.id }, { 'if-match': '"1"' });
  expect((await leaveOut(settled.id, 3)).status).toBe(200);
  expect((await leaveOut(held.id, 1)).status).toBe(200);
  const hold = await manager.post('/api/v1/holds', { record: { kind: 'need', id: held.id }, ground: 'litigation', note: '(2026) 示例 1 号' });
  expect(hold.status).toBe(200);

  await moveTo('2029-01-05T15:59:59Z');
  expect(await outlook('residents')).toMatchObject({ term: 36, due: 0, held: 0, last: null });
  await sweep();
  expect((await worker.get(`/api/v1/needs/${settled.id}`)).body.raiser).toMatchObject({ words: '扶手松了' });

  await moveTo('2029-01-05T16:00:00Z');
  expect(await outlook('residents')).toMatchObject({ due: 2, held: 1 });
  expect(await keysOf(settled.photo, repeat.photo, held.photo, open.photo)).toEqual([true, true, true, true]);
  await sweep();
  expect(await outlook('residents')).toMatchObject({ due: 0, held: 1, last: { removed: 2 } });
  expect(await keysOf(settled.photo, repeat.photo, held.photo, open.photo)).toEqual([false, false, true, true]);
  const gone = (await worker.get(`/api/v1/needs/${settled.id}`)).body;
  expect(gone).toMatchObject({ state: 'leftOut', raiser: null, questions: [{ text: '几楼？', answer: null }] });
  expect((await worker.get(`/api/v1/needs/${settled.id}/files`)).body.items).toEqual([]);
  expect((await worker.get(`/api/v1/needs/${open.id}`)).body.raiser).toMatchObject({ words: '缺一张长椅' });
  expect((await worker.get(`/api/v1/needs/${held.id}`)).body.raiser).toMatchObject({ words: '路灯坏了' });

  expect((await manager.post(`/api/v1/holds/${hold.body.id}/lift`, {})).status).toBe(200);
  await sweep();
  expect(await keysOf(held.photo)).toEqual([false]);
  const noted = await within((tx) =>
    tx.query<{ event: string }>("SELECT convert_from(event_bytes, 'UTF8') AS event FROM audit_event WHERE tenant_id = $1 AND action = 'retention.removed' ORDER BY event_bytes", [tx.scope.tenant]),
  );
  expect(noted.map(({ event }) => JSON.parse(event))).toMatchObject([{ subject: 'retention:residents', changes: { removed: 1 } }, { changes: { removed: 2 } }]);
});

function submission(id: string, at: Instant): NewSubmission {
  return {
    ...{ id, orgPath: '/mengyang/xincheng/' as OrgPath, communityId: office.units.get('xincheng')!, surveyId: null, channel: 'publicForm' },
    ...{ state: 'accepted', doubts: [], category: null, onBehalf: false, submittedAt: at, answers: {}, subjectId: randomUUID() },
    ...{ sealed: randomBytes(16), receivedAt: at, ticketId: randomUUID(), networkIndex: randomBytes(32), followUpHash: null },
  } as const;
}

it('name and phone of whoever left three years ago go, and the record keeps their number', async () => {
  const administrator = (await office.staff.member('securityAdministrator')).client;
  const ended: string[] = [];
  for (const name of ['示例甲', '示例乙', '示例丙']) ended.push((await administrator.post('/api/v1/people', { name, phone: '13900000001', orgPath: '/mengyang/' })).body.id);
  const [gone, returned, recent] = ended as [string, string, string];
  for (const id of ended) expect((await administrator.post(`/api/v1/people/${id}/leave`, {})).status).toBe(200);
  await within(async (tx) => {
    for (const [id, months] of [[gone, 37], [returned, 37], [recent, 35]] as const) {
      await tx.query('UPDATE accounts_person SET left_at = now() - make_interval(months => $3) WHERE tenant_id = $1 AND id = $2', [tx.scope.tenant, id, months]);
    }
  });
  expect((await administrator.post(`/api/v1/people/${returned}/accounts`, { login: 'came-back' })).status).toBe(200);

  expect(await outlook('staff')).toMatchObject({ term: 36, due: 1 });
  await sweep();
  expect(await outlook('staff')).toMatchObject({ due: 0, last: { removed: 1 } });
  expect(await keysOf(gone, returned, recent)).toEqual([false, true, true]);
  expect((await manager.get(`/api/v1/people/${gone}`)).body).toMatchObject({ id: gone, name: '已删除', phone: null });
});

it('marks of networks and sessions go by real time, digests of imports by business time', async () => {
  const now = instantFromMs(Date.now());
  const daysAgo = (days: number): Instant => addHours(now, -24 * days);
  await within(async (tx) => {
    const [account] = await tx.query<{ id: string }>('SELECT id FROM accounts_account WHERE tenant_id = $1 LIMIT 1', [tx.scope.tenant]);
    for (const days of [5, 40]) {
      const at = daysAgo(days);
      await tx.query(
        'INSERT INTO accounts_session (tenant_id, id, account_id, token_hash, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $5, $5)',
        [tx.scope.tenant, randomUUID(), account!.id, randomBytes(32), at],
      );
    }
    await tx.query(
      `INSERT INTO needs_import (tenant_id, id, kind, file_hash, org_path, taken, unchanged, bad, imported_at, imported_by)
       SELECT $1, id, 'needs', 'x', '/', 1, 0, 0, at, 'staff' FROM unnest($2::uuid[], $3::timestamptz[]) AS i(id, at)`,
      [tx.scope.tenant, ['00000000-0000-8000-8000-000000000001', '00000000-0000-8000-8000-000000000002'], ['2026-01-04T00:00:00Z', '2028-01-04T00:00:00Z']],
    );
    await tx.query(
      `INSERT INTO needs_import_row (tenant_id, kind, row_key, content_hash, import_id, record_id, row_number)
       SELECT $1, 'needs', id::text, 'x', id, id, 1 FROM needs_import WHERE tenant_id = $1`,
      [tx.scope.tenant],
    );
  });
  const submissions = new IntakeStore();
  const [fresh, old] = [randomUUID(), randomUUID()];
  await within(async (tx) => {
    for (const [id, days] of [[fresh, 5], [old, 40]] as const) await submissions.insert(tx, submission(id, daysAgo(days)));
  });
  const marked = async () =>
    (await within((tx) => tx.query<{ id: string }>('SELECT id FROM needs_submission WHERE tenant_id = $1 AND network_index IS NOT NULL', [tx.scope.tenant]))).map(({ id }) => id);
  expect([await outlook('networkMarks'), await outlook('sessions'), await outlook('importRows')]).toMatchObject([{ due: 1 }, { due: 1, term: 30 }, { due: 1 }]);
  expect(await marked()).toEqual(expect.arrayContaining([fresh, old]));
  await sweep();
  expect(await marked()).toContain(fresh);
  expect(await marked()).not.toContain(old);
  for (const retained of ['networkMarks', 'sessions', 'importRows']) expect(await outlook(retained)).toMatchObject({ due: 0, last: { removed: 1 } });
});
