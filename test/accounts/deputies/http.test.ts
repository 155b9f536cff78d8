import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NEVER_DEPUTISED } from '../../../src/accounts/deputies/model.ts';
import { GrantService } from '../../../src/accounts/grants/service.ts';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { instantFromMs } from '../../../src/kernel/time.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { HttpClient } from '../../support/http.ts';
import { at, createTestTenant, member, type TestTenant } from '../../support/people.ts';

const PATH = '/api/v1/deputies';
const DAY = 86_400_000;
let db: TestDatabase;
let api: TestApi;
let town: TestTenant;
let manager: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  town = await createTestTenant(api, [
    member('manager', ['manager']),
    member('worker', ['communityWorker'], at('/mengyang/xincheng/')),
    member('colleague', ['communityWorker'], at('/mengyang/xincheng/')),
    member('leader', ['leader']),
    member('preparer', ['fundPreparer']),
    member('approver', ['fundApprover']),
    member('security', ['securityAdministrator']),
  ]);
  manager = await town.as('manager');
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const personOf = (login: string): string => town.people.get(login)!.personId;
const inDays = (days: number): string => instantFromMs(Date.now() + days * DAY);

function wanted(login: string, permissions: readonly string[], until = inDays(7)): object {
  return { deputyId: personOf(login), permissions, until };
}

async function recorded(action: string): Promise<{ actor: string; for: string | null }[]> {
  return db.database.within(tenantScope(town.tenant), (tx) =>
    tx.query('SELECT actor, on_behalf_of AS "for" FROM audit_event WHERE action = $1 ORDER BY at', [action]),
  );
}

describe('a deputy', () => {
  it('does what was lent, where the lender may, and the record says who and for whom', async () => {
    const worker = await town.as('worker');
    const unit = { kind: 'coBuildingUnit', code: 'u-1', name: '示例单位', joinedOn: '2026-01-01' };
    expect((await worker.post('/api/v1/org-units', unit)).status).toBe(403);
    const { body } = await manager.post(PATH, wanted('worker', ['units.manage']));
    const me = (await worker.get('/api/v1/me')).body;
    expect(me.grants).toContainEqual({ role: 'manager', orgPath: '/', permissions: ['units.manage'], for: personOf('manager') });
    expect((await worker.post('/api/v1/org-units', unit)).status).toBe(200);
    expect(await recorded('accounts.unitsRegistered')).toEqual([{ actor: personOf('worker'), for: personOf('manager') }]);
    expect((await worker.post(`${PATH}/${body.id}/end`)).status).toBe(200);
    expect((await worker.post('/api/v1/org-units', { ...unit, code: 'u-2' })).status).toBe(403);
  });

  it('lends nothing on, and no token carries what was lent', async () => {
    await manager.post(PATH, wanted('worker', ['needs.publish']));
    const worker = await town.as('worker');
    expect((await worker.post(PATH, wanted('colleague', ['needs.publish']))).body.code).toBe('DEPUTY_PERMISSION');
    const token = { name: 'robot', permissions: ['needs.publish'], expiresAt: inDays(1) };
    expect((await worker.post('/api/v1/tokens', token)).body.code).toBe('TOKEN_PERMISSION');
  });

  it('is never lent seals, keys, grants or approvals of money, nor more than thirty days, nor to oneself', async () => {
    const leader = await town.as('leader');
    for (const permission of ['policy.seal', 'policy.amend', 'money.approve']) {
      expect((await leader.post(PATH, wanted('worker', [permission]))).body.code).toBe('DEPUTY_PERMISSION');
    }
    expect(NEVER_DEPUTISED).toEqual(expect.arrayContaining(['system.keys', 'accounts.grant', 'policy.seal']));
    expect((await leader.post(PATH, wanted('worker', ['needs.read'], inDays(31)))).body.code).toBe('DEPUTY_PERIOD');
    expect((await leader.post(PATH, wanted('leader', ['needs.read']))).body.code).toBe('DEPUTY_SELF');
  });

  it('brings no two halves of a payment and no administrator together, then or by a later grant', async () => {
    const preparer = await town.as('preparer');
    expect((await preparer.post(PATH, wanted('approver', ['money.prepare']))).body.code).toBe('GRANT_CONFLICT');
    expect((await preparer.post(PATH, wanted('security', ['money.read']))).body.code).toBe('GRANT_EXCLUSIVE');
    expect((await preparer.post(PATH, wanted('colleague', ['money.prepare']))).status).toBe(200);
    const grants = api.api.app.get(GrantService, { strict: false });
    const given = db.database.within(tenantScope(town.tenant), (tx) =>
      grants.grant(
        tx,
        { personId: personOf('colleague'), role: 'fundApprover', orgPath: at('/') },
        { commandId: 'conflict', at: instantFromMs(Date.now()) },
      ),
    );
    await expect(given).rejects.toMatchObject({ code: 'GRANT_CONFLICT' });
  });

  it('is somebody of the same tenant, and ended by the two alone', async () => {
    const elsewhere = await createTestTenant(api, [member('stranger', ['manager'])]);
    const stranger = elsewhere.people.get('stranger')!.personId;
    expect((await manager.post(PATH, { ...wanted('worker', ['needs.read']), deputyId: stranger })).status).toBe(404);
    const { body } = await manager.post(PATH, wanted('worker', ['offers.read']));
    expect((await (await town.as('leader')).post(`${PATH}/${body.id}/end`)).status).toBe(404);
    expect((await (await elsewhere.as('stranger')).post(`${PATH}/${body.id}/end`)).status).toBe(404);
    expect((await manager.get(PATH)).body.items.map(({ id }: { id: string }) => id)).toContain(body.id);
  });
});
