import { Injectable } from '@nestjs/common';
import type { Quarter } from '../../calendar/model.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keyset, type PageRequest } from '../../platform/http/cursor.ts';
import type { CommunityReportCounts, MissingUnit, OwedReport, ReportDue, ReportFilter, ReportOutcome, ReportStanding } from './model.ts';

export interface OwingProject {
  readonly id: string;
  readonly leadUnit: string;
}

const COLUMNS = `project_id AS "projectId", quarter, community_id AS "communityId", unit_id AS "unitId", due,
  asked_at AS "askedAt", submitted_at AS "submittedAt", settled_at AS "settledAt", outcome, late, reminded`;

/** Which reports have a standing; `r` is the report. */
const STANDING: Readonly<Record<ReportStanding, string>> = {
  asked: "r.outcome IS DISTINCT FROM 'released'",
  submitted: "r.outcome IN ('submitted', 'accepted')",
  missing: "r.settled_at IS NULL AND r.outcome IS DISTINCT FROM 'released'",
  late: "r.late AND coalesce(r.outcome, '') NOT IN ('waived', 'released')",
  waived: "r.outcome = 'waived'",
  toAccept: "r.outcome = 'submitted'",
  reminded: "r.reminded > 0 AND r.outcome IS DISTINCT FROM 'released'",
};

