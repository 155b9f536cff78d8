import { Injectable } from '@nestjs/common';
import type { Quarter } from '../../calendar/model.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import type { Status } from '../../projects/lifecycle/model.ts';
import type { NoticeState } from './model.ts';

/** Of the notices that are over, so many of the last. */
const OVER_SHOWN = 20;

export interface PublicProject {
  readonly id: string;
  readonly ordinal: number;
  readonly number: string;
  readonly title: string;
  readonly category: string;
  readonly status: Status;
  readonly communityName: string;
  readonly leadName: string | null;
  readonly implementerName: string | null;
  readonly budgetFen: Fen;
  readonly fundedFen: Fen;
  readonly served: number;
  readonly solved: number;
  readonly movedAt: Instant;
}

export interface PublicReport {
  readonly quarter: Quarter;
  readonly served: number;
  readonly answered: number;
  readonly spentFen: Fen;
  readonly acceptedAt: Instant;
}

export interface Publication {
  readonly communityId: string;
  readonly quarter: Quarter;
  readonly publishedAt: Instant;
}

export interface PublicNotice {
  readonly id: string;
  readonly projectId: string;
  readonly projectNumber: string;
  readonly projectTitle: string;
  readonly communityName: string;
  readonly recipientName: string;
  readonly amountFen: Fen;
  readonly state: NoticeState;
  /** End of the notice; while it is paused, the day by which the objection is answered. */
  readonly until: Instant | null;
}

/** To an objection that was not upheld. */
export interface PublicAnswer {
  readonly awardId: string;
  readonly text: string;
  readonly at: Instant;
}

export interface PublicFilter {
  readonly statuses: readonly Status[] | undefined;
  readonly communityId: string | undefined;
  readonly category: string | undefined;
}

const PROJECT = `p.id, p.ordinal, p.number, p.title, p.category, p.status, c.name AS "communityName",
  l.name AS "leadName", i.name AS "implementerName", p.budget_fen AS "budgetFen", p.moved_at AS "movedAt",
  coalesce((SELECT sum(v.amount) FROM ledger_verified v
             WHERE v.tenant_id = p.tenant_id AND v.project_id = p.id::text AND v.book = 'money'), 0)::bigint AS "fundedFen",
  coalesce((SELECT sum(r.served) FROM project_report_public r
             WHERE r.tenant_id = p.tenant_id AND r.project_id = p.id), 0)::bigint AS served,
  (SELECT count(DISTINCT a.need_id) FROM project_need_answered a
     JOIN needs_confirmed n ON n.tenant_id = a.tenant_id AND n.need_id = a.need_id
    WHERE a.tenant_id = p.tenant_id AND a.project_id = p.id)::bigint AS solved`;

const FROM = `FROM project_public p
  JOIN accounts_organisation c ON c.tenant_id = p.tenant_id AND c.id = p.community_id
  LEFT JOIN accounts_organisation l ON l.tenant_id = p.tenant_id AND l.id = p.lead_unit
  LEFT JOIN accounts_organisation i ON i.tenant_id = p.tenant_id AND i.id = p.implementer_id`;

/** Reads the views that each area declares, and nothing else. */
@Injectable()
export class PublicStore {
  async districtName(tx: Tx): Promise<string | undefined> {
    const [row] = await tx.query<{ name: string }>('SELECT name FROM accounts_district WHERE tenant_id = $1', [tx.scope.tenant]);
    return row?.name;
  }

  async communities(tx: Tx): Promise<{ id: string; name: string }[]> {
    return tx.query(
      `SELECT id, name FROM accounts_organisation
        WHERE tenant_id = $1 AND kind = 'community' AND left_on IS NULL ORDER BY code`,
      [tx.scope.tenant],
    );
  }

  /** Newest first; one row more than the limit where there are more. */
  async projects(tx: Tx, { statuses, communityId, category }: PublicFilter, { after, limit }: PageRequest): Promise<PublicProject[]> {
    return tx.query(
      `SELECT ${PROJECT} ${FROM}
        WHERE p.tenant_id = $1 AND p.status <> 'cancelled'
          AND ($2::text[] IS NULL OR p.status = ANY ($2)) AND ($3::uuid IS NULL OR p.community_id = $3)
          AND ($4::text IS NULL OR p.category = $4) AND ($5::integer IS NULL OR p.ordinal < $5)
        ORDER BY p.ordinal DESC LIMIT $6`,
      [tx.scope.tenant, statuses ?? null, communityId ?? null, category ?? null, after?.sort ?? null, limit + 1],
    );
  }

  async project(tx: Tx, id: string): Promise<PublicProject | undefined> {
    const [row] = await tx.query<PublicProject>(`SELECT ${PROJECT} ${FROM} WHERE p.tenant_id = $1 AND p.id = $2`, [tx.scope.tenant, id]);
    return row;
  }

  async reports(tx: Tx, projectId: string): Promise<PublicReport[]> {
    return tx.query(
      `SELECT quarter, served, answered::integer, spent_fen AS "spentFen", settled_at AS "acceptedAt"
         FROM project_report_public WHERE tenant_id = $1 AND project_id = $2 ORDER BY quarter`,
      [tx.scope.tenant, projectId],
    );
  }

  async publications(tx: Tx): Promise<Publication[]> {
    return tx.query(
      `SELECT community_id AS "communityId", quarter, published_at AS "publishedAt"
         FROM quarter_published WHERE tenant_id = $1 ORDER BY quarter DESC, published_at`,
      [tx.scope.tenant],
    );
  }

  /** Those that may be objected to, soonest over first; then those that were over last. */
  async notices(tx: Tx): Promise<PublicNotice[]> {
    return tx.query(
      `SELECT n.id, n.project_id AS "projectId", p.number AS "projectNumber", p.title AS "projectTitle", c.name AS "communityName",
              r.name AS "recipientName", n.amount_fen AS "amountFen",
              CASE n.status WHEN 'noticed' THEN 'open' WHEN 'objected' THEN 'paused' ELSE 'over' END AS state,
              CASE n.status WHEN 'granted' THEN n.moved_at ELSE n.due END AS until
         FROM (SELECT *, row_number() OVER (PARTITION BY status = 'granted' ORDER BY moved_at DESC) AS nth FROM evaluation_notice WHERE tenant_id = $1) n
         JOIN project_public p ON p.tenant_id = n.tenant_id AND p.id = n.project_id
         JOIN accounts_organisation c ON c.tenant_id = n.tenant_id AND c.id = p.community_id
         JOIN accounts_organisation r ON r.tenant_id = n.tenant_id AND r.id = n.recipient_id
        WHERE n.status <> 'granted' OR n.nth <= $2
        ORDER BY n.status = 'granted', CASE n.status WHEN 'granted' THEN n.nth END, n.due, p.ordinal`,
      [tx.scope.tenant, OVER_SHOWN],
    );
  }

  /** Of the notices that are running, oldest first. */
  async answers(tx: Tx): Promise<PublicAnswer[]> {
    return tx.query(
      `SELECT a.award_id AS "awardId", a.answer AS text, a.settled_at AS at
         FROM evaluation_notice_answer a JOIN evaluation_notice n ON n.tenant_id = a.tenant_id AND n.id = a.award_id
        WHERE a.tenant_id = $1 ORDER BY a.settled_at`,
      [tx.scope.tenant],
    );
  }
}
