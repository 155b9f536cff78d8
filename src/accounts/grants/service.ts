import { Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within, type OrgPath } from '../../kernel/scope.ts';
import { laterOf, type Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import { DeputyStore } from '../deputies/store.ts';
import { assertCompatible, covers, grantsOf, isRole, type EffectiveGrant, type HeldRole, type Permission } from '../model.ts';
import { PersonStore } from '../people/store.ts';
import { rolesWith, type Grant, type Holder } from './model.ts';
import { GrantStore } from './store.ts';

export interface NewGrant {
  readonly personId: string;
  readonly role: string;
  readonly orgPath: OrgPath;
  /** Absent: from now on. */
  readonly from?: Instant | undefined;
  readonly until?: Instant | null | undefined;
}

/** `at` is real time. */
export interface GrantCommand {
  readonly commandId: string;
  readonly at: Instant;
  readonly trace?: Trace;
}

@Injectable()
export class GrantService {
  readonly #store: GrantStore;
  readonly #people: PersonStore;
  readonly #deputies: DeputyStore;
  readonly #audit: AuditService;
  readonly #wall: WallClock;

  constructor(store: GrantStore, people: PersonStore, deputies: DeputyStore, audit: AuditService, wall: WallClock) {
    this.#store = store;
    this.#people = people;
    this.#deputies = deputies;
    this.#audit = audit;
    this.#wall = wall;
  }

  /** For the second check inside a transaction: whether the person may do this there, now. */
  async holds(tx: Tx, personId: string, permission: Permission, orgPath: OrgPath): Promise<boolean> {
    return this.#store.holdsAny(tx, personId, rolesWith(permission), orgPath, this.#wall.now());
  }

  /** Who holds the role for that place, nearest place first: whom a wait or a message addresses. */
  async holdersOf(tx: Tx, role: string, orgPath: OrgPath): Promise<Holder[]> {
    return this.#store.holdersOf(tx, role, orgPath, this.#wall.now());
  }

  async ofPeople(tx: Tx, personIds: readonly string[]): Promise<Grant[]> {
    return this.#store.ofPeople(tx, personIds);
  }

  async inForce(tx: Tx, personId: string, at: Instant): Promise<EffectiveGrant[]> {
    const grants = await this.#store.ofPeople(tx, [personId]);
    return grantsOf(grants.filter((grant) => covers(grant, at)));
  }

  /**
   * Gives a role at a place within the granter's own. Refuses `PERSON_UNKNOWN`, `ROLE_UNKNOWN`, `GRANT_SELF`,
   * `GRANT_PERIOD`, `GRANT_SCOPE`, `GRANT_EXCLUSIVE`, `GRANT_CONFLICT`, `GRANT_HELD`.
   */
  async grant(tx: Tx, wanted: NewGrant, command: GrantCommand): Promise<Grant> {
    const { role, orgPath, personId } = wanted;
    if (!isRole(role)) return refuse('ROLE_UNKNOWN', 'invalid');
    const person = await this.#people.lock(tx, personId);
    if (!person || !within(person.orgPath, tx.scope.orgPath)) return refuse('PERSON_UNKNOWN', 'unknown');
    if (person.erased) refuse('PERSON_ERASED', 'state');
    if (tx.scope.actor === personId) refuse('GRANT_SELF', 'rule');
    if (!within(orgPath, tx.scope.orgPath)) refuse('GRANT_SCOPE', 'forbidden');
    // Never backdated: what was done before stays done without the role.
    const period = { from: laterOf(wanted.from ?? command.at, command.at), until: wanted.until ?? null };
    if (period.until !== null && period.until <= period.from) refuse('GRANT_PERIOD', 'rule');
    const held = await this.#store.ofPeople(tx, [personId]);
    assertCompatible([...held, ...(await this.#deputies.lentRoles(tx, personId, command.at))], { role, ...period });
    const same = held.find((it) => it.role === role && it.orgPath === orgPath && covers(it, period.from));
    if (same) refuse('GRANT_HELD', 'state');
    const grant: Grant = {
      id: deriveId(command.commandId, `grant ${personId} ${role} ${orgPath}`),
      personId,
      role,
      orgPath,
      ...period,
      grantedBy: tx.scope.actor,
    };
    await this.#store.insert(tx, grant, command.at);
    const changes = { grant: grant.id, role, orgPath, from: grant.from, until: grant.until };
    await this.#record(tx, command, 'accounts.roleGranted', personId, changes);
    return grant;
  }

  /** All these roles at once, those held already left as they are. Refuses as `grant`. */
  async take(tx: Tx, personId: string, roles: readonly HeldRole[], command: GrantCommand): Promise<void> {
    const own = await this.inForce(tx, personId, command.at);
    for (const { role, orgPath } of roles) {
      const isHeld = own.some((it) => it.role === role && it.orgPath === orgPath);
      if (!isHeld) await this.grant(tx, { personId, role, orgPath }, command);
    }
  }

  /** From now on. Refuses `GRANT_UNKNOWN`, `GRANT_ENDED`. */
  async revoke(tx: Tx, grantId: string, command: GrantCommand): Promise<Grant> {
    const grant = await this.#store.byId(tx, grantId);
    if (!grant || !within(grant.orgPath, tx.scope.orgPath)) return refuse('GRANT_UNKNOWN', 'unknown');
    if (!(await this.#store.end(tx, grantId, command.at))) refuse('GRANT_ENDED', 'state');
    await this.#record(tx, command, 'accounts.roleRevoked', grant.personId, { grant: grantId, role: grant.role });
    return { ...grant, until: command.at > grant.from ? command.at : grant.from };
  }

  /** Everything the person holds or has lent, when the person leaves. */
  async revokeAll(tx: Tx, personId: string, at: Instant): Promise<void> {
    await this.#deputies.endAllOf(tx, personId, at);
    await this.#store.endAllOf(tx, personId, at);
  }

  async #record(
    tx: Tx,
    { at, trace, commandId }: GrantCommand,
    action: string,
    personId: string,
    changes: Readonly<Record<string, string | null>>,
  ): Promise<void> {
    const subject = `person:${personId}`;
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject, outcome: 'done', changes });
  }
}
