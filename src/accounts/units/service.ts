import { Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within, type OrgPath } from '../../kernel/scope.ts';
import type { Instant, LocalDate } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import { isPartner, isThere, type Membership, type OrgUnit, type UnitKind, type UnitRow } from './model.ts';
import { planRegistration, type RowError } from './registration/model.ts';
import { UnitStore, type UnitChange, type UnitQuery } from './store.ts';

/** When a change counts and who sent it; `commandId` gives new units their ids. */
export interface UnitCommand {
  readonly commandId: string;
  readonly at: Instant;
  readonly trace?: Trace;
}

export interface RegisterOptions extends UnitCommand {
  /** First day of new memberships. */
  readonly joinedOn: LocalDate;
}

export interface Registered {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly memberships: number;
  /** Lines that were left out. */
  readonly errors: readonly RowError[];
}

/**
 * Offices, communities and partner bodies of the tenant, and who takes part where and when. Units are no personal
 * data, so reading is not narrowed to the caller's subtree; changing offices and communities is.
 */
@Injectable()
export class UnitService {
  readonly #store: UnitStore;
  readonly #audit: AuditService;

  constructor(store: UnitStore, audit: AuditService) {
    this.#store = store;
    this.#audit = audit;
  }

  /** Refuses `UNIT_UNKNOWN`. */
  async get(tx: Tx, id: string): Promise<OrgUnit> {
    const [unit] = await this.#store.byIds(tx, [id]);
    return unit ?? refuse('UNIT_UNKNOWN', 'unknown');
  }

