import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { UnitService } from '../../src/accounts/units/service.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { localDate, type Instant } from '../../src/kernel/time.ts';
import type { Message } from '../../src/notifications/model.ts';
import { NotificationsService } from '../../src/notifications/service.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { HttpClient } from '../support/http.ts';
import { at, createTestTenant, member, type TestTenant } from '../support/people.ts';

const INBOX = '/api/v1/inbox';
const AT = '2026-03-02T01:00:00.000000Z' as Instant;

let db: TestDatabase;
let api: TestApi;
let office: TestTenant;
let unitId: string;
let liaison: HttpClient;
let colleague: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  office = await createTestTenant(api);
  const units = api.api.app.get(UnitService, { strict: false });
  unitId = await db.database.within(tenantScope(office.tenant), async (tx) => {
    const options = { commandId: randomUUID(), at: AT, joinedOn: localDate('2026-03-02') };
    return (await units.register(tx, { code: 'U1', name: '示例单位', kind: 'coBuildingUnit' }, options)).id;
  });
  const unitPath = at('/units/u1/');
  await office.enrol(member('liaison', ['unit'], unitPath), member('colleague', ['unit'], unitPath), member('other', ['unit'], at('/units/u2/')));
  liaison = await office.as('liaison');
  colleague = await office.as('colleague');
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const message = (key: string): Message => ({
  key,
  recipient: { kind: 'role', role: 'unit', orgUnitId: unitId },
  text: 'evaluation.award.proposed',
  params: { amountFen: 80_000 },
  caseId: 'award/a1',
  at: AT,
});
const post = (...messages: Message[]): Promise<void> =>
  db.database.within(tenantScope(office.tenant), (tx) =>
    api.api.app.get(NotificationsService, { strict: false }).post(tx, messages),
  );

describe('the inbox over HTTP', () => {
  it('shows a unit’s messages to its people, in their language, and to nobody else', async () => {
    await post(message('w@1'));
    const zh = await liaison.get(INBOX);
    expect(zh.body).toMatchObject({ unread: 1, items: [{ key: 'evaluation.award.proposed', caseId: 'award/a1', readAt: null }] });
    expect(zh.body.items[0].text).toContain('80000');
    const en = await liaison.get(INBOX, { 'accept-language': 'en' });
    expect(en.body.items[0].text).toMatch(/80000 fen/);
    expect((await (await office.as('other')).get(INBOX)).body).toMatchObject({ unread: 0, items: [] });
    expect((await api.page().get(INBOX)).status).toBe(401);
  });

  it('is marked as read by each person for themselves', async () => {
    const { body } = await liaison.get(INBOX);
    const [{ id }] = body.items;
    expect(await liaison.post(`${INBOX}/${id}/read`)).toMatchObject({ status: 200, body: { unread: 0 } });
    expect((await colleague.get(`${INBOX}?unread=true`)).body.items).toHaveLength(1);
    expect((await liaison.get(`${INBOX}?unread=true`)).body.items).toHaveLength(0);
    const foreign = await (await office.as('other')).post(`${INBOX}/${id}/read`);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'NOTIFICATIONS_MESSAGE_UNKNOWN' } });
  });

  it('is read page by page, and many at once with a result for each', async () => {
    await post(...Array.from({ length: 4 }, (_, index) => message(`batch@${index}`)));
    const ids: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body } = await colleague.get(`${INBOX}?limit=2${next && `&cursor=${encodeURIComponent(next)}`}`);
      ids.push(...body.items.map((item: { id: string }) => item.id));
      next = body.next;
    }
    expect(new Set(ids).size).toBe(5);
    const stranger = randomUUID();
    const answer = await colleague.post(`${INBOX}/read`, { ids: [...ids, stranger] });
    expect(answer.body).toEqual({ unread: 0, results: [...ids.map((id) => ({ id, read: true })), { id: stranger, read: false }] });
    expect((await colleague.post(`${INBOX}/read`, { ids: [] })).status).toBe(400);
  });
});
