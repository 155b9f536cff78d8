import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PeopleService } from '../../../src/accounts/people/service.ts';
import { TenantService } from '../../../src/accounts/service.ts';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import type { Answer } from '../../support/http.ts';
import { createTestTenant, member, type TestTenant } from '../../support/people.ts';

const PASSWORD = '示例密码-correct-horse';
let db: TestDatabase;
let api: TestApi;
let town: TestTenant;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  town = await createTestTenant(api, [
    { ...member('wang', ['manager']), password: { text: PASSWORD, oneTime: false } },
    { ...member('new', ['leader']), password: { text: PASSWORD, oneTime: true } },
    member('program', ['manager']),
  ]);
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

function sessionIn(answer: Answer): string {
  return /^[^=]+=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
}

async function auditOf(action: string): Promise<{ outcome: string; network: string }[]> {
  return db.database.within(tenantScope(town.tenant), (tx) =>
    tx.query('SELECT outcome, network FROM audit_event WHERE tenant_id = $1 AND action = $2 ORDER BY at', [town.tenant, action]),
  );
}

describe('signing in', () => {
  it('opens a session that /me knows and signing out ends', async () => {
    const answer = await api.page().post('/api/v1/sign-in', { login: ' WANG ', password: PASSWORD });
    expect(answer.body).toEqual({ done: true });
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/i);
    const wang = api.browser(sessionIn(answer));
    const me = await wang.get('/api/v1/me');
    expect(me.body).toMatchObject({ tenant: { id: town.tenant }, account: { login: 'wang' }, mustSetPassword: false, via: 'session' });
    expect(me.body.grants[0]).toMatchObject({ role: 'manager', orgPath: '/' });
    expect(me.body.account.guideSeen).toBe(false);
    expect((await wang.send('PUT', '/api/v1/me/guide')).body).toEqual({ done: true });
    expect((await wang.get('/api/v1/me')).body.account.guideSeen).toBe(true);
    expect((await wang.post('/api/v1/sign-out')).status).toBe(200);
    expect((await wang.get('/api/v1/me')).status).toBe(401);
    expect(await auditOf('accounts.signedIn')).toEqual([{ outcome: 'done', network: '127.0.0.1' }]);
  });

  it('gives the browser a new session and ends the one it had', async () => {
    const old = sessionIn(await api.page().post('/api/v1/sign-in', { login: 'wang', password: PASSWORD }));
    const answer = await api.browser(old).post('/api/v1/sign-in', { login: 'wang', password: PASSWORD });
    expect(sessionIn(answer)).not.toBe(old);
    expect((await api.browser(old).get('/api/v1/me')).status).toBe(401);
    expect((await api.browser(sessionIn(answer)).get('/api/v1/me')).status).toBe(200);
  });

  it('says the same to a wrong password, an unknown login, another tenant and an account of a program', async () => {
    const wrong = await api.page().post('/api/v1/sign-in', { login: 'wang', password: 'not the password' });
    const unknown = await api.page().post('/api/v1/sign-in', { login: 'nobody-here', password: PASSWORD });
    const elsewhere = await api.page().post('/api/v1/sign-in', { login: 'wang', password: PASSWORD, tenant: 'elsewhere' });
    const program = await api.page().post('/api/v1/sign-in', { login: 'program', password: PASSWORD });
    for (const answer of [wrong, unknown, elsewhere, program]) {
      expect(answer.status).toBe(401);
      expect({ ...answer.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    expect(wrong.body.code).toBe('SIGN_IN_FAILED');
  });

  it('lets a one-time password do nothing but set an own one', async () => {
    const first = await api.page().post('/api/v1/sign-in', { login: 'new', password: PASSWORD });
    const fresh = api.browser(sessionIn(first));
    expect((await fresh.get('/api/v1/me')).body).toMatchObject({ mustSetPassword: true, grants: [] });
    expect((await fresh.get('/api/v1/org-units')).status).toBe(403);
    const weak = await fresh.post('/api/v1/password', { current: PASSWORD, next: 'new-new-new-' });
    expect(weak.body.code).toBe('PASSWORD_WEAK');
    const wrong = await fresh.post('/api/v1/password', { current: 'not the password', next: 'another good one 9' });
    expect(wrong.body.code).toBe('PASSWORD_WRONG');
    const set = await fresh.post('/api/v1/password', { current: PASSWORD, next: 'another good one 9' });
    expect(set.status).toBe(200);
    expect((await fresh.get('/api/v1/me')).status).toBe(401);
    const own = api.browser(sessionIn(set));
    expect((await own.get('/api/v1/me')).body).toMatchObject({ mustSetPassword: false, grants: [{ role: 'leader' }] });
    expect((await own.get('/api/v1/org-units')).status).toBe(200);
    expect((await api.page().post('/api/v1/sign-in', { login: 'new', password: PASSWORD })).status).toBe(401);
  }, 30_000);

  it('ends everything of an erased person, whose name then reads 已删除', async () => {
    await town.enrol(member('zhao', ['manager']));
    const zhao = await town.as('zhao');
    expect((await zhao.get('/api/v1/me')).body.person.name).toBe('示例zhao');
    const { personId } = town.people.get('zhao')!;
    const people = api.api.app.get(PeopleService, { strict: false });
    const at = '2026-11-22T00:00:00.000000Z' as never;
    await db.database.within(tenantScope(town.tenant), (tx) => people.erase(tx, personId, { commandId: 'erase zhao', at }));
    expect((await zhao.get('/api/v1/me')).status).toBe(401);
    const names = await db.database.within(tenantScope(town.tenant), (tx) => people.names(tx, [personId]));
    expect(names.get(personId)).toBe('已删除');
    const [account] = await db.database.within(tenantScope(town.tenant), (tx) =>
      tx.query<{ login: string }>('SELECT login FROM accounts_account WHERE person_id = $1', [personId]),
    );
    expect(account!.login).not.toContain('zhao');
  });

  it('knows a tenant once and no tenant called nobody', async () => {
    const tenants = api.api.app.get(TenantService, { strict: false });
    await expect(tenants.createTenant(town.tenant, '示例', [])).rejects.toMatchObject({ code: 'TENANT_EXISTS' });
    await expect(tenants.createTenant('nobody' as never, '示例', [])).rejects.toMatchObject({ driverError: { code: '23514' } });
    expect(await tenants.exists(town.tenant)).toBe(true);
  });
});
