import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CallerService } from '../../../src/accounts/callers/service.ts';
import { AccountStore } from '../../../src/accounts/logins/store.ts';
import { PersonStore } from '../../../src/accounts/people/store.ts';
import { SecondFactorService } from '../../../src/accounts/second-factor/service.ts';
import { SecondFactorStore } from '../../../src/accounts/second-factor/store.ts';
import { SessionStore } from '../../../src/accounts/sessions/store.ts';
import { SignInService } from '../../../src/accounts/sign-in/service.ts';
import { AttemptStore } from '../../../src/accounts/sign-in/store.ts';
import { AuditService } from '../../../src/audit/service.ts';
import { AuditStore } from '../../../src/audit/store.ts';
import { tenantId, tenantScope } from '../../../src/kernel/scope.ts';
import { instantFromMs, msOf, type Instant } from '../../../src/kernel/time.ts';
import { BlindIndex } from '../../../src/platform/crypto/blind-index.ts';
import { Passwords } from '../../../src/platform/crypto/passwords.ts';
import { SubjectKeys } from '../../../src/platform/crypto/subject-keys.ts';
import { testConfig } from '../../support/config.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const START = msOf('2026-10-20T00:00:00.000000Z' as Instant);
const minute = (count: number): Instant => instantFromMs(START + count * 60_000);
const PASSWORD = 'correct horse 9';
const pepper = { id: 'p1', secret: randomBytes(32) };
const passwords = new Passwords([pepper], { logN: 8, r: 8, p: 1 });
const town = tenantId('town');
const city = tenantId('city');

let db: TestDatabase;
let service: SignInService;
let callers: CallerService;

beforeAll(async () => {
  db = await createTestDatabase();
  const index = new BlindIndex([{ id: 'm1', secret: randomBytes(32) }]);
  const audit = new AuditService(new AuditStore());
  const [accounts, sessions] = [new AccountStore(), new SessionStore()];
  const keys = new SubjectKeys([{ id: 's1', secret: randomBytes(32) }]);
  const factors = new SecondFactorService(new SecondFactorStore(), accounts, new PersonStore(), sessions, keys, audit);
  service = new SignInService(db.database, accounts, sessions, new AttemptStore(), factors, passwords, index, audit);
  callers = new CallerService(db.database, testConfig());
  for (const tenant of [town, city]) {
    await db.database.within(tenantScope(tenant), (tx) =>
      tx.query("INSERT INTO accounts_tenant (tenant_id, name, created_at) VALUES ($1, '示例', $2)", [tenant, minute(0)]),
    );
  }
}, 60_000);

afterAll(async () => {
  await db?.drop();
});

interface AccountOptions {
  readonly tenant?: typeof town;
  readonly hashed?: Passwords;
  readonly until?: Instant;
  readonly roles?: readonly { role: string; orgPath: string; from: Instant; until: Instant | null }[];
}

async function account(login: string, { tenant = town, hashed = passwords, until, roles = [] }: AccountOptions = {}): Promise<void> {
  const hash = await hashed.hash(PASSWORD);
  await db.database.within(tenantScope(tenant), async (tx) => {
    const [person] = await tx.query<{ id: string }>(
      `INSERT INTO accounts_person (tenant_id, id, org_path, name_sealed, created_at)
       VALUES ($1, gen_random_uuid(), '/', '\\x00', $2) RETURNING id`,
      [tenant, minute(0)],
    );
    await tx.query(
      `INSERT INTO accounts_account (tenant_id, id, person_id, login, state, password_hash, password_expires_at, created_at)
       VALUES ($1, gen_random_uuid(), $2, $3, 'active', $4, $5, $6)`,
      [tenant, person!.id, login, hash, until ?? null, minute(0)],
    );
    for (const grant of roles) {
      await tx.query(
        `INSERT INTO accounts_grant (tenant_id, id, person_id, role, org_path, from_at, until_at, granted_by, created_at)
         VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6, 'system', $5)`,
        [tenant, person!.id, grant.role, grant.orgPath, grant.from, grant.until],
      );
    }
  });
}

function attempt(login: string, at: Instant, change: { password?: string; network?: string; tenant?: string } = {}): Promise<string> {
  return service.signIn({ login, password: PASSWORD, network: '10.0.0.1', requestId: 'r1', at, ...change });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
}

