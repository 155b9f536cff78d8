import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { instantFromMs } from '../../../src/kernel/time.ts';
import { totpCode } from '../../../src/platform/crypto/totp.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { Answer, HttpClient } from '../../support/http.ts';
import { createTestTenant, member, type TestTenant } from '../../support/people.ts';

const PASSWORD = '示例密码-correct-horse';
let db: TestDatabase;
let api: TestApi;
let town: TestTenant;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db, env: { SECOND_FACTOR: 'required' } });
  town = await createTestTenant(api, [
    member('security', ['securityAdministrator']),
    member('other', ['securityAdministrator']),
    member('leader', ['leader']),
    { ...member('wang', ['leader']), password: { text: PASSWORD, oneTime: false } },
  ]);
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const PATH = '/api/v1/second-factor';

function sessionIn(answer: Answer): string {
  return /^[^=]+=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
}

/** The code of now, or of so many half minutes later. */
function codeOf(secret: string, later = 0): string {
  return totpCode(secret, instantFromMs(Date.now() + later * 30_000));
}

async function signedIn(login: string): Promise<HttpClient> {
  return api.browser(sessionIn(await api.page().post('/api/v1/sign-in', { login, password: PASSWORD })));
}

interface Enrolled {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  /** The session as it went on. */
  readonly browser: HttpClient;
}

async function enrolled(browser: HttpClient, password?: string): Promise<Enrolled> {
  const { body } = await browser.post(`${PATH}/enrol`, { password });
  const confirmed = await browser.post(`${PATH}/confirm`, { code: codeOf(body.secret) });
  expect(confirmed.status).toBe(200);
  return { secret: body.secret, recoveryCodes: confirmed.body.recoveryCodes, browser: api.browser(sessionIn(confirmed)) };
}

describe('a session without a second factor', () => {
  it('may neither grant roles nor read what comes with it, and is told what would open it', async () => {
    const security = await town.as('security');
    const leader = town.people.get('leader')!.personId;
    const refused = await security.post(`/api/v1/people/${leader}/grants`, { role: 'reviewer', orgPath: '/' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'SECOND_FACTOR_NEEDED' } });
    expect((await security.get('/api/v1/me')).body).toMatchObject({
      secondFactor: false,
      withheld: ['accounts.grant', 'accounts.manage', 'people.export', 'system.keys'],
    });
    expect((await security.get('/api/v1/org-units')).status).toBe(200);
  });

  it('has its approvals of money withheld, and no token that would do instead', async () => {
    const leader = await town.as('leader');
    const approval = await leader.post(`/api/v1/awards/${crypto.randomUUID()}/approve`, {}, { 'if-match': '"1"' });
    expect(approval).toMatchObject({ status: 403, body: { code: 'SECOND_FACTOR_NEEDED' } });
    const wanted = { name: 'robot', permissions: ['policy.seal'], expiresAt: instantFromMs(Date.now() + 3_600_000) };
    expect((await leader.post('/api/v1/tokens', wanted)).body.code).toBe('SECOND_FACTOR_NEEDED');
    expect((await leader.post('/api/v1/tokens', { ...wanted, permissions: ['needs.read'] })).status).toBe(200);
  });
});

describe('enrolling', () => {
  it('asks for the password, shows secret and picture once and opens the session under a new secret', async () => {
    const wang = await signedIn('wang');
    expect((await wang.post(`${PATH}/enrol`, { password: 'not the password' })).body.code).toBe('PASSWORD_WRONG');
    expect((await wang.post(`${PATH}/enrol`, {})).body.code).toBe('PASSWORD_WRONG');
    const { body } = await wang.post(`${PATH}/enrol`, { password: PASSWORD });
    expect(body.uri).toBe(`otpauth://totp/Cobuild:wang?issuer=Cobuild&secret=${body.secret}&algorithm=SHA1&digits=6&period=30`);
    expect(body.qr).toMatch(/^<svg/);
    expect((await wang.get(PATH)).body).toEqual({ confirmedAt: null, recoveryCodesLeft: 0 });
    const confirmed = await wang.post(`${PATH}/confirm`, { code: ` ${codeOf(body.secret).replace(/^.../, '$& ')} ` });
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect((await wang.get('/api/v1/me')).status).toBe(401);
    const renewed = api.browser(sessionIn(confirmed));
    expect((await renewed.get('/api/v1/me')).body).toMatchObject({ secondFactor: true, withheld: [] });
    expect((await renewed.get(PATH)).body).toMatchObject({ recoveryCodesLeft: 10 });
    const stored = await db.database.within(tenantScope(town.tenant), (tx) =>
      tx.query('SELECT to_jsonb(f)::text AS text FROM accounts_second_factor f'),
    );
    expect(JSON.stringify(stored)).not.toContain(Buffer.from(body.secret).toString('hex'));
    expect(api.lines.join('\n')).not.toContain(body.secret);
  });

  it('keeps the factor in use until a new one is confirmed, and lets only who has shown it replace it', async () => {
    await town.enrol(member('liu', ['leader']));
    const { browser, secret } = await enrolled(await town.as('liu'));
    const fresh = await town.as('liu');
    expect((await fresh.post(`${PATH}/enrol`, {})).body.code).toBe('SECOND_FACTOR_NEEDED');
    const next = await browser.post(`${PATH}/enrol`, {});
    expect((await fresh.post(`${PATH}/verify`, { code: codeOf(secret, 1) })).status).toBe(200);
    expect((await browser.post(`${PATH}/confirm`, { code: codeOf(next.body.secret) })).status).toBe(200);
  });
});

