import { Injectable } from '@nestjs/common';
import type { Quarter } from '../calendar/model.ts';
import type { Fen } from '../kernel/money.ts';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { Found, SearchedWords } from '../needs/search/model.ts';
import type { Tx } from '../platform/database/database.ts';
import type { PageRequest } from '../platform/http/cursor.ts';
import type { ProjectState, ReportFacts, ReportStatus } from './lifecycle/model.ts';
import { countedOn } from './recounting/model.ts';

export interface Project {
  readonly id: string;
  readonly ordinal: number;
  readonly number: string;
  readonly title: string;
  /** The number it had in the old ledger from which it was taken over; null = it began here. */
  readonly sourceNumber: string | null;
  readonly category: string;
  readonly proposalId: string;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly version: number;
  readonly status: string;
  readonly budgetFen: Fen;
  readonly offeredTo: string | null;
  readonly leadUnit: string | null;
  readonly implementerId: string | null;
  /** Of the micro-project policy; null until its case is open. */
  readonly policyVersion: number | null;
  readonly due: Instant | null;
  readonly late: boolean;
  readonly grade: string | null;
  readonly awardFen: Fen | null;
  readonly createdAt: Instant;
  readonly movedAt: Instant;
  /** Its place where the list is in the order of what is due. */
  readonly dueOrder: number;
}

export interface ProjectDraft {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly proposalId: string;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly budgetFen: Fen;
  /** By which it is searched for. */
  readonly words: readonly string[];
  /** From an old ledger: its number there, and since when somebody led it; null = not said. */
  readonly takenOver?: { readonly number: string; readonly ledBefore: Instant | null };
}

export interface Content {
  readonly id: string;
  readonly projectId: string;
  readonly kind: string;
  readonly body: unknown;
  readonly hash: string;
  /** That the case must have taken for the content to count; none = it asked no case. */
  readonly commandId?: string;
}

export interface ProjectReport {
  readonly projectId: string;
  readonly quarter: Quarter;
  readonly status: ReportStatus;
  readonly unitId: string;
  readonly contentId: string | null;
  readonly served: number;
  readonly spentFen: Fen;
  readonly late: boolean;
  readonly submittedAt: Instant | null;
  readonly settledAt: Instant | null;
}

export interface SettledReport {
  readonly id: string;
  readonly quarter: Quarter;
  readonly status: ReportStatus;
  readonly unitId: string;
  readonly at: Instant;
}

export interface ProjectFilter {
  /** One or several, with commas between them. */
  readonly status?: string | undefined;
  readonly communityId?: string | undefined;
  readonly leadUnit?: string | undefined;
  readonly implementerId?: string | undefined;
}

export type ProjectSort = 'number' | 'due';

/** `due`: what is due soonest first, at the end what is over. */
const SORTS = { number: 'ordinal', due: 'due_order' } as const;

const COLUMNS = `id, ordinal, number, title, source_number AS "sourceNumber", category, proposal_id AS "proposalId", community_id AS "communityId",
  org_path AS "orgPath", version, status, budget_fen AS "budgetFen", offered_to AS "offeredTo", lead_unit AS "leadUnit",
  implementer_id AS "implementerId", policy_version AS "policyVersion", due, late, grade, award_fen AS "awardFen", created_at AS "createdAt",
  moved_at AS "movedAt", due_order AS "dueOrder"`;

/** The function behind the door answers an `id` too. */
const COLUMNS_OF_P = COLUMNS.split(/,\s*/)
  .map((column) => `p.${column}`)
  .join(', ');

/** Units count as holding a project from claim to acceptance. */
const HELD = `('claimed', 'agreed', 'implementing', 'acceptance', 'rectifying', 'suspended')`;

export interface Standing {
  readonly number: string;
  readonly version: number;
}

