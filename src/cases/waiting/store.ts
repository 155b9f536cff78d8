import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant, LocalDate } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';

export interface OpenWait {
  readonly caseId: string;
  readonly kind: string;
  readonly name: string;
  readonly orgPath: OrgPath;
  readonly ownerRole: string;
  readonly ownerOrgUnit: string | null;
  readonly due: Instant | null;
  readonly wakeAt: Instant | null;
  readonly otherwise: string;
  /** Since when this owner holds the ball. */
  readonly since: Instant;
  /** By a person. */
  readonly reminders: number;
  readonly remindedOn: LocalDate | null;
  readonly isMine: boolean;
}

export interface OwnerSummary {
  readonly ownerRole: string;
  readonly ownerOrgUnit: string | null;
  readonly count: number;
  readonly oldest: Instant;
  readonly overdue: number;
  readonly firstDue: Instant | null;
  /** When the next of them moves by itself. */
  readonly nextWake: Instant | null;
}

/** What a reader may see: places with everything below them, and waits that these units own, wherever the case is. */
export interface Sight {
  readonly places: readonly OrgPath[];
  readonly units: readonly string[];
  /** As whom the reader may be awaited. */
  readonly roles: readonly HeldRole[];
}

export interface HeldRole {
  readonly role: string;
  readonly path: OrgPath;
  /** The unit whose own node the role is held at. */
  readonly unit: string | null;
}

export type WaitTurn = 'mine' | 'other' | 'system';

export interface WaitFilter {
  readonly role?: string | undefined;
  /** `none`: of no unit in particular. */
  readonly orgUnitId?: string | undefined;
  readonly kind?: string | undefined;
  readonly late?: boolean | undefined;
  readonly path?: OrgPath | undefined;
  readonly turn?: WaitTurn | undefined;
  /** Due at or after, and before. */
  readonly dueFrom?: Instant | undefined;
  readonly dueBefore?: Instant | undefined;
  readonly reminded?: boolean | undefined;
  readonly caseId?: string | undefined;
}

export interface WaitKey {
  readonly caseId: string;
  readonly name: string;
}

const COLUMNS = `w.case_id AS "caseId", w.kind, w.name, w.org_path AS "orgPath", w.owner_role AS "ownerRole",
  w.owner_org_unit AS "ownerOrgUnit", w.due, w.wake_at AS "wakeAt", w.otherwise, w.since`;

/** A body's turn without a name is every body's, and so nobody's in particular. */
const MINE = `(w.owner_role <> 'system' AND EXISTS (SELECT FROM jsonb_to_recordset($4::jsonb) AS g(role text, path text, unit uuid)
  WHERE g.role = w.owner_role AND (g.unit = w.owner_org_unit OR (g.role <> 'unit' AND starts_with(w.org_path, g.path)))))`;

const REMINDERS = `LEFT JOIN LATERAL (
  SELECT count(*)::integer AS reminders, max(r.workday) AS "remindedOn" FROM case_reminder r
   WHERE r.tenant_id = w.tenant_id AND r.case_id = w.case_id AND r.wait = w.name) r ON true`;

const TURNS: Readonly<Record<WaitTurn, string>> = {
  mine: MINE,
  other: `(w.owner_role <> 'system' AND NOT ${MINE})`,
  system: "w.owner_role = 'system'",
};

/** Undated waits come last. */
const DUE = "coalesce(w.due, 'infinity'::timestamptz)";

const VISIBLE = `(w.owner_org_unit = ANY($2::uuid[])
  OR EXISTS (SELECT FROM unnest($3::text[]) AS place WHERE starts_with(w.org_path, place)))`;

@Injectable()
export class WaitStore {
  /** Soonest due first, up to one row more than the page; `late` counts at `now`. */
  async page(tx: Tx, sight: Sight, filter: WaitFilter, now: Instant, page: PageRequest): Promise<OpenWait[]> {
    const { where, values } = conditions(tx, sight, filter, now);
    if (page.after) {
      const [caseId, name] = JSON.parse(page.after.id) as [string, string];
      values.push(page.after.sort, caseId, name);
      const at = values.length;
      where.push(
        `(${DUE}, w.case_id, w.name) > (coalesce($${at - 2}::timestamptz, 'infinity'), $${at - 1}::text, $${at}::text)`,
      );
    }
    values.push(page.limit + 1);
    return tx.query<OpenWait>(
      `SELECT ${COLUMNS}, r.reminders, r."remindedOn", ${MINE} AS "isMine" FROM open_wait w ${REMINDERS} WHERE ${where.join(' AND ')}
        ORDER BY ${DUE}, w.case_id, w.name LIMIT $${values.length}`,
      values,
    );
  }

