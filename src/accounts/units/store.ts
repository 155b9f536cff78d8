import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { LocalDate } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Membership, OrgUnit, UnitKind, UnitLevel } from './model.ts';
import type { PlannedUnit } from './registration/model.ts';

const UNIT = `u.id, u.kind, u.code, u.name, u.org_path AS "orgPath", u.level, u.contact_post AS "contactPost", u.note,
  u.letterhead, u.signs_as AS "signsAs",
  u.left_on AS "leftOn", u.version`;

const MEMBERSHIP = 'm.unit_id AS "unitId", m.community_id AS "communityId", m.joined_on AS "joinedOn", m.left_on AS "leftOn"';

/** A membership holds on a day `$n`. */
const holdsOn = (day: string): string => `m.joined_on <= ${day} AND (m.left_on IS NULL OR m.left_on > ${day})`;

export interface NewUnit extends PlannedUnit {
  readonly id: string;
}

export interface UnitChange {
  readonly name: string;
  readonly level: UnitLevel | null;
  readonly contactPost: string | null;
  readonly note: string | null;
  readonly letterhead: string | null;
  readonly signsAs: string | null;
}

export interface UnitQuery {
  readonly kind?: UnitKind | undefined;
  readonly community?: string | undefined;
  readonly on: LocalDate;
  readonly withLeft: boolean;
  readonly afterCode: string | undefined;
  readonly limit: number;
}

@Injectable()
export class UnitStore {
  async all(tx: Tx): Promise<OrgUnit[]> {
    return tx.query<OrgUnit>(`SELECT ${UNIT} FROM accounts_org_unit u WHERE u.tenant_id = $1 ORDER BY u.code`, [
      tx.scope.tenant,
    ]);
  }

  async byIds(tx: Tx, ids: readonly string[]): Promise<OrgUnit[]> {
    return tx.lookup<OrgUnit>(`SELECT ${UNIT} FROM accounts_org_unit u WHERE u.tenant_id = $1 AND u.id = ANY($2::uuid[])`, [
      tx.scope.tenant,
      ids,
    ]);
  }

  async byCodes(tx: Tx, codes: readonly string[]): Promise<OrgUnit[]> {
    return tx.query<OrgUnit>(`SELECT ${UNIT} FROM accounts_org_unit u WHERE u.tenant_id = $1 AND u.code = ANY($2::text[])`, [
      tx.scope.tenant,
      codes,
    ]);
  }

  async byPath(tx: Tx, orgPath: OrgPath): Promise<OrgUnit | undefined> {
    const [unit] = await tx.query<OrgUnit>(
      `SELECT ${UNIT} FROM accounts_org_unit u WHERE u.tenant_id = $1 AND u.org_path = $2`,
      [tx.scope.tenant, orgPath],
    );
    return unit;
  }

  async ofKind(tx: Tx, kind: UnitKind, on: LocalDate): Promise<OrgUnit[]> {
    return tx.query<OrgUnit>(
      `SELECT ${UNIT} FROM accounts_org_unit u
        WHERE u.tenant_id = $1 AND u.kind = $2 AND (u.left_on IS NULL OR u.left_on > $3::date) ORDER BY u.code`,
      [tx.scope.tenant, kind, on],
    );
  }

  /** By code; those that are there on the day, `withLeft` also those that are no longer. */
  async page(tx: Tx, query: UnitQuery): Promise<OrgUnit[]> {
    return tx.query<OrgUnit>(
      `SELECT ${UNIT} FROM accounts_org_unit u
        WHERE u.tenant_id = $1
          AND ($7 OR u.left_on IS NULL OR u.left_on > $2::date)
          AND ($3::text IS NULL OR u.kind = $3)
          AND ($4::uuid IS NULL OR EXISTS (
                SELECT 1 FROM accounts_membership m
                 WHERE m.tenant_id = u.tenant_id AND m.unit_id = u.id AND m.community_id = $4 AND ${holdsOn('$2::date')}))
          AND ($5::text IS NULL OR u.code > $5)
        ORDER BY u.code
        LIMIT $6`,
      [tx.scope.tenant, query.on, query.kind ?? null, query.community ?? null, query.afterCode ?? null, query.limit + 1, query.withLeft],
    );
  }

  async membersOf(tx: Tx, communityId: string, on: LocalDate): Promise<OrgUnit[]> {
    return tx.query<OrgUnit>(
      `SELECT ${UNIT} FROM accounts_membership m
         JOIN accounts_org_unit u ON u.tenant_id = m.tenant_id AND u.id = m.unit_id
        WHERE m.tenant_id = $1 AND m.community_id = $2 AND ${holdsOn('$3::date')} ORDER BY u.code`,
      [tx.scope.tenant, communityId, on],
    );
  }