  async byIds(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OrgUnit>> {
    const units = await this.#store.byIds(tx, ids);
    return new Map(units.map((unit) => [unit.id, unit]));
  }

  async byCodes(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, OrgUnit>> {
    const units = await this.#store.byCodes(tx, codes);
    return new Map(units.map((unit) => [unit.code, unit]));
  }

  /** The unit whose own node this is: a liaison's grant at `/units/gj01/` names the unit. */
  async atPath(tx: Tx, orgPath: OrgPath): Promise<OrgUnit | undefined> {
    return this.#store.byPath(tx, orgPath);
  }

  async all(tx: Tx): Promise<OrgUnit[]> {
    return this.#store.all(tx);
  }

  async ofKind(tx: Tx, kind: UnitKind, on: LocalDate): Promise<OrgUnit[]> {
    return this.#store.ofKind(tx, kind, on);
  }

  /** Up to one more than `limit`. */
  async page(tx: Tx, query: UnitQuery): Promise<OrgUnit[]> {
    return this.#store.page(tx, query);
  }

  async membersOf(tx: Tx, communityId: string, on: LocalDate): Promise<OrgUnit[]> {
    return this.#store.membersOf(tx, communityId, on);
  }

  async communitiesOf(tx: Tx, unitId: string, on: LocalDate): Promise<OrgUnit[]> {
    return this.#store.communitiesOf(tx, unitId, on);
  }

  /** All that hold on the day. */
  async memberships(tx: Tx, on: LocalDate): Promise<Membership[]> {
    return this.#store.memberships(tx, on);
  }

  async membershipsOf(tx: Tx, unitId: string): Promise<Membership[]> {
    return this.#store.historyOf(tx, unitId);
  }

  /** Takes the lines that are right and says which are not; the caller decides whether that may stand. */
  async registerUnits(tx: Tx, rows: readonly UnitRow[], options: RegisterOptions): Promise<Registered> {
    const plan = planRegistration(rows, await this.#store.all(tx));
    for (const unit of plan.create) this.#assertMine(tx, unit.kind, unit.orgPath);
    for (const { unit } of plan.update) this.#assertMine(tx, unit.kind, unit.orgPath);
    const created = plan.create.map((unit) => ({ ...unit, id: deriveId(options.commandId, unit.code) }));
    await this.#store.insert(tx, created);
    for (const { unit, row } of plan.update) await this.#update(tx, unit, unit.version, { ...unit, ...filled(row) });
    const ids = await this.#store.byCodes(tx, [...new Set(plan.join.flatMap(({ unit, community }) => [unit, community]))]);
    const idOf = new Map(ids.map((unit) => [unit.code.toLowerCase(), unit.id]));
    const pairs = plan.join.map(({ unit, community }) => ({
      unitId: idOf.get(unit.toLowerCase())!,
      communityId: idOf.get(community.toLowerCase())!,
    }));
    const memberships = await this.#store.join(tx, pairs, options.joinedOn);
    const counts = { created: created.length, updated: plan.update.length, unchanged: plan.unchanged, memberships };
    await this.#record(tx, options, 'accounts.unitsRegistered', `import:${options.commandId}`, counts);
    return { ...counts, errors: plan.errors };
  }

  /** One unit. Refuses with the code of the line's error, and `UNIT_CODE_TAKEN`. */
  async register(tx: Tx, row: UnitRow, options: RegisterOptions): Promise<OrgUnit> {
    const [taken] = await this.#store.byCodes(tx, [row.code]);
    if (taken) refuse('UNIT_CODE_TAKEN', 'rule');
    const { errors } = await this.registerUnits(tx, [row], options);
    const [error] = errors;
    if (error) refuse(error.code, 'rule', error.params);
    return this.get(tx, deriveId(options.commandId, row.code));
  }

  /** Refuses `UNIT_UNKNOWN`, `UNIT_STALE`. */
  async change(tx: Tx, id: string, version: number, change: Partial<UnitChange>, command: UnitCommand): Promise<OrgUnit> {
    const unit = await this.get(tx, id);
    this.#assertMine(tx, unit.kind, unit.orgPath);
    const changed = await this.#update(tx, unit, version, { ...unit, ...change });
    await this.#record(tx, command, 'accounts.unitChanged', `unit:${id}`, { version: changed.version });
    return changed;
  }

  /** Also ends its memberships on that day. Refuses `UNIT_UNKNOWN`, `UNIT_STALE`, `UNIT_CLOSED`. */
  async close(tx: Tx, id: string, version: number, leftOn: LocalDate, command: UnitCommand): Promise<OrgUnit> {
    const unit = await this.get(tx, id);
    this.#assertMine(tx, unit.kind, unit.orgPath);
    if (unit.leftOn !== null) refuse('UNIT_CLOSED', 'state');
    const closed = (await this.#store.close(tx, id, version, leftOn)) ?? refuse('UNIT_STALE', 'stale');
    const ended = await this.#store.leave(tx, isPartner(unit.kind) ? { unitId: id } : { communityId: id }, leftOn);
    await this.#record(tx, command, 'accounts.unitClosed', `unit:${id}`, { leftOn, memberships: ended });
    return closed;
  }

  /** Refuses `UNIT_UNKNOWN`, `UNIT_NOT_PARTNER`, `UNIT_COMMUNITY_UNKNOWN`, `UNIT_CLOSED`, `MEMBERSHIP_OPEN`. */
  async join(tx: Tx, unitId: string, communityId: string, joinedOn: LocalDate, command: UnitCommand): Promise<Membership> {
    const { unit, community } = await this.#pair(tx, unitId, communityId);
    if (!isThere(unit, joinedOn) || !isThere(community, joinedOn)) refuse('UNIT_CLOSED', 'state');
    if ((await this.#store.join(tx, [{ unitId, communityId }], joinedOn)) === 0) refuse('MEMBERSHIP_OPEN', 'state');
    await this.#record(tx, command, 'accounts.membershipBegan', `unit:${unitId}`, { communityId, joinedOn });
    return { unitId, communityId, joinedOn, leftOn: null };
  }

  /** Refuses `UNIT_UNKNOWN`, `UNIT_NOT_PARTNER`, `UNIT_COMMUNITY_UNKNOWN`, `MEMBERSHIP_UNKNOWN`. */
  async leave(tx: Tx, unitId: string, communityId: string, leftOn: LocalDate, command: UnitCommand): Promise<void> {
    await this.#pair(tx, unitId, communityId);
    if ((await this.#store.leave(tx, { unitId, communityId }, leftOn)) === 0) refuse('MEMBERSHIP_UNKNOWN', 'state');
    await this.#record(tx, command, 'accounts.membershipEnded', `unit:${unitId}`, { communityId, leftOn });
  }

  async #pair(tx: Tx, unitId: string, communityId: string): Promise<{ unit: OrgUnit; community: OrgUnit }> {
    const units = await this.byIds(tx, [unitId, communityId]);
    const unit = units.get(unitId) ?? refuse('UNIT_UNKNOWN', 'unknown');
    const community = units.get(communityId);
    if (!isPartner(unit.kind)) refuse('UNIT_NOT_PARTNER', 'rule');
    if (community?.kind !== 'community') return refuse('UNIT_COMMUNITY_UNKNOWN', 'rule', { missing: 1 });
    this.#assertMine(tx, community.kind, community.orgPath);
    return { unit, community };
  }

  async #update(tx: Tx, unit: OrgUnit, version: number, change: UnitChange): Promise<OrgUnit> {
    return (await this.#store.update(tx, unit.id, version, change)) ?? refuse('UNIT_STALE', 'stale');
  }

  /** Partner bodies belong to the whole tenant; a place in the tree only to who administers it or a place above. */
  #assertMine(tx: Tx, kind: UnitKind, orgPath: OrgPath): void {
    if (!isPartner(kind) && !within(orgPath, tx.scope.orgPath)) refuse('UNIT_UNKNOWN', 'unknown');
  }

  async #record(
    tx: Tx,
    { at, trace, commandId }: UnitCommand,
    action: string,
    subject: string,
    changes: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject, outcome: 'done', changes });
  }
}

function filled(row: UnitRow): Partial<UnitChange> {
  return {
    name: row.name,
    ...(row.level !== undefined && { level: row.level }),
    ...(row.contactPost !== undefined && { contactPost: row.contactPost }),
    ...(row.note !== undefined && { note: row.note }),
  };
}
