import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/service.ts';
import { WallClock } from '../calendar/clock.ts';
import { refuse } from '../kernel/refusal.ts';
import { tenantScope, type OrgPath, type Scope, type TenantId } from '../kernel/scope.ts';
import { Passwords } from '../platform/crypto/passwords.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { hashOf } from '../platform/ids.ts';
import { GrantService } from './grants/service.ts';
import { AccountService } from './logins/service.ts';
import { assertPassword } from './sign-in/model.ts';
import type { Role } from './model.ts';
import { PeopleService } from './people/service.ts';
import { TenantStore } from './store.ts';
import { UnitService } from './units/service.ts';

/** A person with one account and the roles it starts with. */
export interface Member {
  readonly login: string;
  readonly name: string;
  readonly phone?: string;
  /** Code of the employing unit. */
  readonly unit?: string;
  readonly orgPath: OrgPath;
  readonly roles: readonly { readonly role: Role; readonly orgPath: OrgPath }[];
  /** Null: tokens only. */
  readonly password: { readonly text: string; readonly oneTime: boolean } | null;
}

export interface Enrolled {
  readonly login: string;
  readonly personId: string;
  readonly accountId: string;
}

/**
 * Sets up tenants and their people from inside the installation (`npm start`, demo, tests): there is no HTTP route to
 * it. It runs as the application's role in the new tenant's scope, so it needs neither the owner's rights nor a door,
 * and row-level security confines it to that one tenant.
 */
@Injectable()
export class TenantService {
  readonly #db: Database;
  readonly #store: TenantStore;
  readonly #units: UnitService;
  readonly #people: PeopleService;
  readonly #accounts: AccountService;
  readonly #grants: GrantService;
  readonly #passwords: Passwords;
  readonly #audit: AuditService;
  readonly #wall: WallClock;

  constructor(
    db: Database,
    store: TenantStore,
    units: UnitService,
    people: PeopleService,
    accounts: AccountService,
    grants: GrantService,
    passwords: Passwords,
    audit: AuditService,
    wall: WallClock,
  ) {
    this.#db = db;
    this.#store = store;
    this.#units = units;
    this.#people = people;
    this.#accounts = accounts;
    this.#grants = grants;
    this.#passwords = passwords;
    this.#audit = audit;
    this.#wall = wall;
  }

  async exists(tenant: TenantId): Promise<boolean> {
    return this.#db.within(tenantScope(tenant), async (tx) => (await this.#store.name(tx)) !== undefined);
  }

  /** The tenant's display name; refuses `TENANT_UNKNOWN`. */
  async name(tx: Tx): Promise<string> {
    return (await this.#store.name(tx)) ?? refuse('TENANT_UNKNOWN', 'unknown');
  }

  /** A tenant with its first administrators, wholly or not at all. Refuses `TENANT_EXISTS` and what `enrol` refuses. */
  async createTenant(tenant: TenantId, name: string, administrators: readonly Member[]): Promise<Enrolled[]> {
    const hashes = await this.#hashes(administrators);
    return this.#db.within(tenantScope(tenant), async (tx) => {
      const at = this.#wall.now();
      if (!(await this.#store.insert(tx, name, at))) refuse('TENANT_EXISTS', 'state');
      const subject = `tenant:${tenant}`;
      await this.#audit.record(tx, { at, action: 'accounts.tenantCreated', subject, outcome: 'done' });
      return this.#enrolAll(tx, administrators, hashes);
    });
  }

  /**
   * More people of a tenant; takes about 0.4 s for each password, one after the other. Refuses `LOGIN_TAKEN`,
   * `LOGIN_INVALID`, `PASSWORD_WEAK`, `UNIT_UNKNOWN` and what granting refuses.
   */
  async enrol(scope: Scope, members: readonly Member[]): Promise<Enrolled[]> {
    const hashes = await this.#hashes(members);
    return this.#db.within(scope, (tx) => this.#enrolAll(tx, members, hashes));
  }

  async #hashes(members: readonly Member[]): Promise<ReadonlyMap<string, string>> {
    const hashes = new Map<string, string>();
    for (const { login, password } of members) {
      if (!password) continue;
      assertPassword(password.text, login);
      hashes.set(login, await this.#passwords.hash(password.text));
    }
    return hashes;
  }

  async #enrolAll(tx: Tx, members: readonly Member[], hashes: ReadonlyMap<string, string>): Promise<Enrolled[]> {
    const enrolled: Enrolled[] = [];
    for (const member of members) enrolled.push(await this.#enrol(tx, member, hashes.get(member.login)));
    return enrolled;
  }

  async #enrol(tx: Tx, member: Member, hash: string | undefined): Promise<Enrolled> {
    const { login, name, phone, orgPath, roles, password } = member;
    const command = { commandId: hashOf(tx.scope.tenant, 'enrol', login), at: this.#wall.now() };
    const unitId = member.unit === undefined ? null : await this.#unitId(tx, member.unit);
    const person = await this.#people.register(tx, { name, phone: phone ?? null, unitId, orgPath }, command);
    const secret = hash === undefined ? null : { hash, oneTime: password?.oneTime ?? false };
    const account = await this.#accounts.open(tx, { personId: person.id, login, password: secret }, command);
    for (const grant of roles) await this.#grants.grant(tx, { personId: person.id, ...grant }, command);
    return { login, personId: person.id, accountId: account.id };
  }

  async #unitId(tx: Tx, code: string): Promise<string> {
    const unit = (await this.#units.byCodes(tx, [code])).get(code);
    return unit?.id ?? refuse('UNIT_UNKNOWN', 'unknown');
  }
}
