import { Injectable } from '@nestjs/common';
import { refuse } from '../kernel/refusal.ts';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import { violatedConstraint } from '../platform/database/violation.ts';
import { keyset, type PageRequest } from '../platform/http/cursor.ts';
import { countedOn, type RefusalGround, type Right, type RightsState, type RightsStatus } from './model.ts';
import type { ContentKind, RightsRequest } from './reading.ts';

export interface SealedContent {
  readonly id: string;
  readonly requestId: string;
  readonly orgPath: OrgPath;
  readonly kind: ContentKind;
  readonly sealed: Buffer;
  readonly commandId: string;
  readonly at: Instant;
}

/** What moves with an event beside the state. */
export interface Outcome {
  readonly ground: RefusalGround | null;
  readonly copyUntil: Instant | null;
  readonly at: Instant;
}

const COLUMNS = `id, org_path AS "orgPath", community_id AS "communityId", subject_id AS "subjectId", need_id AS "needId",
  submission_id AS "submissionId", asked_right AS "right", channel, status, ground, late, due, copy_until AS "copyUntil", version,
  received_at AS "receivedAt", moved_at AS "movedAt"`;

/** `$2` = root of the transaction's subtree. */
const IN_SUBTREE = `org_path >= $2 AND org_path < left($2, -1) || '0'`;

@Injectable()
export class RightsStore {
  /** Refuses `RIGHTS_OPEN`: one request of a kind at a time for a person. */
  async insert(tx: Tx, state: RightsState, at: Instant): Promise<void> {
    const { requestId, orgPath, communityId, subjectId, needId, submissionId, right, channel, status, due } = state;
    try {
      await tx.query(
        `INSERT INTO rights_request (tenant_id, id, org_path, community_id, subject_id, need_id, submission_id, asked_right, channel,
           status, late, due, calendar_version, version, received_at, moved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, $11, $12, 1, $13, $13)`,
        [tx.scope.tenant, requestId, orgPath, communityId, subjectId, needId, submissionId, right, channel, status, due ?? null, countedOn(state) ?? null, at],
      );
    } catch (error) {
      if (violatedConstraint(error) === 'rights_request_open') refuse('RIGHTS_OPEN', 'state');
      throw error;
    }
  }

  /** False if the row does not stand at the version before. */
  async move(tx: Tx, state: RightsState, version: number, { ground, copyUntil, at }: Outcome): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE rights_request SET status = $4, version = $3, ground = $5, late = $6, due = $7, calendar_version = $8, copy_until = $9, moved_at = $10
        WHERE tenant_id = $1 AND id = $2 AND version = $3 - 1 RETURNING id`,
      [tx.scope.tenant, state.requestId, version, state.status, ground, state.late, state.due ?? null, countedOn(state) ?? null, copyUntil, at],
    );
    return rows.length === 1;
  }

  /** With an open date that was counted on an older calendar. */
  async countedBefore(tx: Tx, calendarVersion: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('SELECT id FROM rights_request WHERE tenant_id = $1 AND calendar_version < $2 ORDER BY id', [
      tx.scope.tenant,
      calendarVersion,
    ]);
    return rows.map(({ id }) => id);
  }

  async byId(tx: Tx, id: string): Promise<RightsRequest | undefined> {
    const [row] = await tx.query<RightsRequest>(`SELECT ${COLUMNS} FROM rights_request WHERE tenant_id = $1 AND ${IN_SUBTREE} AND id = $3`, [
      tx.scope.tenant,
      tx.scope.orgPath,
      id,
    ]);
    return row;
  }

  /** Newest first. */
  async ofSubject(tx: Tx, subjectId: string): Promise<RightsRequest[]> {
    return tx.query<RightsRequest>(
      `SELECT ${COLUMNS} FROM rights_request WHERE tenant_id = $1 AND ${IN_SUBTREE} AND subject_id = $3 ORDER BY received_at DESC, id DESC`,
      [tx.scope.tenant, tx.scope.orgPath, subjectId],
    );
  }

  /** Newest first, one row more than the page holds. */
  async page(tx: Tx, filter: { readonly status?: RightsStatus | undefined; readonly right?: Right | undefined }, page: PageRequest): Promise<RightsRequest[]> {
    return tx.query<RightsRequest>(
      `SELECT ${COLUMNS} FROM rights_request WHERE tenant_id = $1 AND ${IN_SUBTREE}
          AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR asked_right = $4)
          AND ($5::timestamptz IS NULL OR (received_at, id) < ($5::timestamptz, $6::uuid))
        ORDER BY received_at DESC, id DESC LIMIT $7`,
      [tx.scope.tenant, tx.scope.orgPath, filter.status ?? null, filter.right ?? null, ...keyset(page)],
    );
  }

  /** A repeat of the same command stores nothing again. */
  async addContent(tx: Tx, { id, requestId, orgPath, kind, sealed, commandId, at }: SealedContent): Promise<void> {
    await tx.query(
      `INSERT INTO rights_content (tenant_id, id, request_id, org_path, kind, sealed, command_id, author, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, id, requestId, orgPath, kind, sealed, commandId, tx.scope.actor, at],
    );
  }

  async content(tx: Tx, id: string): Promise<SealedContent | undefined> {
    const [row] = await tx.query<SealedContent>(`SELECT ${CONTENT} FROM rights_content WHERE tenant_id = $1 AND id = $2`, [tx.scope.tenant, id]);
    return row;
  }

  /** In the order in which they were written; not with a command that the case refused, or has not taken yet. */
  async contents(tx: Tx, requestId: string, caseId: string): Promise<SealedContent[]> {
    return tx.query<SealedContent>(
      `SELECT ${CONTENT} FROM rights_content c
        WHERE tenant_id = $1 AND request_id = $2
          AND EXISTS (SELECT FROM case_decision d WHERE d.tenant_id = $1 AND d.case_id = $3 AND d.command_id = c.command_id)
        ORDER BY at, id`,
      [tx.scope.tenant, requestId, caseId],
    );
  }
}

const CONTENT = `id, request_id AS "requestId", org_path AS "orgPath", kind, sealed, command_id AS "commandId", at`;
