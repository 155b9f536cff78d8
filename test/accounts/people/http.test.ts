import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { HttpClient } from '../../support/http.ts';
import { at, createTestTenant, member, type TestTenant } from '../../support/people.ts';

let db: TestDatabase;
let api: TestApi;
let town: TestTenant;
let security: HttpClient;
let manager: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  town = await createTestTenant(api, [
    member('security', ['securityAdministrator']),
    member('manager', ['manager']),
    member('leader', ['leader']),
  ]);
  security = await town.as('security');
  manager = await town.as('manager');
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const PERSON = { name: '示例王', phone: '138-0013-5678', orgPath: '/mengyang/' };

async function newPerson(change: Record<string, unknown> = {}): Promise<string> {
  return (await security.post('/api/v1/people', { ...PERSON, ...change })).body.id;
}

describe('a person', () => {
  it('is stored sealed, shown in full to who manages accounts and masked to others', async () => {
    const made = await security.post('/api/v1/people', PERSON);
    expect(made.body).toMatchObject({ name: '示＊＊', phone: '138****5678', version: 1 });
    const path = `/api/v1/people/${made.body.id}`;
    expect((await security.get(path)).body).toMatchObject({ name: '示例王', phone: '13800135678' });
    expect((await manager.get(path)).body).toMatchObject({ name: '示＊＊', phone: '138****5678', accounts: [] });
    expect((await security.post('/api/v1/people/find', { phone: '+86 13800135678' })).body.items).toHaveLength(1);
    expect((await security.post('/api/v1/people/find', { name: '示例' })).body.items).toEqual([]);
    const everything = await db.database.within(tenantScope(town.tenant), async (tx) => [
      ...(await tx.query('SELECT to_jsonb(p)::text FROM accounts_person p')),
      ...(await tx.query("SELECT to_jsonb(e)::text, convert_from(event_bytes, 'UTF8') FROM audit_event e")),
      ...(await tx.query('SELECT to_jsonb(k)::text FROM idempotency_key k')),
    ]);
    const stored = JSON.stringify(everything);
    expect(stored).not.toContain('示例王');
    expect(stored).not.toContain('13800135678');
    expect(stored).not.toContain(Buffer.from('示例王').toString('hex'));
  });

  it('is changed against its version', async () => {
    const id = await newPerson({ name: '示例旧' });
    const path = `/api/v1/people/${id}`;
    const changed = await security.send('PATCH', path, { name: '示例新', phone: null }, { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ version: 2, phone: null });
    expect((await security.get(path)).body.name).toBe('示例新');
    const stale = await security.send('PATCH', path, { name: '示例错' }, { 'if-match': '"1"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'PERSON_STALE']);
  });

  it('is nobody to other places and other tenants', async () => {
    const id = await newPerson();
    await town.enrol(member('far', ['securityAdministrator'], at('/faraway/')));
    const far = await town.as('far');
    const other = await (await createTestTenant(api, [member('security', ['securityAdministrator'])])).as('security');
    for (const stranger of [far, other]) {
      expect((await stranger.get(`/api/v1/people/${id}`)).body.code).toBe('PERSON_UNKNOWN');
      expect((await stranger.post(`/api/v1/people/${id}/grants`, { role: 'unit', orgPath: '/faraway/' })).body.code).toBe('PERSON_UNKNOWN');
      expect((await stranger.post(`/api/v1/people/${id}/accounts`, { login: 'stolen' })).body.code).toBe('PERSON_UNKNOWN');
      expect((await stranger.get('/api/v1/people')).body.items.map((it: { id: string }) => it.id)).not.toContain(id);
    }
    expect((await far.post('/api/v1/people', PERSON)).body.code).toBe('PERSON_SCOPE');
  });
});

describe('a role', () => {
  it('holds from its grant to its revocation', async () => {
    await town.enrol(member('worker', []));
    const worker = await town.as('worker');
    const { personId } = town.people.get('worker')!;
    expect((await worker.get('/api/v1/org-units')).status).toBe(403);
    const granted = await security.post(`/api/v1/people/${personId}/grants`, { role: 'communityWorker', orgPath: '/mengyang/xihe/' });
    expect(granted.body).toMatchObject({ role: 'communityWorker', orgPath: '/mengyang/xihe/', until: null });
    expect((await worker.get('/api/v1/org-units')).status).toBe(200);
    const revoke = `/api/v1/grants/${granted.body.id}/revoke`;
    expect((await security.post(revoke)).status).toBe(200);
    expect((await worker.get('/api/v1/org-units')).status).toBe(403);
    expect((await security.post(revoke)).body.code).toBe('GRANT_ENDED');
  });

  it('is not given twice, to oneself, beside an administrator’s, or for no time at all', async () => {
    const grant = async (login: string, body: object) =>
      (await security.post(`/api/v1/people/${town.people.get(login)!.personId}/grants`, body)).body.code as string | undefined;
    expect(await grant('manager', { role: 'manager', orgPath: '/' })).toBe('GRANT_HELD');
    expect(await grant('manager', { role: 'auditAdministrator', orgPath: '/' })).toBe('GRANT_EXCLUSIVE');
    expect(await grant('security', { role: 'securityAdministrator', orgPath: '/mengyang/' })).toBe('GRANT_SELF');
    const ended = { from: '2027-01-02T00:00:00Z', until: '2027-01-01T00:00:00Z' };
    expect(await grant('leader', { role: 'reviewer', orgPath: '/', ...ended })).toBe('GRANT_PERIOD');
    expect(await grant('leader', { role: 'emperor', orgPath: '/' })).toBe('REQUEST_INVALID');
  });

  it('of an administrator and another one never meet, even when both are granted at once', async () => {
    const id = await newPerson();
    const grants = await Promise.all(
      ['manager', 'systemAdministrator', 'leader', 'auditAdministrator'].map((role) =>
        security.post(`/api/v1/people/${id}/grants`, { role, orgPath: '/' }),
      ),
    );
    const held = grants.filter(({ status }) => status === 200).map(({ body }) => body.role).sort();
    const business = held.filter((role) => role === 'manager' || role === 'leader');
    expect(held.length - business.length === 0 || held.length === 1).toBe(true);
    expect(held.length).toBeGreaterThan(0);
  });

  it('is not given by a manager', async () => {
    const answer = await manager.post(`/api/v1/people/${town.people.get('leader')!.personId}/grants`, { role: 'unit', orgPath: '/' });
    expect(answer.status).toBe(403);
  });
});

describe('an account', () => {
  it('opens with a one-time password that is shown once and stored nowhere', async () => {
    const id = await newPerson();
    const key = { 'idempotency-key': randomUUID() };
    const opened = await security.post(`/api/v1/people/${id}/accounts`, { login: 'WANG-1' }, key);
    const { oneTimePassword, ...account } = opened.body;
    expect(account).toMatchObject({ login: 'wang-1', personId: id, state: 'active' });
    const again = await security.post(`/api/v1/people/${id}/accounts`, { login: 'WANG-1' }, key);
    expect(again.body).toEqual({ ...account, oneTimePassword: null });
    const signedIn = await api.page().post('/api/v1/sign-in', { login: 'wang-1', password: oneTimePassword });
    expect(signedIn.status).toBe(200);
    const taken = await security.post(`/api/v1/people/${id}/accounts`, { login: 'wang-1' });
    expect(taken.body.code).toBe('LOGIN_TAKEN');
    const reset = await security.post(`/api/v1/accounts/${account.id}/reset-password`);
    expect(reset.body.oneTimePassword).not.toBe(oneTimePassword);
    const old = await api.page().post('/api/v1/sign-in', { login: 'wang-1', password: oneTimePassword });
    expect(old.status).toBe(401);
    const keys = await db.database.within(tenantScope(town.tenant), (tx) => tx.query('SELECT answer::text FROM idempotency_key'));
    expect(JSON.stringify(keys)).not.toContain(oneTimePassword);
  }, 30_000);
});

describe('a token', () => {
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

  it('may do a part of what its holder may, until it is revoked', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { name: '对接程序', permissions: ['units.read', 'units.manage'], expiresAt: inDays(30) };
    const issued = await manager.post('/api/v1/tokens', body, key);
    expect(issued.body.secret).toMatch(/^cobuild_[\w-]{43}$/);
    expect((await manager.post('/api/v1/tokens', body, key)).body.secret).toBeNull();
    const program = api.program(issued.body.secret);
    const me = await program.get('/api/v1/me');
    expect(me.body).toMatchObject({ via: 'token', grants: [{ role: 'manager', permissions: ['units.read', 'units.manage'] }] });
    expect((await program.get('/api/v1/org-units')).status).toBe(200);
    expect((await program.get('/api/v1/people')).status).toBe(403);
    expect((await program.post('/api/v1/tokens', body)).status).toBe(403);
    expect((await program.post('/api/v1/password', { current: 'x', next: 'y' })).status).toBe(403);
    const listed = await manager.get('/api/v1/tokens');
    expect(listed.body.items).toHaveLength(1);
    expect(JSON.stringify(listed.body)).not.toContain(issued.body.secret);
    expect((await manager.post(`/api/v1/tokens/${issued.body.id}/revoke`)).status).toBe(200);
    expect((await program.get('/api/v1/org-units')).status).toBe(401);
    expect((await manager.post(`/api/v1/tokens/${issued.body.id}/revoke`)).status).toBe(404);
  });

  it('never holds more than its holder, approves no payment, and lives ninety days at most', async () => {
    const leader = await town.as('leader');
    const code = async (permissions: string[], days: number) =>
      (await leader.post('/api/v1/tokens', { name: 'x', permissions, expiresAt: inDays(days) })).body.code;
    expect(await code(['money.approve'], 1)).toBe('TOKEN_PERMISSION');
    expect(await code(['needs.triage'], 1)).toBe('TOKEN_PERMISSION');
    expect(await code(['money.read'], 91)).toBe('TOKEN_LIFE');
    expect(await code(['money.read'], -1)).toBe('TOKEN_LIFE');
    expect(await code(['everything'], 1)).toBe('REQUEST_INVALID');
  });

  it('loses what its holder loses', async () => {
    await town.enrol(member('brief', []));
    const brief = await town.as('brief');
    const { personId } = town.people.get('brief')!;
    const granted = await security.post(`/api/v1/people/${personId}/grants`, { role: 'manager', orgPath: '/' });
    const issued = await brief.post('/api/v1/tokens', { name: 'x', permissions: ['units.read'], expiresAt: inDays(1) });
    const program = api.program(issued.body.secret);
    expect((await program.get('/api/v1/org-units')).status).toBe(200);
    await security.post(`/api/v1/grants/${granted.body.id}/revoke`);
    expect((await program.get('/api/v1/org-units')).status).toBe(403);
  });
});
