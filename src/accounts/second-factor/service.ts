import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { secretHash } from '../../platform/crypto/secret.ts';
import { SubjectKeys } from '../../platform/crypto/subject-keys.ts';
import { newTotpSecret, totpStep } from '../../platform/crypto/totp.ts';
import type { Tx } from '../../platform/database/database.ts';
import { AccountStore } from '../logins/store.ts';
import { PersonStore } from '../people/store.ts';
import { SessionStore } from '../sessions/store.ts';
import { isRecoveryCode, RECOVERY_CODES, type SecondFactor } from './model.ts';
import { SecondFactorStore } from './store.ts';

const SECRET = 'accounts_second_factor.secret';
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Whose factor it is; the secret is sealed with the person's key and goes with the person. */
export interface FactorHolder {
  readonly accountId: string;
  readonly personId: string;
}

/** `at` is real time. */
export interface FactorCommand {
  readonly at: Instant;
  readonly trace: Trace;
}

/** One-time codes of an authenticator app (RFC 6238), and recovery codes on paper for the day it is lost. */
@Injectable()
export class SecondFactorService {
  readonly #store: SecondFactorStore;
  readonly #accounts: AccountStore;
  readonly #people: PersonStore;
  readonly #sessions: SessionStore;
  readonly #keys: SubjectKeys;
  readonly #audit: AuditService;

  constructor(
    store: SecondFactorStore,
    accounts: AccountStore,
    people: PersonStore,
    sessions: SessionStore,
    keys: SubjectKeys,
    audit: AuditService,
  ) {
    this.#store = store;
    this.#accounts = accounts;
    this.#people = people;
    this.#sessions = sessions;
    this.#keys = keys;
    this.#audit = audit;
  }

  async of(tx: Tx, accountId: string): Promise<SecondFactor> {
    return this.#store.of(tx, accountId);
  }

  /** A new secret in base32, shown once; it counts from its confirmation on, and until then an earlier one does. */
  async propose(tx: Tx, { accountId, personId }: FactorHolder, at: Instant): Promise<string> {
    const secret = newTotpSecret();
    const key = await this.#keys.obtain(tx, personId, at);
    await this.#store.propose(tx, accountId, key.seal(SECRET, secret));
    return secret;
  }

  /** Answers the recovery codes, shown once; undefined when the code is not the proposed secret's. */
  async confirm(tx: Tx, { accountId, personId }: FactorHolder, code: string, command: FactorCommand): Promise<string[] | undefined> {
    const pending = (await this.#store.secrets(tx, accountId))?.pending;
    const key = pending && (await this.#keys.load(tx, [personId])).get(personId);
    const step = key ? totpStep(key.open(SECRET, pending), code, command.at) : undefined;
    if (!pending || step === undefined || !(await this.#store.confirm(tx, accountId, pending, step, command.at))) return undefined;
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await this.#store.replaceRecoveryCodes(tx, accountId, codes.map(secretHash));
    await this.#record(tx, command, 'accounts.secondFactorSet', accountId);
    return codes;
  }

  /** Whether the code is this account's and fresh; it is spent by asking. */
  async accept(tx: Tx, { accountId, personId }: FactorHolder, code: string, at: Instant): Promise<boolean> {
    if (isRecoveryCode(code)) return this.#store.useRecoveryCode(tx, accountId, secretHash(code), at);
    const sealed = (await this.#store.secrets(tx, accountId))?.sealed;
    const key = sealed && (await this.#keys.load(tx, [personId])).get(personId);
    const step = key ? totpStep(key.open(SECRET, sealed), code, at) : undefined;
    return step !== undefined && this.#store.useStep(tx, accountId, step);
  }

  /** For whoever has lost app and paper; ends all sessions. Refuses `ACCOUNT_UNKNOWN`, `SECOND_FACTOR_NONE`. */
  async remove(tx: Tx, accountId: string, command: FactorCommand): Promise<void> {
    const account = (await this.#accounts.byId(tx, accountId)) ?? refuse('ACCOUNT_UNKNOWN', 'unknown');
    const [person] = await this.#people.byIds(tx, [account.personId]);
    if (!person || !within(person.orgPath, tx.scope.orgPath)) refuse('ACCOUNT_UNKNOWN', 'unknown');
    if (!(await this.#store.remove(tx, accountId))) refuse('SECOND_FACTOR_NONE', 'state');
    await this.#sessions.endAllOf(tx, [accountId]);
    await this.#record(tx, command, 'accounts.secondFactorRemoved', accountId);
  }

  async #record(tx: Tx, { at, trace }: FactorCommand, action: string, accountId: string): Promise<void> {
    await this.#audit.record(tx, { ...trace, at, action, subject: `account:${accountId}`, outcome: 'done' });
  }
}

/** 80 random bits. */
function newRecoveryCode(): string {
  return Array.from(randomBytes(16), (byte) => BASE32[byte % 32]).join('');
}
