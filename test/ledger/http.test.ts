import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { UnitService } from '../../src/accounts/units/service.ts';
import { tenantScope, type OrgPath } from '../../src/kernel/scope.ts';
import { addHours, localDate, type Instant } from '../../src/kernel/time.ts';
import { accountOf, type Posting } from '../../src/ledger/model.ts';
import { LedgerService } from '../../src/ledger/service.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { at, createTestTenant, member, type TestTenant } from '../support/people.ts';

const ACCOUNTS = '/api/v1/ledger/accounts';
const AT = '2026-03-02T01:00:00.000000Z' as Instant;
const COMMUNITY = '/office/c1/' as OrgPath;

let db: TestDatabase;
let api: TestApi;
let office: TestTenant;
let unitId: string;
const projectId = randomUUID();

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  office = await createTestTenant(api, [
    member('manager', ['manager'], at('/office/')),
    member('elsewhere', ['manager'], at('/bureau/')),
    member('worker', ['communityWorker']),
    member('first-unit', ['unit'], at('/units/u1/')),
    member('second-unit', ['unit'], at('/units/u2/')),
  ]);
  await db.database.within(tenantScope(office.tenant), async (tx) => {
    const options = { commandId: randomUUID(), at: AT, joinedOn: localDate('2026-03-02') };
    const units = api.api.app.get(UnitService, { strict: false });
    unitId = (await units.register(tx, { code: 'U1', name: '示例单位', kind: 'coBuildingUnit' }, options)).id;
    const posting = (ordinal: number): Posting => ({
      commandId: 'pledges',
      ordinal,
      book: 'money',
      debit: accountOf('funder', unitId),
      credit: accountOf('pledged', projectId, unitId),
      amount: 100 + ordinal,
      memo: 'pledge',
      at: addHours(AT, ordinal),
      orgPath: COMMUNITY,
    });
    await api.api.app.get(LedgerService, { strict: false }).post(tx, [0, 1, 2, 3, 4].map(posting));
  });
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const about = async (login: string, subjectId: string) => (await office.as(login)).get(`${ACCOUNTS}?subjectId=${subjectId}`);

describe('the ledger over HTTP', () => {
  it('shows balances to the office above and to the unit they belong to', async () => {
    const seen = { status: 200, body: { items: [{ kind: 'pledged', book: 'money', posted: 510, held: 0, partyId: unitId }] } };
    expect(await about('manager', projectId)).toMatchObject(seen);
    expect(await about('first-unit', projectId)).toMatchObject(seen);
    expect((await about('first-unit', unitId)).body.items).toMatchObject([{ kind: 'funder', posted: -510 }]);
    for (const login of ['elsewhere', 'second-unit']) expect((await about(login, projectId)).body.items).toEqual([]);
    expect((await about('worker', projectId)).status).toBe(403);
  });

  it('pages a statement, newest first, and hides it from others', async () => {
    const unit = await office.as('first-unit');
    const [{ id }] = (await about('first-unit', projectId)).body.items;
    const amounts: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body } = await unit.get(`${ACCOUNTS}/${id}/statement?limit=2${next && `&cursor=${encodeURIComponent(next)}`}`);
      expect(body.account.posted).toBe(510);
      amounts.push(...body.items.map((item: { amount: number }) => item.amount));
      next = body.next;
    }
    expect(amounts).toEqual([104, 103, 102, 101, 100]);
    const other = await (await office.as('second-unit')).get(`${ACCOUNTS}/${id}/statement`);
    expect(other).toMatchObject({ status: 404, body: { code: 'LEDGER_ACCOUNT_UNKNOWN' } });
    expect((await unit.get(`${ACCOUNTS}/${id}/statement?cursor=forged`)).status).toBe(400);
    expect((await unit.get(`${ACCOUNTS}/nonsense/statement`)).status).toBe(400);
  });
});