describe('an account that fails too often', () => {
  it('is asked for a code after twenty failures within an hour from any networks, as an unknown login is', async () => {
    await account('hunted');
    for (const login of ['hunted', 'no-such-login']) {
      for (let failure = 0; failure < 20; failure++) {
        const wrong = attempt(login, minute(failure), { password: 'wrong', network: `10.1.0.${failure}` });
        expect(await codeOf(wrong)).toBe('SIGN_IN_FAILED');
      }
      expect(await codeOf(attempt(login, minute(21), { network: '10.2.0.1' }))).toBe('SIGN_IN_CODE_NEEDED');
      expect(await codeOf(attempt(login, minute(59.9), { network: '10.2.0.1' }))).toBe('SIGN_IN_CODE_NEEDED');
    }
    const guessed = service.signIn({ login: 'hunted', password: PASSWORD, code: '000000', network: '10.2.0.1', requestId: 'r1', at: minute(22) });
    expect(await codeOf(guessed)).toBe('SIGN_IN_FAILED');
    expect(await codeOf(attempt('hunted', minute(60)))).toBe('ok');
  });
});

describe('a session', () => {
  it('ends after fifteen idle minutes and slides as long as it is used', async () => {
    await account('idle');
    const cookie = await attempt('idle', minute(0));
    const known = async (at: number): Promise<boolean> => (await callers.authenticate({ cookie }, minute(at))) !== undefined;
    expect(await known(14.9)).toBe(true);
    expect(await known(29.8)).toBe(true);
    expect(await known(44.8)).toBe(false);
  });

  it('ends twelve hours after signing in, however busy', async () => {
    await account('busy');
    const cookie = await attempt('busy', minute(0));
    for (let at = 0; at < 720; at += 14) expect(await callers.authenticate({ cookie }, minute(at))).toBeDefined();
    expect(await callers.authenticate({ cookie }, minute(719.9))).toBeDefined();
    expect(await callers.authenticate({ cookie }, minute(720))).toBeUndefined();
  });

  it('is written at most once a minute', async () => {
    await account('seldom');
    const cookie = await attempt('seldom', minute(0));
    const version = async (): Promise<unknown> =>
      db.database.within(tenantScope(town), (tx) =>
        tx.query(
          `SELECT s.xmin::text, s.seen_at FROM accounts_session s JOIN accounts_account a ON a.id = s.account_id
            WHERE a.login = 'seldom'`,
        ),
      );
    const opened = await version();
    for (const at of [0.2, 0.5, 0.9]) await callers.authenticate({ cookie }, minute(at));
    expect(await version()).toEqual(opened);
    await callers.authenticate({ cookie }, minute(1));
    expect(await version()).not.toEqual(opened);
  });

  it('carries the grants in force at that instant, and only those', async () => {
    const roles = [
      { role: 'manager', orgPath: '/a/', from: minute(5), until: minute(10) },
      { role: 'leader', orgPath: '/', from: minute(0), until: null },
    ];
    await account('dated', { roles });
    const cookie = await attempt('dated', minute(1));
    const held = async (at: number): Promise<string[]> => {
      const caller = await callers.authenticate({ cookie }, minute(at));
      return caller!.grants.map(({ role, orgPath }) => `${role} ${orgPath}`).sort();
    };
    expect(await held(4.9)).toEqual(['leader /']);
    expect(await held(5)).toEqual(['leader /', 'manager /a/']);
    expect(await held(10)).toEqual(['leader /']);
  });

  it('is nothing to who guesses, nor does its stored form open anything', async () => {
    await account('stored');
    const cookie = await attempt('stored', minute(0));
    const [row] = await db.database.within(tenantScope(town), (tx) =>
      tx.query<{ hash: Buffer }>(
        "SELECT s.token_hash AS hash FROM accounts_session s JOIN accounts_account a ON a.id = s.account_id WHERE a.login = 'stored'",
      ),
    );
    expect(Buffer.from(cookie, 'base64url')).toHaveLength(32);
    for (const guess of [row!.hash.toString('base64url'), row!.hash.toString('hex'), `${cookie} `, '']) {
      expect(await callers.authenticate({ cookie: guess }, minute(1))).toBeUndefined();
      expect(await callers.authenticate({ bearer: guess }, minute(1))).toBeUndefined();
    }
    expect(await callers.authenticate({ bearer: cookie }, minute(1))).toBeUndefined();
  });
});

