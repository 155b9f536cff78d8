import { Injectable } from '@nestjs/common';
import { traceOf } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import { Passwords } from '../../platform/crypto/passwords.ts';
import { newSecret, secretHash } from '../../platform/crypto/secret.ts';
import { totpUri } from '../../platform/crypto/totp.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { qrSvg } from '../../platform/qr.ts';
import { AccountStore } from '../logins/store.ts';
import { SessionStore } from '../sessions/store.ts';
import { afterFailure, assertUnlocked } from '../sign-in/model.ts';
import { AttemptStore } from '../sign-in/store.ts';
import type { SecondFactor } from './model.ts';
import { SecondFactorService } from './service.ts';

/** Shown by the authenticator app above the code. */
const ISSUER = 'Cobuild';

/** The session that a browser came with, and how the request came in. */
export interface Visit {
  readonly session: string | undefined;
  readonly requestId: string;
  readonly network: string;
}

export interface RenewedSession {
  /** New secret of the session. */
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** Real time throughout. Only for sessions: a program has no phone. */
@Injectable()
export class SecondFactorCommands {
  readonly #db: Database;
  readonly #factors: SecondFactorService;
  readonly #accounts: AccountStore;
  readonly #sessions: SessionStore;
  readonly #attempts: AttemptStore;
  readonly #passwords: Passwords;
  readonly #index: BlindIndex;
  readonly #audit: AuditService;
  readonly #wall: WallClock;

  constructor(
    db: Database,
    factors: SecondFactorService,
    accounts: AccountStore,
    sessions: SessionStore,
    attempts: AttemptStore,
    passwords: Passwords,
    index: BlindIndex,
    audit: AuditService,
    wall: WallClock,
  ) {
    this.#db = db;
    this.#factors = factors;
    this.#accounts = accounts;
    this.#sessions = sessions;
    this.#attempts = attempts;
    this.#passwords = passwords;
    this.#index = index;
    this.#audit = audit;
    this.#wall = wall;
  }

  async of(caller: Caller): Promise<SecondFactor> {
    return this.#db.within(tenantScope(caller.tenant, caller.actor), (tx) => this.#factors.of(tx, caller.accountId));
  }

  /**
   * A new secret. The password is asked again, so that a session left open cannot be given a factor of somebody else;
   * a factor in use must have been shown. Refuses `PASSWORD_WRONG`, `SECOND_FACTOR_NEEDED`, `SIGN_IN_LOCKED`.
   */
  async enrol(caller: Caller, password: string | undefined, visit: Visit): Promise<{ secret: string; uri: string; qr: string }> {
    assertSession(caller);
    const at = this.#wall.now();
    const scope = tenantScope(caller.tenant, caller.actor);
    const credential = await this.#db.within(scope, async (tx) => {
      assertUnlocked(await this.#attempts.read(tx, this.#lockKey(caller)), at);
      const { confirmedAt } = await this.#factors.of(tx, caller.accountId);
      if (confirmedAt !== null && !caller.secondFactor) refuse('SECOND_FACTOR_NEEDED', 'forbidden');
      return (await this.#accounts.credential(tx, caller.accountId)) ?? refuse('ACCOUNT_UNKNOWN', 'unknown');
    });
    const given = credential.passwordHash === null || (await this.#passwords.verify(password ?? '', credential.passwordHash)).correct;
    if (!given) await this.#failed(caller, 'PASSWORD_WRONG', at, visit);
    const secret = await this.#db.within(scope, (tx) => this.#factors.propose(tx, caller, at));
    const uri = totpUri(secret, ISSUER, credential.login);
    return { secret, uri, qr: qrSvg(uri) };
  }

  /** From now on the proposed secret counts, and this session has shown it. Refuses `SECOND_FACTOR_WRONG`, `SIGN_IN_LOCKED`. */
  async confirm(caller: Caller, code: string, visit: Visit): Promise<RenewedSession> {
    return this.#shown(caller, visit, async (tx, at) =>
      this.#factors.confirm(tx, caller, code, { at, trace: traceOf(caller, visit) }),
    );
  }

  /** Refuses `SECOND_FACTOR_WRONG`, `SIGN_IN_LOCKED`. */
  async verify(caller: Caller, code: string, visit: Visit): Promise<RenewedSession> {
    return this.#shown(caller, visit, async (tx, at) => ((await this.#factors.accept(tx, caller, code, at)) ? [] : undefined));
  }

  async remove(caller: Caller, key: RequestKey, accountId: string): Promise<void> {
    if (accountId === caller.accountId) refuse('GRANT_SELF', 'rule');
    const at = this.#wall.now();
    await once(this.#db, scopeFor(caller, 'accounts.manage'), key, at, (tx) =>
      this.#factors.remove(tx, accountId, { at, trace: traceOf(caller, key) }),
    );
  }

  async #shown(
    caller: Caller,
    visit: Visit,
    show: (tx: Tx, at: Instant) => Promise<readonly string[] | undefined>,
  ): Promise<RenewedSession> {
    assertSession(caller);
    const at = this.#wall.now();
    const { accountId } = caller;
    const renewed = await this.#db.within(tenantScope(caller.tenant, caller.actor), async (tx) => {
      const lockKey = this.#lockKey(caller);
      assertUnlocked(await this.#attempts.read(tx, lockKey), at);
      const recoveryCodes = await show(tx, at);
      if (!recoveryCodes) return undefined;
      const { secret, hash } = newSecret();
      const held = secretHash(visit.session ?? '');
      if (!(await this.#sessions.stepUp(tx, held, hash, accountId, at))) refuse('NOT_SIGNED_IN', 'unauthenticated');
      await this.#attempts.forget(tx, lockKey);
      await this.#audit.record(tx, { ...this.#entry(caller, at, visit), outcome: 'done' });
      return { secret, recoveryCodes };
    });
    return renewed ?? this.#failed(caller, 'SECOND_FACTOR_WRONG', at, visit);
  }

  /** Counted in a transaction of its own, wherever the attempts come from. */
  async #failed(caller: Caller, code: string, at: Instant, visit: Visit): Promise<never> {
    await this.#db.within(tenantScope(caller.tenant, caller.actor), async (tx) => {
      await this.#attempts.change(tx, this.#lockKey(caller), (before) => afterFailure(before, at));
      await this.#audit.record(tx, { ...this.#entry(caller, at, visit), outcome: 'refused' });
    });
    return refuse(code, 'rule');
  }

  #entry({ accountId, personId }: Caller, at: Instant, { requestId, network }: Visit) {
    const subject = `account:${accountId}`;
    return { at, action: 'accounts.secondFactorShown', subject, accountId, personId, requestId, network };
  }

  #lockKey({ tenant, accountId }: { tenant: TenantId; accountId: string }): string {
    return this.#index.of(tenant, 'second factor attempts', accountId).toString('base64url');
  }
}

function assertSession(caller: Caller): void {
  if (caller.via !== 'session') refuse('FORBIDDEN', 'forbidden');
}