describe('showing it', () => {
  it('takes each code once, also a neighbouring one, and each recovery code once', async () => {
    await town.enrol(member('zhao', ['leader']));
    const { secret, recoveryCodes } = await enrolled(await town.as('zhao'));
    const again = await (await town.as('zhao')).post(`${PATH}/verify`, { code: codeOf(secret) });
    expect(again).toMatchObject({ status: 422, body: { code: 'SECOND_FACTOR_WRONG' } });
    const session = await town.as('zhao');
    const shown = await session.post(`${PATH}/verify`, { code: codeOf(secret, 1) });
    expect(shown.body).toEqual({ done: true });
    expect((await session.get('/api/v1/me')).status).toBe(401);
    expect((await (await town.as('zhao')).post(`${PATH}/verify`, { code: codeOf(secret, -1) })).status).toBe(422);
    const [first] = recoveryCodes;
    expect((await (await town.as('zhao')).post(`${PATH}/verify`, { code: first })).status).toBe(200);
    expect((await (await town.as('zhao')).post(`${PATH}/verify`, { code: first })).status).toBe(422);
  });

  it('is locked for a quarter of an hour after five wrong codes, whichever session sends them', async () => {
    await town.enrol(member('qian', ['leader']));
    const { secret } = await enrolled(await town.as('qian'));
    for (let wrong = 0; wrong < 5; wrong++) {
      expect((await (await town.as('qian')).post(`${PATH}/verify`, { code: codeOf(secret, 9) })).status).toBe(422);
    }
    const locked = await (await town.as('qian')).post(`${PATH}/verify`, { code: codeOf(secret, 1) });
    expect(locked).toMatchObject({ status: 429, body: { code: 'SIGN_IN_LOCKED' } });
  });

  it('works at once at sign-in, and only with the right code', async () => {
    await town.enrol({ ...member('sun', ['leader']), password: { text: PASSWORD, oneTime: false } });
    const { secret } = await enrolled(await signedIn('sun'), PASSWORD);
    const wrong = await api.page().post('/api/v1/sign-in', { login: 'sun', password: PASSWORD, code: codeOf(secret, 9) });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'SIGN_IN_FAILED' } });
    const right = await api.page().post('/api/v1/sign-in', { login: 'sun', password: PASSWORD, code: codeOf(secret, 1) });
    expect((await api.browser(sessionIn(right)).get('/api/v1/me')).body).toMatchObject({ secondFactor: true, withheld: [] });
  });

  it('is nothing for programs', async () => {
    const leader = await town.as('leader');
    const wanted = { name: 'robot', permissions: ['needs.read'], expiresAt: instantFromMs(Date.now() + 3_600_000) };
    const { body } = await leader.post('/api/v1/tokens', wanted);
    const program = api.program(body.secret);
    expect((await program.post(`${PATH}/enrol`, {})).status).toBe(403);
    expect((await program.post(`${PATH}/verify`, { code: '000000' })).status).toBe(403);
  });
});

describe('losing it', () => {
  it('is mended by another administrator, never by oneself, and ends the sessions', async () => {
    const security = (await enrolled(await town.as('security'))).browser;
    const { browser } = await enrolled(await town.as('other'));
    const other = town.people.get('other')!.accountId;
    const own = town.people.get('security')!.accountId;
    expect((await security.post(`/api/v1/accounts/${own}/remove-second-factor`)).body.code).toBe('GRANT_SELF');
    expect((await security.post(`/api/v1/accounts/${other}/remove-second-factor`)).status).toBe(200);
    expect((await browser.get('/api/v1/me')).status).toBe(401);
    expect((await security.post(`/api/v1/accounts/${other}/remove-second-factor`)).body.code).toBe('SECOND_FACTOR_NONE');
    expect((await security.post(`/api/v1/accounts/${crypto.randomUUID()}/remove-second-factor`)).status).toBe(404);
  });
});
