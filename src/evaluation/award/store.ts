import { Injectable } from '@nestjs/common';
import type { Fen } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { violatedConstraint } from '../../platform/database/violation.ts';
import { keyset, type PageRequest } from '../../platform/http/cursor.ts';
import { countedOn, type AwardState, type AwardStatus } from './model.ts';

export interface Award {
  readonly id: string;
  readonly projectId: string;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly recipientId: string;
  readonly amountFen: Fen;
  readonly digest: string;
  readonly needed: number;
  readonly given: number;
  readonly status: AwardStatus;
  readonly version: number;
  readonly due: Instant | null;
  readonly proposedAt: Instant;
  readonly movedAt: Instant;
}

export interface AwardFilter {
  readonly status?: AwardStatus | undefined;
  readonly projectId?: string | undefined;
}

const COLUMNS = `id, project_id AS "projectId", community_id AS "communityId", org_path AS "orgPath",
  recipient_id AS "recipientId", amount_fen AS "amountFen", digest, needed, given, status, version, due,
  proposed_at AS "proposedAt", moved_at AS "movedAt"`;

/** `$2` = root of the transaction's subtree. */
const IN_SUBTREE = `($2 = '/' OR (org_path >= $2 AND org_path < left($2, -1) || '0'))`;

@Injectable()
export class AwardStore {
  /** Refuses `AWARD_EXISTS`: a project has one award that is proposed or granted. */
  async insert(tx: Tx, state: AwardState, at: Instant): Promise<void> {
    try {
      await tx.query(
        `INSERT INTO evaluation_award (tenant_id, id, project_id, community_id, org_path, recipient_id, amount_fen,
           digest, needed, given, status, version, proposed_at, moved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, 1, $11, $11)`,
        [
          tx.scope.tenant,
          state.awardId,
          state.projectId,
          state.communityId,
          state.orgPath,
          state.recipientId,
          state.amountFen,
          state.digest,
          state.policy.values.approvals,
          state.status,
          at,
        ],
      );
    } catch (error) {
      if (violatedConstraint(error) === 'evaluation_award_live') refuse('AWARD_EXISTS', 'state');
      throw error;
    }
  }

  /** False if the row does not stand at the version before. */
  async move(tx: Tx, state: AwardState, version: number, at: Instant): Promise<boolean> {
    const rows = await tx.query(
      `WITH moved AS (
         UPDATE evaluation_award SET status = $4, version = $3, given = $5, due = $6, moved_at = $7, calendar_version = $8
         WHERE tenant_id = $1 AND id = $2 AND version = $3 - 1 RETURNING id
       ) SELECT id FROM moved`,
      [tx.scope.tenant, state.awardId, version, state.status, state.approvers.length, state.due ?? null, at, countedOn(state) ?? null],
    );
    return rows.length === 1;
  }

  /** With an open date that was counted on an older calendar. */
  async countedBefore(tx: Tx, calendarVersion: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('SELECT id FROM evaluation_award WHERE tenant_id = $1 AND calendar_version < $2 ORDER BY id', [
      tx.scope.tenant,
      calendarVersion,
    ]);
    return rows.map(({ id }) => id);
  }

  async byId(tx: Tx, id: string): Promise<Award | undefined> {
    const [row] = await tx.query<Award>(
      `SELECT ${COLUMNS} FROM evaluation_award WHERE tenant_id = $1 AND ${IN_SUBTREE} AND id = $3`,
      [tx.scope.tenant, tx.scope.orgPath, id],
    );
    return row;
  }

  async byIds(tx: Tx, ids: readonly string[]): Promise<Award[]> {
    return tx.query<Award>(`SELECT ${COLUMNS} FROM evaluation_award WHERE tenant_id = $1 AND ${IN_SUBTREE} AND id = ANY ($3::uuid[])`, [
      tx.scope.tenant,
      tx.scope.orgPath,
      ids,
    ]);
  }

  /** Newest first, one row more than the page holds. */
  async page(
    tx: Tx,
    filter: AwardFilter,
    page: PageRequest,
  ): Promise<Award[]> {
    return tx.query<Award>(
      `SELECT ${COLUMNS} FROM evaluation_award
       WHERE tenant_id = $1 AND ${IN_SUBTREE}
         AND ($3::text IS NULL OR status = $3) AND ($4::uuid IS NULL OR project_id = $4)
         AND ($5::timestamptz IS NULL OR (proposed_at, id) < ($5::timestamptz, $6::uuid))
       ORDER BY proposed_at DESC, id DESC LIMIT $7`,
      [
        tx.scope.tenant,
        tx.scope.orgPath,
        filter.status ?? null,
        filter.projectId ?? null,
        ...keyset(page),
      ],
    );
  }
}