@Injectable()
export class ReportDueStore {
  /** Those already asked stay as they are; one that had been released owes again, by its new lead. */
  async register(
    tx: Tx,
    asked: { communityId: string; quarter: Quarter; due: Instant; at: Instant; projects: readonly OwingProject[] },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO report_due (tenant_id, project_id, quarter, community_id, unit_id, due, asked_at)
       SELECT $1, p.id, $2, $3, p."leadUnit", $4, $5 FROM jsonb_to_recordset($6::jsonb) AS p(id uuid, "leadUnit" uuid)
       ON CONFLICT (tenant_id, project_id, quarter) DO UPDATE
         SET unit_id = excluded.unit_id, due = excluded.due, asked_at = excluded.asked_at, settled_at = NULL, outcome = NULL
       WHERE report_due.outcome = 'released'`,
      [tx.scope.tenant, asked.quarter, asked.communityId, asked.due, asked.at, JSON.stringify(asked.projects)],
    );
  }

  /** A released report counts for nobody. */
  async countOwed(tx: Tx, communityId: string, quarter: Quarter): Promise<number> {
    const [row] = await tx.query<{ owed: number }>(
      `SELECT count(*) AS owed FROM report_due
        WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3 AND outcome IS DISTINCT FROM 'released'`,
      [tx.scope.tenant, communityId, quarter],
    );
    return row?.owed ?? 0;
  }

  /** Neither accepted nor waived: handed in, it may still be returned. */
  async countUnsettled(tx: Tx, communityId: string, quarter: Quarter): Promise<number> {
    const [row] = await tx.query<{ unsettled: number }>(
      `SELECT count(*) AS unsettled FROM report_due
        WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3
          AND (outcome IS NULL OR outcome IN ('submitted', 'returned'))`,
      [tx.scope.tenant, communityId, quarter],
    );
    return row?.unsettled ?? 0;
  }

  /** The first handing-in decides whether it was late: what is returned for more is not late by that. */
  async settle(
    tx: Tx,
    report: { projectId: string; quarter: Quarter; outcome: ReportOutcome; at: Instant },
  ): Promise<{ late: boolean } | undefined> {
    const [row] = await tx.query<{ late: boolean }>(
      `UPDATE report_due
          SET outcome = $4,
              settled_at = CASE WHEN $4 = 'returned' THEN NULL ELSE coalesce(settled_at, $5::timestamptz) END,
              submitted_at = CASE WHEN $4 = 'submitted' THEN coalesce(submitted_at, $5::timestamptz) ELSE submitted_at END,
              late = CASE WHEN $4 = 'submitted' AND submitted_at IS NULL THEN $5::timestamptz >= due ELSE late END
        WHERE tenant_id = $1 AND project_id = $2 AND quarter = $3
        RETURNING late`,
      [tx.scope.tenant, report.projectId, report.quarter, report.outcome, report.at],
    );
    return row;
  }

  async release(tx: Tx, projectId: string, at: Instant): Promise<void> {
    await tx.query(
      `UPDATE report_due SET outcome = 'released', settled_at = $3
        WHERE tenant_id = $1 AND project_id = $2 AND settled_at IS NULL`,
      [tx.scope.tenant, projectId, at],
    );
  }

  async missing(tx: Tx, communityId: string, quarter: Quarter): Promise<MissingUnit[]> {
    return tx.query<MissingUnit>(
      `SELECT unit_id AS "unitId", count(*) AS count FROM report_due
        WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3 AND settled_at IS NULL
        GROUP BY unit_id ORDER BY unit_id`,
      [tx.scope.tenant, communityId, quarter],
    );
  }

  /** Counts the reminder on each missing report, and says who owes how many. */
  async remind(tx: Tx, communityId: string, quarter: Quarter): Promise<MissingUnit[]> {
    return tx.query<MissingUnit>(
      `WITH reminded AS (
         UPDATE report_due SET reminded = reminded + 1
          WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3 AND settled_at IS NULL RETURNING unit_id
       )
       SELECT unit_id AS "unitId", count(*) AS count FROM reminded GROUP BY unit_id ORDER BY unit_id`,
      [tx.scope.tenant, communityId, quarter],
    );
  }

  /** Undefined where it was never asked for, or is settled. */
  async owed(tx: Tx, projectId: string, quarter: Quarter): Promise<ReportDue | undefined> {
    const [due] = await tx.query<ReportDue>(
      `SELECT ${COLUMNS} FROM report_due WHERE tenant_id = $1 AND project_id = $2 AND quarter = $3 AND settled_at IS NULL`,
      [tx.scope.tenant, projectId, quarter],
    );
    return due;
  }

  async countReminder(tx: Tx, projectId: string, quarter: Quarter): Promise<void> {
    await tx.query('UPDATE report_due SET reminded = reminded + 1 WHERE tenant_id = $1 AND project_id = $2 AND quarter = $3', [
      tx.scope.tenant,
      projectId,
      quarter,
    ]);
  }

  /** Reports never handed in; a returned one was there in time. */
  async markLate(tx: Tx, communityId: string, quarter: Quarter): Promise<MissingUnit[]> {
    return tx.query<MissingUnit>(
      `WITH late AS (
         UPDATE report_due SET late = true
          WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3 AND settled_at IS NULL AND submitted_at IS NULL
         RETURNING unit_id
       )
       SELECT unit_id AS "unitId", count(*) AS count FROM late GROUP BY unit_id ORDER BY unit_id`,
      [tx.scope.tenant, communityId, quarter],
    );
  }

  async moveDue(tx: Tx, communityId: string, quarter: Quarter, due: Instant): Promise<void> {
    await tx.query(
      `UPDATE report_due SET due = $4
        WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3 AND submitted_at IS NULL AND settled_at IS NULL`,
      [tx.scope.tenant, communityId, quarter, due],
    );
  }

  /** What the project still owes, the oldest first. */
  async owedBy(tx: Tx, projectId: string): Promise<ReportDue[]> {
    return tx.query<ReportDue>(
      `SELECT ${COLUMNS} FROM report_due WHERE tenant_id = $1 AND project_id = $2 AND settled_at IS NULL ORDER BY quarter`,
      [tx.scope.tenant, projectId],
    );
  }

  async owedByUnits(tx: Tx, unitIds: readonly string[]): Promise<ReportDue[]> {
    return tx.query<ReportDue>(
      `SELECT ${COLUMNS} FROM report_due
        WHERE tenant_id = $1 AND unit_id = ANY($2::uuid[]) AND settled_at IS NULL ORDER BY due, project_id, quarter`,
      [tx.scope.tenant, unitIds],
    );
  }

  /** Unit by unit, across communities; one row more than the page holds. `heardIn`: the quarter whose meeting hears them. */
  async page(tx: Tx, filter: ReportFilter, heardIn: Quarter, page: PageRequest): Promise<OwedReport[]> {
    const { quarter, communityId, unitId, standing } = filter;
    return tx.query<OwedReport>(
      `SELECT r.project_id AS "projectId", r.quarter, r.community_id AS "communityId", r.unit_id AS "unitId", r.due,
              r.asked_at AS "askedAt", r.submitted_at AS "submittedAt", r.settled_at AS "settledAt", r.outcome, r.late, r.reminded,
              coalesce(r.submitted_at > c.published_at, false) AS addendum
         FROM report_due r
         LEFT JOIN quarter_cycle c ON c.tenant_id = r.tenant_id AND c.community_id = r.community_id AND c.quarter = $3
        WHERE r.tenant_id = $1 AND r.quarter = $2
          AND ($4::uuid IS NULL OR r.community_id = $4) AND ($5::uuid IS NULL OR r.unit_id = $5)
          AND (${standing ? STANDING[standing] : 'true'})
          AND ($6::uuid IS NULL OR (r.unit_id, r.project_id) > ($6::uuid, $7::uuid))
        ORDER BY r.unit_id, r.project_id LIMIT $8`,
      [tx.scope.tenant, quarter, heardIn, communityId ?? null, unitId ?? null, ...keyset(page)],
    );
  }

  async countsOf(tx: Tx, quarter: Quarter): Promise<CommunityReportCounts[]> {
    const count = (standing: ReportStanding): string => `count(*) FILTER (WHERE ${STANDING[standing]})`;
    return tx.query<CommunityReportCounts>(
      `SELECT r.community_id AS "communityId", ${count('asked')} AS asked, ${count('submitted')} AS submitted, ${count('missing')} AS missing,
              ${count('late')} AS late, ${count('waived')} AS waived, ${count('toAccept')} AS "toAccept",
              coalesce(sum(r.reminded) FILTER (WHERE ${STANDING.reminded}), 0)::bigint AS reminded
         FROM report_due r WHERE r.tenant_id = $1 AND r.quarter = $2 GROUP BY r.community_id ORDER BY r.community_id`,
      [tx.scope.tenant, quarter],
    );
  }

  async ofCommunity(tx: Tx, communityId: string, quarter: Quarter): Promise<ReportDue[]> {
    return tx.query<ReportDue>(
      `SELECT ${COLUMNS} FROM report_due
        WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3 ORDER BY project_id`,
      [tx.scope.tenant, communityId, quarter],
    );
  }
}