  async communitiesOf(tx: Tx, unitId: string, on: LocalDate): Promise<OrgUnit[]> {
    return tx.query<OrgUnit>(
      `SELECT ${UNIT} FROM accounts_membership m
         JOIN accounts_org_unit u ON u.tenant_id = m.tenant_id AND u.id = m.community_id
        WHERE m.tenant_id = $1 AND m.unit_id = $2 AND ${holdsOn('$3::date')} ORDER BY u.code`,
      [tx.scope.tenant, unitId, on],
    );
  }

  async memberships(tx: Tx, on: LocalDate): Promise<Membership[]> {
    return tx.query<Membership>(
      `SELECT ${MEMBERSHIP} FROM accounts_membership m WHERE m.tenant_id = $1 AND ${holdsOn('$2::date')}`,
      [tx.scope.tenant, on],
    );
  }

  async historyOf(tx: Tx, unitId: string): Promise<Membership[]> {
    return tx.query<Membership>(
      `SELECT ${MEMBERSHIP} FROM accounts_membership m WHERE m.tenant_id = $1 AND m.unit_id = $2
        ORDER BY m.joined_on, m.community_id`,
      [tx.scope.tenant, unitId],
    );
  }

  async insert(tx: Tx, units: readonly NewUnit[]): Promise<void> {
    if (units.length === 0) return;
    await tx.query(
      `INSERT INTO accounts_org_unit (tenant_id, id, kind, code, name, org_path, level, contact_post, note)
       SELECT $1, id, kind, code, name, "orgPath", level, "contactPost", note
         FROM jsonb_to_recordset($2::jsonb) AS unit(id uuid, kind text, code text, name text, "orgPath" text,
              level text, "contactPost" text, note text)`,
      [tx.scope.tenant, JSON.stringify(units)],
    );
  }

  /** Undefined when the unit has another version by now. */
  async update(tx: Tx, id: string, version: number, change: UnitChange): Promise<OrgUnit | undefined> {
    const [unit] = await tx.query<OrgUnit>(
      `UPDATE accounts_org_unit u SET name = $4, level = $5, contact_post = $6, note = $7, letterhead = $8, signs_as = $9, version = version + 1
        WHERE u.tenant_id = $1 AND u.id = $2 AND u.version = $3 RETURNING ${UNIT}`,
      [tx.scope.tenant, id, version, change.name, change.level, change.contactPost, change.note, change.letterhead, change.signsAs],
    );
    return unit;
  }

  async close(tx: Tx, id: string, version: number, leftOn: LocalDate): Promise<OrgUnit | undefined> {
    const [unit] = await tx.query<OrgUnit>(
      `UPDATE accounts_org_unit u SET left_on = $4, version = version + 1
        WHERE u.tenant_id = $1 AND u.id = $2 AND u.version = $3 AND u.left_on IS NULL RETURNING ${UNIT}`,
      [tx.scope.tenant, id, version, leftOn],
    );
    return unit;
  }

  /** Memberships that are open already stay; says how many are new. */
  async join(tx: Tx, pairs: readonly { unitId: string; communityId: string }[], joinedOn: LocalDate): Promise<number> {
    if (pairs.length === 0) return 0;
    const added = await tx.query(
      `INSERT INTO accounts_membership (tenant_id, unit_id, community_id, joined_on)
       SELECT $1, "unitId", "communityId", $3::date
         FROM jsonb_to_recordset($2::jsonb) AS pair("unitId" uuid, "communityId" uuid)
       ON CONFLICT DO NOTHING RETURNING unit_id`,
      [tx.scope.tenant, JSON.stringify(pairs), joinedOn],
    );
    return added.length;
  }

  /** Ends open memberships of a unit, or of a community, or the one between both; never before they began. */
  async leave(tx: Tx, of: { unitId?: string; communityId?: string }, leftOn: LocalDate): Promise<number> {
    const ended = await tx.query(
      `UPDATE accounts_membership m SET left_on = greatest($4::date, m.joined_on)
        WHERE m.tenant_id = $1 AND m.left_on IS NULL
          AND ($2::uuid IS NULL OR m.unit_id = $2) AND ($3::uuid IS NULL OR m.community_id = $3)
       RETURNING m.unit_id`,
      [tx.scope.tenant, of.unitId ?? null, of.communityId ?? null, leftOn],
    );
    return ended.length;
  }
}
