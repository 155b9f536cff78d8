import { Injectable } from '@nestjs/common';
import { shanghaiInstant, type LocalDate } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Cell, Organisation, Organisations, Period } from './model.ts';

interface Span {
  readonly first: LocalDate;
  readonly end: LocalDate;
}

const ORGANISATION = 'o.id, o.code, o.name, o.kind';

/** Reads the views that each area declares, and nothing else. */
@Injectable()
export class InsightsStore {
  async organisations(tx: Tx, { first, end }: Span): Promise<Organisations> {
    const rows = await tx.query<Organisation & { isMember: boolean; isThere: boolean }>(
      `SELECT ${ORGANISATION}, (o.left_on IS NULL OR o.left_on > $2::date) AS "isThere",
              EXISTS (SELECT FROM accounts_partnership p
                       WHERE p.tenant_id = o.tenant_id AND p.unit_id = o.id AND p.joined_on < $3::date
                         AND (p.left_on IS NULL OR p.left_on > $2::date)) AS "isMember"
         FROM accounts_organisation o WHERE o.tenant_id = $1 ORDER BY o.code`,
      [tx.scope.tenant, first, end],
    );
    const plain = (of: typeof rows): Organisation[] => of.map(({ id, code, name, kind }) => ({ id, code, name, kind }));
    const communities = rows.filter((row) => row.kind === 'community' && row.isThere);
    const members = rows.filter((row) => row.kind === 'coBuildingUnit' && row.isMember);
    const taken = new Set([...communities, ...members]);
    return {
      communities: plain(communities),
      members: plain(members),
      others: plain(rows.filter((row) => !taken.has(row))),
    };
  }

  /** One row for each community and unit to which something of the period belongs. */
  async cells(tx: Tx, { from, until }: Period, { first, end }: Span): Promise<Cell[]> {
    return tx.query<Cell>(
      `WITH fact (community_id, unit_id, projects, taken_over, funds, in_kind, solved, accepted, late, served, awards) AS (
         SELECT p.community_id, p.lead_unit, 1, p.taken_over::integer, 0, 0, 0, 0, 0, 0, 0 FROM project_outcome p
          WHERE p.tenant_id = $1 AND p.lead_unit IS NOT NULL AND p.status <> 'cancelled'
            AND p.led_at < $5 AND (p.ended_at IS NULL OR p.ended_at >= $4)
         UNION ALL
         SELECT p.community_id, v.funder_id::uuid, 0, 0,
                CASE WHEN v.book = 'money' THEN v.amount ELSE 0 END, CASE WHEN v.book = 'inKind' THEN v.amount ELSE 0 END,
                0, 0, 0, 0, 0
           FROM ledger_verified v JOIN project_outcome p ON p.tenant_id = v.tenant_id AND p.id::text = v.project_id
          WHERE v.tenant_id = $1 AND v.book IN ('money', 'inKind') AND v.at >= $4 AND v.at < $5
         UNION ALL
         SELECT a.community_id, a.unit_id, 0, 0, 0, 0, 1, 0, 0, 0, 0
           FROM (SELECT DISTINCT ON (n.need_id) n.need_id, n.community_id, n.unit_id, n.quarter
                   FROM project_need_answered n WHERE n.tenant_id = $1
                  ORDER BY n.need_id, n.quarter, n.settled_at, n.project_id) a
           JOIN needs_confirmed c ON c.tenant_id = $1 AND c.need_id = a.need_id
          WHERE a.quarter BETWEEN $2 AND $3
         UNION ALL
         SELECT r.community_id, r.unit_id, 0, 0, 0, 0, 0, 1, 0, r.served, 0 FROM project_report_accepted r
          WHERE r.tenant_id = $1 AND r.quarter BETWEEN $2 AND $3
         UNION ALL
         SELECT l.community_id, l.unit_id, 0, 0, 0, 0, 0, 0, 1, 0, 0 FROM quarter_report_late l
          WHERE l.tenant_id = $1 AND l.quarter BETWEEN $2 AND $3
         UNION ALL
         SELECT p.community_id, NULL, 0, 0, 0, 0, 0, 0, 0, 0, p.award_fen FROM project_outcome p
          WHERE p.tenant_id = $1 AND p.award_fen IS NOT NULL AND p.rewarded_at >= $4 AND p.rewarded_at < $5
       )
       SELECT community_id AS "communityId", unit_id AS "unitId", sum(projects)::bigint AS "microProjects",
              sum(taken_over)::bigint AS "takenOver",
              sum(funds)::bigint AS "fundsFen", sum(in_kind)::bigint AS "inKindFen", sum(solved)::bigint AS "problemsSolved",
              sum(accepted)::bigint AS "reportsAccepted", sum(late)::bigint AS "reportsLate",
              sum(served)::bigint AS "peopleServed", sum(awards)::bigint AS "awardsFen"
         FROM fact GROUP BY community_id, unit_id`,
      [tx.scope.tenant, from, until, shanghaiInstant(first), shanghaiInstant(end)],
    );
  }
}