@Injectable()
export class ProjectStore {
  async known(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ id: string }>('SELECT id FROM project WHERE tenant_id = $1 AND id = ANY($2::uuid[])', [
      tx.scope.tenant,
      ids,
    ]);
    return new Set(rows.map((row) => row.id));
  }

  /** Rows before their cases start; numbers without gaps, in the order given. */
  async draft(tx: Tx, drafts: readonly ProjectDraft[], prefix: string, at: Instant): Promise<void> {
    if (drafts.length === 0) return;
    const [counter] = await tx.query<{ last: number }>(
      `INSERT INTO project_number (tenant_id, last) VALUES ($1, $2)
       ON CONFLICT (tenant_id) DO UPDATE SET last = project_number.last + $2 RETURNING last`,
      [tx.scope.tenant, drafts.length],
    );
    const first = (counter?.last ?? drafts.length) - drafts.length;
    await tx.query(
      `INSERT INTO project (tenant_id, id, ordinal, number, title, category, proposal_id, community_id, org_path, status,
                            budget_fen, words, source_number, led_before, created_at, moved_at)
       SELECT $1, d.id, d.ordinal, d.number, d.title, d.category, d.proposal_id, d.community_id, d.org_path, 'drafted',
              d.budget_fen, d.words, d.source_number, d.led_before, $3, $3
         FROM jsonb_to_recordset($2::jsonb) AS d(id uuid, ordinal integer, number text, title text, category text,
              proposal_id uuid, community_id uuid, org_path text, budget_fen bigint, words text[],
              source_number text, led_before timestamptz)`,
      [
        tx.scope.tenant,
        JSON.stringify(
          drafts.map((draft, index) => ({
            id: draft.id,
            ordinal: first + index + 1,
            number: `${prefix}-${String(first + index + 1).padStart(3, '0')}`,
            title: draft.title,
            category: draft.category,
            proposal_id: draft.proposalId,
            community_id: draft.communityId,
            org_path: draft.orgPath,
            budget_fen: draft.budgetFen,
            words: draft.words,
            source_number: draft.takenOver?.number ?? null,
            led_before: draft.takenOver?.ledBefore ?? null,
          })),
        ),
        at,
      ],
    );
  }

  /** The read model is a function of the state. Answers the number; none if the row does not stand one version before. */
  async move(tx: Tx, id: string, version: number, state: ProjectState, at: Instant): Promise<void> {
    tx.send(
      `UPDATE project SET version = $3, status = $4, offered_to = $5, lead_unit = $6, implementer_id = $7, due = $8,
              late = $9, grade = $10, award_fen = $11, moved_at = $12, policy_version = $13, calendar_version = $14
        WHERE tenant_id = $1 AND id = $2 AND version = $3 - 1`,
      [
        tx.scope.tenant,
        id,
        version,
        state.status,
        state.offeredTo ?? null,
        state.leadUnit ?? null,
        state.implementerId ?? null,
        state.due ?? null,
        state.late.length > 0,
        state.grade ?? null,
        state.awardFen ?? null,
        at,
        state.policy.version,
        countedOn(state) ?? null,
      ],
    );
  }

  /** Where the read model stands, and the number that people know the project by. */
  async standing(tx: Tx, id: string): Promise<Standing | undefined> {
    const [row] = await tx.lookup<Standing>('SELECT number, version FROM project WHERE tenant_id = $1 AND id = $2', [
      tx.scope.tenant,
      id,
    ]);
    return row;
  }

  /** With an open date that was counted on an older calendar. */
  async countedBefore(tx: Tx, calendarVersion: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'SELECT id FROM project WHERE tenant_id = $1 AND calendar_version < $2 ORDER BY calendar_version, id',
      [tx.scope.tenant, calendarVersion],
    );
    return rows.map(({ id }) => id);
  }

  async byId(tx: Tx, id: string): Promise<Project | undefined> {
    const [row] = await tx.lookup<Project>(`SELECT ${COLUMNS} FROM project WHERE tenant_id = $1 AND id = $2`, [
      tx.scope.tenant,
      id,
    ]);
    return row;
  }

  async countByStatus(tx: Tx): Promise<{ status: string; count: number }[]> {
    return tx.query('SELECT status, count(*) AS count FROM project WHERE tenant_id = $1 GROUP BY status ORDER BY status', [tx.scope.tenant]);
  }

  async titles(tx: Tx, ids: readonly string[]): Promise<Pick<Project, 'id' | 'number' | 'title'>[]> {
    return tx.query('SELECT id, number, title FROM project WHERE tenant_id = $1 AND id = ANY($2::uuid[])', [tx.scope.tenant, ids]);
  }

  /** The project made of one of the proposals; of several the newest. */
  async newestOf(tx: Tx, proposalIds: readonly string[]): Promise<Project | undefined> {
    const [row] = await tx.query<Project>(
      `SELECT ${COLUMNS} FROM project WHERE tenant_id = $1 AND proposal_id = ANY($2::uuid[]) AND status NOT IN ('drafted', 'cancelled')
        ORDER BY ordinal DESC LIMIT 1`,
      [tx.scope.tenant, proposalIds],
    );
    return row;
  }

  /** Keeps its status until the transaction ends: a contribution cannot slip past a withdrawal. */
  async holdStatus(tx: Tx, id: string): Promise<Project | undefined> {
    const [row] = await tx.query<Project>(`SELECT ${COLUMNS} FROM project WHERE tenant_id = $1 AND id = $2 FOR SHARE`, [
      tx.scope.tenant,
      id,
    ]);
    return row;
  }

  /** Up to one row more than the page; each filter and order has its index, so depth costs nothing. */
  async page(tx: Tx, filter: ProjectFilter, sort: ProjectSort, page: PageRequest): Promise<Project[]> {
    const column = SORTS[sort];
    const values: unknown[] = [tx.scope.tenant];
    const where = ['tenant_id = $1'];
    const add = (condition: (slot: string) => string, value: unknown): void => {
      values.push(value);
      where.push(condition(`$${values.length}`));
    };
    // One status alone keeps the order of its index; several are sorted anew.
    if (filter.status?.includes(',')) add((slot) => `status = ANY(string_to_array(${slot}, ','))`, filter.status);
    else if (filter.status) add((slot) => `status = ${slot}`, filter.status);
    if (filter.communityId) add((slot) => `community_id = ${slot}`, filter.communityId);
    if (filter.leadUnit) add((slot) => `lead_unit = ${slot}`, filter.leadUnit);
    if (filter.implementerId) add((slot) => `implementer_id = ${slot}`, filter.implementerId);
    if (page.after) {
      values.push(page.after.sort, page.after.id);
      where.push(`(${column}, id) > ($${values.length - 1}::bigint, $${values.length}::uuid)`);
    }
    values.push(page.limit + 1);
    return tx.query<Project>(
      `SELECT ${COLUMNS} FROM project WHERE ${where.join(' AND ')}
        ORDER BY ${column}, id LIMIT $${values.length}`,
      values,
    );
  }

  /** What meets the question best, up to one row more than the page. */
  async search(tx: Tx, { words, weights, least }: SearchedWords, filter: ProjectFilter, page: PageRequest): Promise<Found<Project>[]> {
    const rows = await tx.query<Project & { readonly score: number }>(
      `SELECT ${COLUMNS_OF_P}, f.score FROM door_projects_found($2, $3, $4) f JOIN project p ON p.tenant_id = $1 AND p.id = f.id
        WHERE ($5::text IS NULL OR p.status = ANY(string_to_array($5, ',')))
          AND ($6::uuid IS NULL OR p.community_id = $6)
          AND ($7::uuid IS NULL OR p.lead_unit = $7)
          AND ($8::integer IS NULL OR (f.score, p.id) < ($8::integer, $9::uuid))
          AND ($10::uuid IS NULL OR p.implementer_id = $10)
        ORDER BY f.score DESC, p.id DESC LIMIT $11`,
      [
        tx.scope.tenant,
        words,
        weights,
        least,
        filter.status ?? null,
        filter.communityId ?? null,
        filter.leadUnit ?? null,
        page.after?.sort ?? null,
        page.after?.id ?? null,
        filter.implementerId ?? null,
        page.limit + 1,
      ],
    );
    return rows.map(({ score, ...row }) => ({ row, score }));
  }

  /** Serialises claims of one unit, then counts what it holds: two claims at once cannot both see the last place. */
  async countHeldLocking(tx: Tx, unitId: string, exceptProject: string): Promise<number> {
    tx.send("SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 0))", [tx.scope.tenant, unitId]);
    const [row] = await tx.lookup<{ held: number }>(
      `SELECT count(*) AS held FROM project
        WHERE tenant_id = $1 AND lead_unit = $2 AND id <> $3 AND status IN ${HELD}`,
      [tx.scope.tenant, unitId, exceptProject],
    );
    return row?.held ?? 0;
  }

  async addContent(tx: Tx, content: Content, at: Instant): Promise<void> {
    tx.send(
      `INSERT INTO project_content (tenant_id, id, project_id, kind, body, hash, author, at, command_id)
       VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [
        tx.scope.tenant,
        content.id,
        content.projectId,
        content.kind,
        JSON.stringify(content.body),
        content.hash,
        tx.scope.actor,
        at,
        content.commandId ?? null,
      ],
    );
  }

  async saveReport(
    tx: Tx,
    report: ReportFacts & { projectId: string; unitId: string; contentId: string | null; late: boolean; at: Instant },
  ): Promise<void> {
    tx.send(
      `INSERT INTO project_report (tenant_id, project_id, quarter, status, unit_id, content_id, served, spent_fen, late, submitted_at)
       VALUES ($1, $2, $3, 'submitted', $4, $5, $6, $7, $8, $9)
       ON CONFLICT (tenant_id, project_id, quarter) DO UPDATE
         SET status = 'submitted', unit_id = excluded.unit_id, content_id = excluded.content_id, served = excluded.served,
             spent_fen = excluded.spent_fen, late = excluded.late, submitted_at = excluded.submitted_at, settled_at = NULL`,
      [
        tx.scope.tenant,
        report.projectId,
        report.quarter,
        report.unitId,
        report.contentId,
        report.served,
        report.spentFen,
        report.late,
        report.at,
      ],
    );
  }

  /** A waived report has no submission: its row holds the waiver alone. Answers whose it is and whether it came late. */
  async settleReport(tx: Tx, settled: SettledReport): Promise<{ late: boolean; unitId: string }> {
    const [row] = await tx.query<{ late: boolean; unitId: string }>(
      `INSERT INTO project_report (tenant_id, project_id, quarter, status, unit_id, served, spent_fen, late, settled_at)
       VALUES ($1, $2, $3, $4, $5, 0, 0, false, $6)
       ON CONFLICT (tenant_id, project_id, quarter) DO UPDATE SET status = excluded.status, settled_at = excluded.settled_at
       RETURNING late, unit_id AS "unitId"`,
      [tx.scope.tenant, settled.id, settled.quarter, settled.status, settled.unitId, settled.at],
    );
    return row ?? { late: false, unitId: settled.unitId };
  }

  async reports(tx: Tx, projectId: string): Promise<ProjectReport[]> {
    return tx.query<ProjectReport>(
      `SELECT project_id AS "projectId", quarter, status, unit_id AS "unitId", content_id AS "contentId", served,
              spent_fen AS "spentFen", late, submitted_at AS "submittedAt", settled_at AS "settledAt"
         FROM project_report WHERE tenant_id = $1 AND project_id = $2 ORDER BY quarter`,
      [tx.scope.tenant, projectId],
    );
  }

  /** Projects of a community that owe an account of a quarter: there before it ended, under way when it is asked for. */
  async underWay(tx: Tx, communityId: string, before: Instant): Promise<{ id: string; leadUnit: string }[]> {
    return tx.query(
      `SELECT id, lead_unit AS "leadUnit" FROM project
        WHERE tenant_id = $1 AND community_id = $2 AND status IN ('implementing', 'rectifying', 'acceptance') AND lead_unit IS NOT NULL
          AND created_at < $3
        ORDER BY ordinal`,
      [tx.scope.tenant, communityId, before],
    );
  }
}
