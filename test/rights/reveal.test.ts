import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { Database } from '../../src/platform/database/database.ts';
import { builtInPacks } from '../../src/policy/packs/built-in.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { foundStreetOffice, type StreetOffice } from '../support/street-office.ts';
import type { StaffMember } from '../support/staff.ts';
import { AT } from '../needs/support.ts';

const REVEALS = '/api/v1/reveals';
const PHONE = '13900000000';
const REASON = '电话核实楼道照明的位置';

let db: TestDatabase;
let api: TestApi;
let office: StreetOffice;
let worker: StaffMember;
let neighbour: HttpClient;
let manager: HttpClient;
let auditor: HttpClient;
let needId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  office = await foundStreetOffice(api);
  const { staff } = office;
  await api.api.app.get(Database).within(tenantScope(staff.tenant), (tx) => api.api.app.get(BusinessClock, { strict: false }).declareVirtual(tx, AT));
  worker = await staff.member('communityWorker', '/mengyang/xincheng/');
  neighbour = (await staff.member('communityWorker', '/mengyang/dongjie/')).client;
  manager = (await staff.member('manager', '/mengyang/')).client;
  auditor = (await staff.member('auditor')).client;
  const raiser = { words: '楼道的灯坏了', name: '欧阳示例', phone: PHONE, consent: 'oral' };
  const need = { communityId: office.units.get('xincheng'), channel: 'visit', category: 'elderly', raiserKind: 'staffOnBehalf', raiser };
  needId = (await worker.client.post('/api/v1/needs', need)).body.id;
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const told = ({ status, body }: Answer): [number, string] => [status, body.code];
const wanted = (changes: object = {}): object => ({ record: { kind: 'need', id: needId }, field: 'phone', reason: REASON, ...changes });

describe('a field behind its mask', () => {
  it('is shown to who may, with a reason that the auditor reads; the record holds neither value nor words', async () => {
    const revealed = await worker.client.post(REVEALS, wanted());
    expect([revealed.status, revealed.body]).toEqual([200, { value: PHONE, left: builtInPacks.rights.revealsPerDay.value - 1 }]);
    expect((await auditor.get(REVEALS)).body.items).toMatchObject([{ record: 'need', recordId: needId, field: 'phone', reason: REASON, personId: worker.personId }]);
    const rows = await db.database.within(tenantScope(office.staff.tenant), (tx) =>
      tx.query<{ record: string }>("SELECT convert_from(event_bytes, 'UTF8') AS record FROM audit_event WHERE action = 'rights.revealed'"),
    );
    expect(rows).toHaveLength(1);
    const record = JSON.parse(rows[0]!.record) as { changes: object };
    expect(record).toMatchObject({ subject: `need:${needId}`, actor: { person: worker.personId }, changes: { field: 'phone', today: 1 } });
    expect(rows[0]!.record).not.toContain(PHONE);
    expect(rows[0]!.record).not.toContain(REASON);
  });

  it('is not shown without a reason, a right, or outside one’s own place', async () => {
    expect(told(await worker.client.post(REVEALS, wanted({ reason: ' x ' })))).toEqual([400, 'REQUEST_INVALID']);
    expect(told(await worker.client.post(REVEALS, wanted({ field: 'words' })))).toEqual([400, 'REQUEST_INVALID']);
    expect(told(await manager.post(REVEALS, wanted()))).toEqual([403, 'FORBIDDEN']);
    expect(told(await neighbour.post(REVEALS, wanted()))).toEqual([404, 'NEED_UNKNOWN']);
    expect((await worker.client.get(REVEALS)).status).toBe(403);
    expect((await auditor.get(REVEALS)).body.items).toHaveLength(1);
  });

  it('is counted by person and day, also when many come at once; the auditors hear of many, once', async () => {
    const most = builtInPacks.rights.revealsPerDay.value;
    const answers = await Promise.all(Array.from({ length: most + 5 }, () => worker.client.post(REVEALS, wanted())));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(most - 1);
    expect(answers.filter(({ status }) => status !== 200).map(told)).toEqual(Array.from({ length: 6 }, () => [429, 'REVEALS_MANY']));
    const inbox = (await auditor.get('/api/v1/inbox')).body.items as { text: string }[];
    expect(inbox.filter(({ text }) => text.includes('完整个人信息'))).toHaveLength(1);
  });
});
