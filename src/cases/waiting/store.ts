import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
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
}

export interface OwnerSummary {
  readonly ownerRole: string;
  readonly ownerOrgUnit: string | null;
  readonly count: number;
  readonly oldest: Instant;
  readonly overdue: number;
}

/** What a reader may see: places with everything below them, and waits that these units own, wherever the case is. */
export interface Sight {
  readonly places: readonly OrgPath[];
  readonly units: readonly string[];
}

export interface WaitFilter {
  readonly role?: string | undefined;
  readonly orgUnitId?: string | undefined;
  readonly kind?: string | undefined;
  readonly late?: boolean | undefined;
  readonly path?: OrgPath | undefined;
}

const COLUMNS = `w.case_id AS "caseId", w.kind, w.name, w.org_path AS "orgPath", w.owner_role AS "ownerRole",
  w.owner_org_unit AS "ownerOrgUnit", w.due, w.wake_at AS "wakeAt", w.otherwise, w.since`;

/** Undated waits come last. */
const DUE = "coalesce(w.due, 'infinity'::timestamptz)";

const VISIBLE = `(w.owner_org_unit = ANY($2::uuid[])
  OR EXISTS (SELECT FROM unnest($3::text[]) AS place WHERE starts_with(w.org_path, place)))`;

@Injectable()
export class WaitStore {
  /** Soonest due first, up to one row more than the page; `late` counts at `now`. */
  async page(tx: Tx, sight: Sight, filter: WaitFilter, now: Instant, page: PageRequest): Promise<OpenWait[]> {
    const values: unknown[] = [tx.scope.tenant, sight.units, sight.places];
    const where = [`w.tenant_id = $1 AND ${VISIBLE}`];
    const add = (condition: (slot: string) => string, value: unknown): void => {
      values.push(value);
      where.push(condition(`$${values.length}`));
    };
    if (filter.role) add((slot) => `w.owner_role = ${slot}`, filter.role);
    if (filter.orgUnitId) add((slot) => `w.owner_org_unit = ${slot}`, filter.orgUnitId);
    if (filter.kind) add((slot) => `w.kind = ${slot}`, filter.kind);
    if (filter.path) add((slot) => `starts_with(w.org_path, ${slot})`, filter.path);
    if (filter.late !== undefined) add((slot) => `(${DUE} < ${slot}) = ${filter.late}`, now);
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
      `SELECT ${COLUMNS} FROM open_wait w WHERE ${where.join(' AND ')}
        ORDER BY ${DUE}, w.case_id, w.name LIMIT $${values.length}`,
      values,
    );
  }

  /** One row an owner, those with most overdue first; so many rows at most as there are roles and units. */
  async summary(tx: Tx, sight: Sight, now: Instant): Promise<OwnerSummary[]> {
    return tx.query<OwnerSummary>(
      `SELECT w.owner_role AS "ownerRole", w.owner_org_unit AS "ownerOrgUnit", count(*) AS count, min(w.since) AS oldest,
              count(*) FILTER (WHERE w.due < $4) AS overdue
         FROM open_wait w WHERE w.tenant_id = $1 AND ${VISIBLE}
        GROUP BY w.owner_role, w.owner_org_unit
        ORDER BY overdue DESC, count DESC, w.owner_role, w.owner_org_unit`,
      [tx.scope.tenant, sight.units, sight.places, now],
    );
  }
}

/** Where a page ended, as its cursor carries it. */
export function placeOf(wait: OpenWait): { sort: Instant | null; id: string } {
  return { sort: wait.due, id: JSON.stringify([wait.caseId, wait.name]) };
}
