import { Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import { PersonStore } from '../people/store.ts';
import { SessionStore } from '../sessions/store.ts';
import { oneTimePasswordEndsAt } from '../sign-in/model.ts';
import { LOGIN, loginFrom, type Account } from './model.ts';
import { AccountStore } from './store.ts';

/** `at` is real time. */
export interface AccountCommand {
  readonly commandId: string;
  readonly at: Instant;
  readonly trace?: Trace;
}

export interface NewLogin {
  readonly personId: string;
  readonly login: string;
  /** Null: tokens only. Hashed by the caller, outside the transaction, because that takes half a second. */
  readonly password: { readonly hash: string; readonly oneTime: boolean } | null;
}

@Injectable()
export class AccountService {
  readonly #store: AccountStore;
  readonly #people: PersonStore;
  readonly #sessions: SessionStore;
  readonly #audit: AuditService;

  constructor(store: AccountStore, people: PersonStore, sessions: SessionStore, audit: AuditService) {
    this.#store = store;
    this.#people = people;
    this.#sessions = sessions;
    this.#audit = audit;
  }

  /** Refuses `ACCOUNT_UNKNOWN`. */
  async get(tx: Tx, id: string): Promise<Account> {
    return (await this.#store.byId(tx, id)) ?? refuse('ACCOUNT_UNKNOWN', 'unknown');
  }

  /** The page's first-visit guide is put away, on every device. `at` is real time. */
  async seeGuide(tx: Tx, id: string, at: Instant): Promise<void> {
    await this.#store.seeGuide(tx, id, at);
  }

  async ofPeople(tx: Tx, personIds: readonly string[]): Promise<Account[]> {
    return this.#store.ofPeople(tx, personIds);
  }

  /** Refuses `LOGIN_INVALID`, `LOGIN_TAKEN`, `PERSON_UNKNOWN`, `PERSON_ERASED`. */
  async open(tx: Tx, { personId, login: typed, password }: NewLogin, command: AccountCommand): Promise<Account> {
    const login = loginFrom(typed);
    if (!LOGIN.test(login)) refuse('LOGIN_INVALID', 'invalid');
    const person = await this.#people.lock(tx, personId);
    if (!person || !within(person.orgPath, tx.scope.orgPath)) return refuse('PERSON_UNKNOWN', 'unknown');
    if (person.erased) refuse('PERSON_ERASED', 'state');
    const id = deriveId(command.commandId, `account ${login}`);
    const inserted = await this.#store.insert(tx, {
      id,
      personId,
      login,
      passwordHash: password?.hash ?? null,
      oneTimePasswordUntil: password?.oneTime ? oneTimePasswordEndsAt(command.at) : null,
      createdAt: command.at,
    });
    if (!inserted) refuse('LOGIN_TAKEN', 'rule');
    await this.#record(tx, command, 'accounts.accountOpened', id);
    return this.get(tx, id);
  }

  /** Gives a one-time password and ends all sessions. Refuses `ACCOUNT_UNKNOWN`, `ACCOUNT_CLOSED`, `ACCOUNT_STALE`. */
  async reset(tx: Tx, id: string, oneTimeHash: string, command: AccountCommand): Promise<Account> {
    const credential = (await this.#store.credential(tx, id)) ?? refuse('ACCOUNT_UNKNOWN', 'unknown');
    const [person] = await this.#people.byIds(tx, [credential.personId]);
    if (!person || !within(person.orgPath, tx.scope.orgPath)) refuse('ACCOUNT_UNKNOWN', 'unknown');
    if (credential.state === 'closed') refuse('ACCOUNT_CLOSED', 'state');
    const until = oneTimePasswordEndsAt(command.at);
    const changed = await this.#store.setPassword(tx, id, credential.passwordHash, oneTimeHash, until);
    if (!changed) refuse('ACCOUNT_STALE', 'state');
    await this.#sessions.endAllOf(tx, [id]);
    await this.#record(tx, command, 'accounts.passwordReset', id);
    return this.get(tx, id);
  }

  async #record(tx: Tx, { at, trace, commandId }: AccountCommand, action: string, id: string): Promise<void> {
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject: `account:${id}`, outcome: 'done' });
  }
}
