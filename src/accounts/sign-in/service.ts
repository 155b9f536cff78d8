import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { tenantScope, type ActorId, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import { Passwords } from '../../platform/crypto/passwords.ts';
import { newSecret, secretHash } from '../../platform/crypto/secret.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { loginFrom } from '../logins/model.ts';
import { AccountStore, type Credential } from '../logins/store.ts';
import { SecondFactorService } from '../second-factor/service.ts';
import { SessionStore } from '../sessions/store.ts';
import { afterFailure, afterFailureAnywhere, asksForSecondFactor, assertPassword, assertUnlocked, sessionEndsAt } from './model.ts';
import { AttemptStore } from './store.ts';

/** Where attempts on logins that nobody has are counted and recorded; no tenant can bear this name. */
const NOBODY = 'nobody' as TenantId;

/** How a request came in; times here are real time. */
export interface Circumstances {
  readonly network: string;
  readonly requestId: string;
  readonly at: Instant;
}

export interface SignInAttempt extends Circumstances {
  readonly login: string;
  readonly password: string;
  /** Needed only where the same login exists in several tenants. */
  readonly tenant?: string | undefined;
  /** One-time or recovery code. */
  readonly code?: string | undefined;
}

export interface PasswordChange extends Circumstances {
  readonly tenant: TenantId;
  readonly accountId: string;
  readonly actor: ActorId;
  readonly current: string;
  readonly next: string;
}

interface DoorLogin {
  readonly tenant_id: TenantId;
  readonly account_id: string;
}

interface Subject {
  readonly tenant: TenantId;
  readonly accountId: string | undefined;
  readonly lockKey: string;
  /** The account, from whichever network. */
  readonly anywhereKey: string;
}

@Injectable()
export class SignInService {
  readonly #db: Database;
  readonly #accounts: AccountStore;
  readonly #sessions: SessionStore;
  readonly #attempts: AttemptStore;
  readonly #factors: SecondFactorService;
  readonly #passwords: Passwords;
  readonly #index: BlindIndex;
  readonly #audit: AuditService;

  constructor(
    db: Database,
    accounts: AccountStore,
    sessions: SessionStore,
    attempts: AttemptStore,
    factors: SecondFactorService,
    passwords: Passwords,
    index: BlindIndex,
    audit: AuditService,
  ) {
    this.#db = db;
    this.#accounts = accounts;
    this.#sessions = sessions;
    this.#attempts = attempts;
    this.#factors = factors;
    this.#passwords = passwords;
    this.#index = index;
    this.#audit = audit;
  }

  /**
   * Answers the secret of a new session. Whether the login exists, its password is wrong, or its one-time password has
   * expired cannot be told from the answer, its time, or the lock; after twenty failures within an hour, wherever they
   * came from, no password is looked at without a code. Refuses `SIGN_IN_FAILED`, `SIGN_IN_LOCKED`, `SIGN_IN_CODE_NEEDED`,
   * `SIGN_IN_BUSY`.
   */
  async signIn(attempt: SignInAttempt): Promise<string> {
    await this.#passwords.assertRoom();
    const subject = await this.#subjectOf(attempt);
    const credential = await this.#check(subject, attempt);
    const { correct, outdated } = await this.#passwords.verify(attempt.password, credential?.passwordHash ?? undefined);
    const expired = credential?.oneTimePasswordUntil != null && credential.oneTimePasswordUntil <= attempt.at;
    if (!correct || expired || !credential) return this.#failed(subject, attempt);
    if (!outdated) return (await this.#succeeded(subject, attempt, credential)) ?? this.#failed(subject, attempt);
    const rehashed = await this.#passwords.hash(attempt.password);
    return (await this.#succeeded(subject, attempt, credential, rehashed)) ?? this.#failed(subject, attempt);
  }

  /** For whom a provider has vouched. Undefined, with a record, when the name there opens no active account. */
  async signInLinked(account: { tenant: TenantId; accountId: string } | undefined, how: Circumstances): Promise<string | undefined> {
    const { tenant, accountId } = account ?? { tenant: NOBODY, accountId: undefined };
    const subject = accountId ? `account:${accountId}` : 'account:unknown';
    const entry = { ...how, action: 'accounts.signedIn', subject, accountId, changes: { openid: true } };
    return this.#db.within(tenantScope(tenant), async (tx) => {
      const credential = accountId === undefined ? undefined : await this.#accounts.credential(tx, accountId);
      const secret = credential && (await this.#open(tx, credential.id, credential.passwordHash, how.at));
      if (credential) await this.#sessions.forgetExpired(tx, credential.id, how.at);
      await this.#audit.record(tx, { ...entry, personId: credential?.personId, outcome: secret === undefined ? 'refused' : 'done' });
      return secret;
    });
  }

  /** Ends the session of this secret, if it is one of the tenant's. */
  async signOut(tenant: TenantId, actor: ActorId, secret: string, trace: Circumstances): Promise<void> {
    await this.#db.within(tenantScope(tenant, actor), async (tx) => {
      const accountId = await this.#sessions.end(tx, secretHash(secret));
      if (accountId === undefined) return;
      const entry = { ...trace, accountId, action: 'accounts.signedOut', subject: `account:${accountId}` };
      await this.#audit.record(tx, { ...entry, outcome: 'done' });
    });
  }

  /**
   * Sets the holder's own password, ends all sessions and answers the secret of a new one.
   * Refuses `PASSWORD_WRONG`, `PASSWORD_WEAK`, `PASSWORD_SAME`, `SIGN_IN_LOCKED`, `SIGN_IN_BUSY`.
   */
  async changePassword(change: PasswordChange): Promise<string> {
    const { tenant, accountId, at, network, requestId } = change;
    const scope = tenantScope(tenant, change.actor);
    const lockKey = this.#lockKey(tenant, accountId, network);
    const credential = await this.#db.within(scope, async (tx) => {
      assertUnlocked(await this.#attempts.read(tx, lockKey), at);
      return this.#accounts.credential(tx, accountId);
    });
    if (!credential) return refuse('PASSWORD_WRONG', 'rule');
    assertPassword(change.next, credential.login);
    if (change.next === change.current) refuse('PASSWORD_SAME', 'rule');
    const { correct } = await this.#passwords.verify(change.current, credential.passwordHash ?? undefined);
    const hash = correct ? await this.#passwords.hash(change.next) : undefined;
    const { personId } = credential;
    const what = { action: 'accounts.passwordChanged', subject: `account:${accountId}` };
    const entry = { ...what, at, network, requestId, accountId, personId };
    const secret = await this.#db.within(scope, async (tx) => {
      if (hash === undefined || !(await this.#accounts.setPassword(tx, accountId, credential.passwordHash, hash, null))) {
        await this.#attempts.change(tx, lockKey, (before) => afterFailure(before, at));
        await this.#audit.record(tx, { ...entry, outcome: 'refused' });
        return undefined;
      }
      await this.#sessions.endAllOf(tx, [accountId]);
      await this.#audit.record(tx, { ...entry, outcome: 'done' });
      return this.#open(tx, accountId, hash, at);
    });
    return secret ?? refuse('PASSWORD_WRONG', 'rule');
  }

  async #subjectOf({ login: typed, tenant, network }: SignInAttempt): Promise<Subject> {
    const login = loginFrom(typed);
    const found = await this.#db.door<DoorLogin>('door_login', [login, tenant ?? null]);
    const [only] = found.length === 1 ? found : [];
    const counted = only?.tenant_id ?? NOBODY;
    const who = only?.account_id ?? `${tenant ?? ''}/${login}`;
    const [lockKey, anywhereKey] = [this.#lockKey(counted, who, network), this.#lockKey(counted, who, 'anywhere')];
    return { tenant: counted, accountId: only?.account_id, lockKey, anywhereKey };
  }

  #lockKey(tenant: TenantId, who: string, network: string): string {
    return this.#index.of(tenant, 'sign-in attempts', `${who}\t${network}`).toString('base64url');
  }

  async #check({ tenant, accountId, lockKey, anywhereKey }: Subject, { at, code }: SignInAttempt): Promise<Credential | undefined> {
    return this.#db.within(tenantScope(tenant), async (tx) => {
      assertUnlocked(await this.#attempts.read(tx, lockKey), at);
      const asked = asksForSecondFactor(await this.#attempts.read(tx, anywhereKey), at);
      if (asked && code === undefined) refuse('SIGN_IN_CODE_NEEDED', 'unauthenticated');
      // For nobody too, so that both take as many steps.
      return this.#accounts.credential(tx, accountId ?? randomUUID());
    });
  }

  async #failed({ tenant, accountId, lockKey, anywhereKey }: Subject, { at, network, requestId }: SignInAttempt): Promise<never> {
    await this.#db.within(tenantScope(tenant), async (tx) => {
      const { lockedUntil } = await this.#attempts.change(tx, lockKey, (before) => afterFailure(before, at));
      await this.#attempts.change(tx, anywhereKey, (before) => afterFailureAnywhere(before, at));
      await this.#audit.record(tx, {
        at,
        network,
        requestId,
        accountId,
        action: 'accounts.signedIn',
        subject: accountId ? `account:${accountId}` : 'account:unknown',
        outcome: 'refused',
        changes: { locked: lockedUntil !== null },
      });
    });
    return refuse('SIGN_IN_FAILED', 'unauthenticated');
  }

  /** Undefined when the account was closed or its password changed meanwhile, or the code is wrong. */
  async #succeeded(
    { tenant, lockKey }: Subject,
    { at, network, requestId, code }: SignInAttempt,
    credential: Credential,
    rehashed?: string,
  ): Promise<string | undefined> {
    const { id: accountId, personId, passwordHash } = credential;
    return this.#db.within(tenantScope(tenant, personId as ActorId), async (tx) => {
      if (code !== undefined && !(await this.#factors.accept(tx, { accountId, personId }, code, at))) return undefined;
      if (rehashed !== undefined) {
        await this.#accounts.setPassword(tx, accountId, passwordHash, rehashed, credential.oneTimePasswordUntil);
      }
      const secret = await this.#open(tx, accountId, rehashed ?? passwordHash, at, code === undefined ? null : at);
      if (secret === undefined) return undefined;
      await this.#attempts.forget(tx, lockKey);
      await this.#sessions.forgetExpired(tx, accountId, at);
      const what = { action: 'accounts.signedIn', subject: `account:${accountId}` };
      await this.#audit.record(tx, { ...what, at, network, requestId, accountId, personId, outcome: 'done' });
      return secret;
    });
  }

  async #open(
    tx: Tx,
    accountId: string,
    passwordHash: string | null,
    at: Instant,
    secondFactorAt: Instant | null = null,
  ): Promise<string | undefined> {
    const { secret, hash } = newSecret();
    const session = { id: randomUUID(), accountId, tokenHash: hash, createdAt: at, expiresAt: sessionEndsAt(at), secondFactorAt };
    return (await this.#sessions.open(tx, session, passwordHash)) ? secret : undefined;
  }
}
