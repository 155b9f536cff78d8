import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tenantScope, type TenantId } from '../../../src/kernel/scope.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { Answer, HttpClient } from '../../support/http.ts';
import { CLIENT, startForger, startProvider, walkThrough, type Forger, type Forgery, type RunningProvider } from '../../support/openid.ts';
import { createTestTenant, member, type TestTenant } from '../../support/people.ts';

const ORIGIN = 'http://127.0.0.1:3000';
const CALLBACK = `${ORIGIN}/api/v1/sign-in/openid/callback`;
let db: TestDatabase;
let provider: RunningProvider;
let forger: Forger;
let api: TestApi;
let forged: TestApi;
let town: TestTenant;
let security: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  [provider, forger] = [await startProvider(CALLBACK), await startForger()];
  api = await startTestApi({ database: db, env: environment(provider.issuer) });
  forged = await startTestApi({ database: db, env: environment(forger.issuer) });
  town = await createTestTenant(api, [
    member('security', ['securityAdministrator']),
    member('manager', ['manager']),
    member('wang', ['manager']),
    member('away', ['manager'], '/elsewhere/' as never),
    member('local', ['securityAdministrator'], '/mengyang/' as never),
  ]);
  security = await town.as('security');
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await forged?.stop();
  await provider?.stop();
  await forger?.stop();
  await db?.drop();
});

function environment(issuer: string): Record<string, string> {
  return { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret, OIDC_LABEL: '示例认证' };
}

function cookieIn(answer: Answer, name: string): string | undefined {
  return answer.headers.getSetCookie().map((it) => new RegExp(`^${name}=([^;]+)`).exec(it)?.[1]).find((it) => it !== undefined);
}

interface Left {
  readonly address: URL;
  readonly luggage: string;
}

async function depart(from: TestApi): Promise<Left> {
  const answer = await from.page().get('/api/v1/sign-in/openid');
  expect(answer.status).toBe(302);
  return { address: new URL(answer.headers.get('location')!), luggage: cookieIn(answer, 'cobuild_test-openid')! };
}

async function arrive(at: TestApi, query: string, luggage: string): Promise<Answer> {
  return at.page().get(`/api/v1/sign-in/openid/callback?${query}`, { cookie: `cobuild_test-openid=${luggage}` });
}

async function signInAs(name: string): Promise<Answer> {
  const { address, luggage } = await depart(api);
  const back = await walkThrough(address.href, name, CALLBACK);
  return arrive(api, new URL(back).search.slice(1), luggage);
}

const identities = (login: string): string => `/api/v1/accounts/${town.people.get(login)!.accountId}/identities`;

async function refusals(tenant: TenantId): Promise<number> {
  const [row] = await db.database.within(tenantScope(tenant), (tx) =>
    tx.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM audit_event WHERE action = 'accounts.signedIn' AND outcome = 'refused'",
    ),
  );
  return row!.count;
}

describe('signing in at a provider', () => {
  it('is offered beside the password', async () => {
    const { body } = await api.page().get('/api/v1/sign-in/providers');
    expect(body).toEqual({ items: [{ label: '示例认证', href: '/api/v1/sign-in/openid' }] });
  });

  it('opens the account that an administrator linked to that very subject, until it is unlinked', async () => {
    expect((await signInAs('w-4711')).headers.get('location')).toBe('/sign-in?problem=OPENID_UNLINKED');
    const linked = await security.post(identities('wang'), { subject: 'w-4711' });
    expect(linked).toMatchObject({ status: 200, body: { issuer: provider.issuer } });
    const answer = await signInAs('w-4711');
    expect(answer).toMatchObject({ status: 302 });
    expect(answer.headers.get('location')).toBe('/');
    const wang = api.browser(cookieIn(answer, 'cobuild_test')!);
    expect((await wang.get('/api/v1/me')).body).toMatchObject({ account: { login: 'wang' }, via: 'session' });
    expect((await signInAs('W-4711')).headers.get('location')).toBe('/sign-in?problem=OPENID_UNLINKED');
    expect((await security.post(`${identities('wang')}/${linked.body.id}/unlink`)).status).toBe(200);
    expect((await wang.get('/api/v1/me')).status).toBe(401);
    expect((await signInAs('w-4711')).headers.get('location')).toBe('/sign-in?problem=OPENID_UNLINKED');
  });

  it('keeps the subject as a keyed digest, in no row, log line or audit record', async () => {
    await security.post(identities('manager'), { subject: 'subject-never-stored' });
    const rows = await db.database.within(tenantScope(town.tenant), async (tx) => [
      ...(await tx.query('SELECT to_jsonb(i)::text AS text FROM accounts_identity i')),
      ...(await tx.query("SELECT convert_from(event_bytes, 'UTF8') AS text FROM audit_event")),
      ...(await tx.query('SELECT to_jsonb(k)::text AS text FROM idempotency_key k')),
    ]);
    expect(JSON.stringify(rows) + api.lines.join('')).not.toContain('subject-never-stored');
    expect(rows.length).toBeGreaterThan(2);
  });

  it('is linked once, by administrators of the place alone', async () => {
    await security.post(identities('wang'), { subject: 'once' });
    expect((await security.post(identities('manager'), { subject: 'once' })).body.code).toBe('IDENTITY_TAKEN');
    expect((await (await town.as('manager')).post(identities('manager'), { subject: 'self' })).status).toBe(403);
    expect((await (await town.as('local')).post(identities('away'), { subject: 'far' })).status).toBe(404);
    expect((await (await town.as('local')).get(identities('away'))).status).toBe(404);
    const items = (await security.get(identities('wang'))).body.items;
    expect(items).toHaveLength(1);
    expect((await security.post(`${identities('manager')}/${items[0].id}/unlink`)).status).toBe(404);
  });
});