  /** How many rows the same filter lists. */
  async count(tx: Tx, sight: Sight, filter: WaitFilter, now: Instant): Promise<number> {
    const { where, values } = conditions(tx, sight, filter, now);
    const [row] = await tx.query<{ count: number }>(`SELECT count(*) AS count FROM open_wait w ${REMINDERS} WHERE ${where.join(' AND ')}`, values);
    return row?.count ?? 0;
  }

  /** How many waits of the filter are due on each day in Asia/Shanghai; what is due at midnight belongs to the day before. */
  async dueByDay(tx: Tx, sight: Sight, filter: WaitFilter, now: Instant): Promise<{ day: LocalDate; count: number }[]> {
    const { where, values } = conditions(tx, sight, filter, now);
    return tx.query(
      `SELECT ((w.due - interval '1 millisecond') AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS count
         FROM open_wait w ${REMINDERS} WHERE ${where.join(' AND ')} GROUP BY 1 ORDER BY 1`,
      values,
    );
  }

  /** Those of the waits that the reader sees, locked until the transaction ends. */
  async held(tx: Tx, sight: Sight, keys: readonly WaitKey[]): Promise<Omit<OpenWait, 'reminders' | 'remindedOn'>[]> {
    return tx.query(
      `SELECT ${COLUMNS}, ${MINE} AS "isMine" FROM open_wait w
        WHERE w.tenant_id = $1 AND ${VISIBLE}
          AND (w.case_id, w.name) IN (SELECT k."caseId", k.name FROM jsonb_to_recordset($5::jsonb) AS k("caseId" text, name text))
        ORDER BY w.case_id, w.name FOR UPDATE OF w`,
      [tx.scope.tenant, sight.units, sight.places, JSON.stringify(sight.roles), JSON.stringify(keys)],
    );
  }

  /** False = somebody has reminded of it on that workday. */
  async remind(tx: Tx, { caseId, name }: WaitKey, workday: LocalDate, at: Instant): Promise<boolean> {
    const added = await tx.query(
      `INSERT INTO case_reminder (tenant_id, case_id, wait, workday, at, reminded_by) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING RETURNING workday`,
      [tx.scope.tenant, caseId, name, workday, at, tx.scope.actor],
    );
    return added.length > 0;
  }

  /** One row an owner, those with most overdue first; so many rows at most as there are roles and units. */
  async summary(tx: Tx, sight: Sight, now: Instant): Promise<OwnerSummary[]> {
    return tx.query<OwnerSummary>(
      `SELECT w.owner_role AS "ownerRole", w.owner_org_unit AS "ownerOrgUnit", count(*) AS count, min(w.since) AS oldest,
              count(*) FILTER (WHERE w.due < $4) AS overdue, min(w.due) AS "firstDue", min(w.wake_at) AS "nextWake"
         FROM open_wait w WHERE w.tenant_id = $1 AND ${VISIBLE}
        GROUP BY w.owner_role, w.owner_org_unit
        ORDER BY overdue DESC, count DESC, w.owner_role, w.owner_org_unit`,
      [tx.scope.tenant, sight.units, sight.places, now],
    );
  }
}

function conditions(tx: Tx, sight: Sight, filter: WaitFilter, now: Instant): { readonly where: string[]; readonly values: unknown[] } {
  const values: unknown[] = [tx.scope.tenant, sight.units, sight.places, JSON.stringify(sight.roles)];
  // The fourth is named whether a filter asks for it or not, so that its type is known.
  const where = [`w.tenant_id = $1 AND ${VISIBLE} AND $4::jsonb IS NOT NULL`];
  const add = (condition: (slot: string) => string, value: unknown): void => {
    values.push(value);
    where.push(condition(`$${values.length}`));
  };
  if (filter.role) add((slot) => `w.owner_role = ${slot}`, filter.role);
  if (filter.orgUnitId === 'none') where.push('w.owner_org_unit IS NULL');
  else if (filter.orgUnitId) add((slot) => `w.owner_org_unit = ${slot}`, filter.orgUnitId);
  if (filter.kind) add((slot) => `w.kind = ${slot}`, filter.kind);
  if (filter.caseId) add((slot) => `w.case_id = ${slot}`, filter.caseId);
  if (filter.path) add((slot) => `starts_with(w.org_path, ${slot})`, filter.path);
  if (filter.late !== undefined) add((slot) => `(${DUE} < ${slot}) = ${filter.late}`, now);
  if (filter.dueFrom) add((slot) => `w.due >= ${slot}`, filter.dueFrom);
  if (filter.dueBefore) add((slot) => `w.due < ${slot}`, filter.dueBefore);
  if (filter.turn) where.push(TURNS[filter.turn]);
  if (filter.reminded !== undefined) where.push(filter.reminded ? 'r.reminders > 0' : 'r.reminders = 0');
  return { where, values };
}

/** Where a page ended, as its cursor carries it. */
export function placeOf(wait: OpenWait): { sort: Instant | null; id: string } {
  return { sort: wait.due, id: JSON.stringify([wait.caseId, wait.name]) };
}
