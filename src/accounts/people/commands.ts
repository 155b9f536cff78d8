import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { traceOf, type Trace } from '../../audit/model.ts';
import { WallClock } from '../../calendar/clock.ts';
import type { Instant } from '../../kernel/time.ts';
import { Passwords } from '../../platform/crypto/passwords.ts';
import { newOneTimePassword } from '../../platform/crypto/secret.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { GrantService } from '../grants/service.ts';
import { AccountService } from '../logins/service.ts';
import {
  accountView,
  grantView,
  personView,
  type AccountView,
  type GrantView,
  type NewAccount,
  type NewGrant,
  type NewPerson,
  type OpenedAccount,
  type PersonPatch,
  type PersonView,
} from './schemas.ts';
import { maskedPerson, PeopleService } from './service.ts';

interface Command {
  readonly commandId: string;
  readonly at: Instant;
  readonly trace: Trace;
}

/** Real time throughout: access must not follow a tenant's business clock. */
@Injectable()
export class PeopleCommands {
  readonly #db: Database;
  readonly #people: PeopleService;
  readonly #accounts: AccountService;
  readonly #grants: GrantService;
  readonly #passwords: Passwords;
  readonly #wall: WallClock;

  constructor(
    db: Database,
    people: PeopleService,
    accounts: AccountService,
    grants: GrantService,
    passwords: Passwords,
    wall: WallClock,
  ) {
    this.#db = db;
    this.#people = people;
    this.#accounts = accounts;
    this.#grants = grants;
    this.#passwords = passwords;
    this.#wall = wall;
  }

  /** What is stored for repeats holds the masked name: the idempotency store is no place for personal data. */
  async register(caller: Caller, key: RequestKey, person: z.output<typeof NewPerson>): Promise<z.infer<typeof PersonView>> {
    return this.#once('accounts.manage', caller, key, async (tx, command) =>
      personView(maskedPerson(await this.#people.register(tx, person, command))),
    );
  }

  async change(
    caller: Caller,
    key: RequestKey,
    id: string,
    version: number,
    patch: z.output<typeof PersonPatch>,
  ): Promise<z.infer<typeof PersonView>> {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    return this.#once('accounts.manage', caller, key, async (tx, command) =>
      personView(maskedPerson(await this.#people.change(tx, id, version, given, command))),
    );
  }

  async grant(
    caller: Caller,
    key: RequestKey,
    personId: string,
    wanted: z.output<typeof NewGrant>,
  ): Promise<z.infer<typeof GrantView>> {
    return this.#once('accounts.grant', caller, key, async (tx, command) =>
      grantView(await this.#grants.grant(tx, { personId, ...wanted }, command)),
    );
  }

  async revoke(caller: Caller, key: RequestKey, grantId: string): Promise<z.infer<typeof GrantView>> {
    return this.#once('accounts.grant', caller, key, async (tx, command) =>
      grantView(await this.#grants.revoke(tx, grantId, command)),
    );
  }

  async openAccount(
    caller: Caller,
    key: RequestKey,
    personId: string,
    { login }: z.output<typeof NewAccount>,
  ): Promise<z.infer<typeof OpenedAccount>> {
    return this.#withOneTimePassword(caller, key, async (tx, hash, command) =>
      accountView(await this.#accounts.open(tx, { personId, login, password: { hash, oneTime: true } }, command)),
    );
  }

  async resetPassword(caller: Caller, key: RequestKey, accountId: string): Promise<z.infer<typeof OpenedAccount>> {
    return this.#withOneTimePassword(caller, key, async (tx, hash, command) =>
      accountView(await this.#accounts.reset(tx, accountId, hash, command)),
    );
  }

  /** The password itself is never stored, not even as the answer kept for repeats. */
  async #withOneTimePassword(
    caller: Caller,
    key: RequestKey,
    work: (tx: Tx, hash: string, command: Command) => Promise<z.infer<typeof AccountView>>,
  ): Promise<z.infer<typeof OpenedAccount>> {
    const password = newOneTimePassword();
    const hash = await this.#passwords.hash(password);
    let fresh = false;
    const account = await this.#once('accounts.manage', caller, key, (tx, command) => {
      fresh = true;
      return work(tx, hash, command);
    });
    return { ...account, oneTimePassword: fresh ? password : null };
  }

  async #once<Answer>(
    permission: 'accounts.manage' | 'accounts.grant',
    caller: Caller,
    key: RequestKey,
    work: (tx: Tx, command: Command) => Promise<Answer>,
  ): Promise<Answer> {
    const at = this.#wall.now();
    const command = { commandId: key.commandId, at, trace: traceOf(caller, key) };
    return once(this.#db, scopeFor(caller, permission), key, at, (tx) => work(tx, command));
  }
}
