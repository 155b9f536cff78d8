import { Inject, Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Config } from '../../platform/config.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { deriveId, hashOf } from '../../platform/ids.ts';
import { CONFIG } from '../../platform/module.ts';
import type { Identity } from '../../platform/openid/client.ts';
import { AccountStore } from '../logins/store.ts';
import { PersonStore } from '../people/store.ts';
import { SessionStore } from '../sessions/store.ts';
import type { LinkedIdentity } from './model.ts';
import { IdentityStore } from './store.ts';

/** A name at a provider is looked up before its tenant is known. */
const ANY_TENANT = 'nobody' as TenantId;
const FIELD = 'accounts_identity.subject';

/** `at` is real time. */
export interface IdentityCommand {
  readonly commandId: string;
  readonly at: Instant;
  readonly trace: Trace;
}

export interface FoundAccount {
  readonly tenant: TenantId;
  readonly accountId: string;
}

/** Who opens which account by signing in elsewhere: linked by an administrator, by the provider's own name of the person. */
@Injectable()
export class IdentityService {
  readonly #db: Database;
  readonly #store: IdentityStore;
  readonly #accounts: AccountStore;
  readonly #people: PersonStore;
  readonly #sessions: SessionStore;
  readonly #index: BlindIndex;
  readonly #audit: AuditService;
  readonly #issuer: string | undefined;

  constructor(
    db: Database,
    store: IdentityStore,
    accounts: AccountStore,
    people: PersonStore,
    sessions: SessionStore,
    index: BlindIndex,
    audit: AuditService,
    @Inject(CONFIG) config: Config,
  ) {
    this.#db = db;
    this.#store = store;
    this.#accounts = accounts;
    this.#people = people;
    this.#sessions = sessions;
    this.#index = index;
    this.#audit = audit;
    this.#issuer = config.openid?.issuer;
  }

  async find({ issuer, subject }: Identity): Promise<FoundAccount | undefined> {
    const indexes = this.#index.candidates(ANY_TENANT, FIELD, hashOf(issuer, subject));
    const [found] = await this.#db.door<{ tenant_id: TenantId; account_id: string }>('door_identity', [indexes]);
    return found && { tenant: found.tenant_id, accountId: found.account_id };
  }

  /** Refuses `ACCOUNT_UNKNOWN`. */
  async ofAccount(tx: Tx, accountId: string): Promise<LinkedIdentity[]> {
    await this.#visible(tx, accountId);
    return this.#store.ofAccount(tx, accountId);
  }

  /** Refuses `OPENID_NONE`, `ACCOUNT_UNKNOWN`, `ACCOUNT_CLOSED`, `IDENTITY_TAKEN`. */
  async link(tx: Tx, accountId: string, subject: string, command: IdentityCommand): Promise<LinkedIdentity> {
    const issuer = this.#issuer ?? refuse('OPENID_NONE', 'rule');
    const account = await this.#visible(tx, accountId);
    if (account.state === 'closed') refuse('ACCOUNT_CLOSED', 'state');
    const id = deriveId(command.commandId, `identity ${accountId}`);
    const identity = { id, accountId, issuer, linkedAt: command.at };
    const index = this.#index.of(ANY_TENANT, FIELD, hashOf(issuer, subject));
    if (!(await this.#store.insert(tx, identity, index))) refuse('IDENTITY_TAKEN', 'rule');
    await this.#record(tx, command, 'accounts.identityLinked', identity);
    return identity;
  }

  /** Ends the account's sessions too: one of them may be that identity's. Refuses `ACCOUNT_UNKNOWN`, `IDENTITY_UNKNOWN`. */
  async unlink(tx: Tx, accountId: string, id: string, command: IdentityCommand): Promise<LinkedIdentity> {
    await this.#visible(tx, accountId);
    const identity = (await this.#store.remove(tx, accountId, id)) ?? refuse('IDENTITY_UNKNOWN', 'unknown');
    await this.#sessions.endAllOf(tx, [accountId]);
    await this.#record(tx, command, 'accounts.identityUnlinked', identity);
    return identity;
  }

  async #visible(tx: Tx, accountId: string) {
    const account = (await this.#accounts.byId(tx, accountId)) ?? refuse('ACCOUNT_UNKNOWN', 'unknown');
    const [person] = await this.#people.byIds(tx, [account.personId]);
    return person && within(person.orgPath, tx.scope.orgPath) ? account : refuse('ACCOUNT_UNKNOWN', 'unknown');
  }

  async #record(tx: Tx, { at, trace, commandId }: IdentityCommand, action: string, identity: LinkedIdentity): Promise<void> {
    const subject = `account:${identity.accountId}`;
    const changes = { identity: identity.id };
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject, outcome: 'done', changes });
  }
}