describe('failures', () => {
  it('lock login and network for a quarter of an hour, even for the right password', async () => {
    await account('locked');
    for (let i = 0; i < 5; i += 1) expect(await codeOf(attempt('locked', minute(i), { password: 'wrong' }))).toBe('SIGN_IN_FAILED');
    expect(await codeOf(attempt('locked', minute(18.9)))).toBe('SIGN_IN_LOCKED');
    expect(await codeOf(attempt('locked', minute(18.9), { network: '10.0.0.2' }))).toBe('ok');
    expect(await codeOf(attempt('locked', minute(19)))).toBe('ok');
    expect(await codeOf(attempt('locked', minute(19.1), { password: 'wrong' }))).toBe('SIGN_IN_FAILED');
  });

  it('of a login that nobody has lock in the same way', async () => {
    for (let i = 0; i < 5; i += 1) expect(await codeOf(attempt('ghost', minute(i)))).toBe('SIGN_IN_FAILED');
    expect(await codeOf(attempt('ghost', minute(5)))).toBe('SIGN_IN_LOCKED');
  });

  it('count each, however many come at once', async () => {
    await account('rushed');
    for (let pair = 0; pair < 3; pair += 1) {
      await Promise.all([1, 2].map(() => codeOf(attempt('rushed', minute(0), { password: 'wrong' }))));
    }
    expect(await codeOf(attempt('rushed', minute(1)))).toBe('SIGN_IN_LOCKED');
  });

  it('are forgotten once the right password comes', async () => {
    await account('clumsy');
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 4; i += 1) await codeOf(attempt('clumsy', minute(round), { password: 'wrong' }));
      expect(await codeOf(attempt('clumsy', minute(round)))).toBe('ok');
    }
  });

  it('leave an audit row each, without login or password', async () => {
    await account('audited');
    await codeOf(attempt('audited', minute(0), { password: 'a wrong secret' }));
    const rows = await db.database.within(tenantScope(town), (tx) =>
      tx.query<{ text: string }>(
        `SELECT convert_from(e.event_bytes, 'UTF8') AS text FROM audit_event e JOIN accounts_account a ON a.id = e.account_id
          WHERE a.login = 'audited'`,
      ),
    );
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0]!.text)).toMatchObject({ action: 'accounts.signedIn', outcome: 'refused', network: '10.0.0.1' });
    expect(rows[0]!.text).not.toMatch(/audited|secret/);
  });
});

describe('a login', () => {
  it('that several tenants have needs the tenant named', async () => {
    await account('shared');
    await account('shared', { tenant: city });
    expect(await codeOf(attempt('shared', minute(0)))).toBe('SIGN_IN_FAILED');
    const cookie = await attempt('shared', minute(0), { tenant: 'city' });
    expect((await callers.authenticate({ cookie }, minute(1)))?.tenant).toBe('city');
  });

  it('with a one-time password opens until it expires, and grants nothing', async () => {
    await account('fresh', { until: minute(60), roles: [{ role: 'leader', orgPath: '/', from: minute(0), until: null }] });
    const cookie = await attempt('fresh', minute(59));
    expect((await callers.authenticate({ cookie }, minute(59)))?.grants).toEqual([]);
    expect(await codeOf(attempt('fresh', minute(60)))).toBe('SIGN_IN_FAILED');
  });

  it('hashed by older parameters is hashed again when the password is at hand', async () => {
    await account('older', { hashed: new Passwords([pepper], { logN: 7, r: 8, p: 1 }) });
    expect(await codeOf(attempt('older', minute(0)))).toBe('ok');
    const [row] = await db.database.within(tenantScope(town), (tx) =>
      tx.query<{ hash: string }>("SELECT password_hash AS hash FROM accounts_account WHERE login = 'older'"),
    );
    expect(row!.hash).toMatch(/^1\$8\$8\$1\$p1\$/);
    expect(await codeOf(attempt('older', minute(1)))).toBe('ok');
  });
});