describe('what comes back', () => {
  it('counts only in the browser that left, within its own round trip', async () => {
    const [mine, other] = [await depart(api), await depart(api)];
    const query = new URL(await walkThrough(mine.address.href, 'once', CALLBACK)).search.slice(1);
    for (const luggage of [other.luggage, 'forged', mine.luggage.slice(0, -2)]) {
      expect((await arrive(api, query, luggage)).headers.get('location')).toBe('/sign-in?problem=OPENID_REFUSED');
    }
    expect((await arrive(api, query.replace(/state=[^&]+/, 'state=x'), mine.luggage)).headers.get('location')).toBe('/sign-in?problem=OPENID_REFUSED');
    expect((await arrive(api, query, mine.luggage)).headers.get('location')).toBe('/');
    expect((await arrive(api, query, mine.luggage)).headers.get('location')).toBe('/sign-in?problem=OPENID_REFUSED');
  });

  const FORGERIES: [string, Forgery][] = [
    ['another issuer', { claims: { iss: 'https://other.example' } }],
    ['another audience', { claims: { aud: 'another client' } }],
    ['another nonce', { claims: { nonce: 'replayed' } }],
    ['an end in the past', { expired: true }],
    ['a signature by another key', { strangeKey: true }],
    ['no signature', { unsigned: true }],
  ];

  it.each(FORGERIES)('is refused with %s', async (_, forgery) => {
    const { address, luggage } = await depart(forged);
    forger.prepare(address.searchParams.get('nonce')!, forgery);
    const answer = await arrive(forged, `code=c&state=${address.searchParams.get('state')}`, luggage);
    expect(answer.headers.get('location')).toBe('/sign-in?problem=OPENID_REFUSED');
    expect(cookieIn(answer, 'cobuild_test')).toBeUndefined();
  });

  it('is recorded when it is genuine and opens nothing', async () => {
    const before = await refusals('nobody' as TenantId);
    const { address, luggage } = await depart(forged);
    forger.prepare(address.searchParams.get('nonce')!, {});
    const answer = await arrive(forged, `code=c&state=${address.searchParams.get('state')}`, luggage);
    expect(answer.headers.get('location')).toBe('/sign-in?problem=OPENID_UNLINKED');
    expect(await refusals('nobody' as TenantId)).toBe(before + 1);
  });

  it('is a problem and no crash when the provider is away or none is configured', async () => {
    const away = await startTestApi({ database: db, env: environment('http://127.0.0.1:9') });
    const none = await startTestApi({ database: db });
    try {
      expect(await away.page().get('/api/v1/sign-in/openid')).toMatchObject({ status: 503, body: { code: 'OPENID_UNAVAILABLE' } });
      expect(await none.page().get('/api/v1/sign-in/openid')).toMatchObject({ status: 404, body: { code: 'OPENID_NONE' } });
      expect((await none.page().get('/api/v1/sign-in/providers')).body).toEqual({ items: [] });
    } finally {
      await away.stop();
      await none.stop();
    }
  });
});
