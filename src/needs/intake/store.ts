import { Injectable } from '@nestjs/common';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { violatedConstraint } from '../../platform/database/violation.ts';
import { keyset, type PageRequest } from '../../platform/http/cursor.ts';
import { humanNumber, type Category } from '../model.ts';
import type { LeftOut, NeedState } from '../need/model.ts';
import { inSubtree } from '../store.ts';
import type { Followed, StoredConsent, Submission, SubmissionState } from './model.ts';

export interface NewSubmission extends Omit<Submission, 'needId'> {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly subjectId: string;
  readonly sealed: Buffer;
  /** Real time, for throttling. */
  readonly receivedAt: Instant;
  readonly ticketId: string | null;
  readonly networkIndex: Buffer | null;
  readonly followUpHash: Buffer | null;
}

export interface SealedSubmission extends Submission {
  readonly subjectId: string;
  readonly sealed: Buffer;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly enteredBy: string;
  readonly followUpHash: Buffer | null;
}

export interface SubmissionFilter {
  readonly state?: SubmissionState | undefined;
  readonly surveyId?: string | undefined;
  readonly communityId?: string | undefined;
}

const COLUMNS = `id, org_path AS "orgPath", community_id AS "communityId", survey_id AS "surveyId", channel, state, doubts, category,
  on_behalf AS "onBehalf", submitted_at AS "submittedAt", need_id AS "needId"`;

@Injectable()
export class IntakeStore {
  /** Refuses `TICKET_USED`. */
  async insert(tx: Tx, submission: NewSubmission): Promise<void> {
    try {
      await tx.query(
        `INSERT INTO needs_submission (tenant_id, id, org_path, community_id, survey_id, channel, state, doubts, answers, category,
           subject_id, content_sealed, entered_by, on_behalf, submitted_at, received_at, ticket_id, network_index, follow_up_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
        [
          tx.scope.tenant,
          submission.id,
          submission.orgPath,
          submission.communityId,
          submission.surveyId,
          submission.channel,
          submission.state,
          submission.doubts,
          JSON.stringify(submission.answers),
          submission.category,
          submission.subjectId,
          submission.sealed,
          tx.scope.actor,
          submission.onBehalf,
          submission.submittedAt,
          submission.receivedAt,
          submission.ticketId,
          submission.networkIndex,
          submission.followUpHash,
        ],
      );
    } catch (error) {
      if (violatedConstraint(error) === 'needs_submission_ticket') refuse('TICKET_USED', 'state');
      throw error;
    }
  }

  async insertConsents(tx: Tx, submission: Pick<NewSubmission, 'id' | 'orgPath' | 'subjectId'>, consents: readonly Omit<StoredConsent, 'recordedBy'>[]): Promise<void> {
    for (const { purpose, noticeVersion, noticeHash, channel, givenAt } of consents) {
      tx.send(
        `INSERT INTO needs_consent (tenant_id, submission_id, purpose, org_path, subject_id, notice_version, notice_hash, channel, given_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [tx.scope.tenant, submission.id, purpose, submission.orgPath, submission.subjectId, noticeVersion, noticeHash, channel, givenAt, tx.scope.actor],
      );
    }
  }

  /** Submissions of one network since a real instant; those that come together count each other one by one. */
  async countOfNetwork(tx: Tx, networks: readonly Buffer[], since: Instant): Promise<number> {
    const place = `${tx.scope.tenant}/${networks[0]?.toString('hex')}`;
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [place]);
    const [row] = await tx.query<{ count: number }>(
      'SELECT count(*) AS count FROM needs_submission WHERE tenant_id = $1 AND network_index = ANY($2::bytea[]) AND received_at > $3',
      [tx.scope.tenant, networks, since],
    );
    return row!.count;
  }

  async became(tx: Tx, id: string, needId: string): Promise<void> {
    tx.send('UPDATE needs_submission SET need_id = $3 WHERE tenant_id = $1 AND id = $2', [tx.scope.tenant, id, needId]);
  }

  /** False where it was not doubtful any more. */
  async settle(tx: Tx, id: string, state: 'accepted' | 'rejected', category: Category | null, at: Instant): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE needs_submission SET state = $4, category = coalesce($5, category), settled_at = $6, settled_by = $7
        WHERE tenant_id = $1 AND id = $2 AND state = 'doubtful' AND ${inSubtree(3)} RETURNING id`,
      [tx.scope.tenant, id, tx.scope.orgPath, state, category, at, tx.scope.actor],
    );
    return rows.length === 1;
  }

  /** The submission that a need came of. */
  async ofNeed(tx: Tx, needId: string): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>('SELECT id FROM needs_submission WHERE tenant_id = $1 AND need_id = $2', [tx.scope.tenant, needId]);
    return row?.id;
  }

  async reseal(tx: Tx, id: string, sealed: Buffer): Promise<void> {
    await tx.query('UPDATE needs_submission SET content_sealed = $3 WHERE tenant_id = $1 AND id = $2', [tx.scope.tenant, id, sealed]);
  }

  async sealed(tx: Tx, id: string): Promise<SealedSubmission | undefined> {
    const [row] = await tx.query<SealedSubmission>(
      `SELECT ${COLUMNS}, subject_id AS "subjectId", content_sealed AS sealed, answers, entered_by AS "enteredBy", follow_up_hash AS "followUpHash"
         FROM needs_submission WHERE tenant_id = $1 AND id = $2 AND ${inSubtree(3)}`,
      [tx.scope.tenant, id, tx.scope.orgPath],
    );
    return row;
  }

  /** Newest first, one row more than the page holds. */
  async page(tx: Tx, { state, surveyId, communityId }: SubmissionFilter, page: PageRequest): Promise<Submission[]> {
    return tx.query<Submission>(
      `SELECT ${COLUMNS} FROM needs_submission WHERE tenant_id = $1 AND ${inSubtree(2)}
          AND ($3::text IS NULL OR state = $3) AND ($4::uuid IS NULL OR survey_id = $4) AND ($5::uuid IS NULL OR community_id = $5)
          AND ($6::timestamptz IS NULL OR (submitted_at, id) < ($6::timestamptz, $7::uuid))
        ORDER BY submitted_at DESC, id DESC LIMIT $8`,
      [
        tx.scope.tenant,
        tx.scope.orgPath,
        state ?? null,
        surveyId ?? null,
        communityId ?? null,
        ...keyset(page),
      ],
    );
  }

  async consents(tx: Tx, id: string): Promise<StoredConsent[]> {
    return tx.query<StoredConsent>(
      `SELECT purpose, notice_version AS "noticeVersion", notice_hash AS "noticeHash", channel, given_at AS "givenAt", recorded_by AS "recordedBy"
         FROM needs_consent WHERE tenant_id = $1 AND submission_id = $2 ORDER BY purpose`,
      [tx.scope.tenant, id],
    );
  }

  async withdrawnAt(tx: Tx, subjectId: string): Promise<Instant | null> {
    const [row] = await tx.query<{ at: Instant }>(
      'SELECT withdrawn_at AS at FROM needs_consent_withdrawal WHERE tenant_id = $1 AND subject_id = $2',
      [tx.scope.tenant, subjectId],
    );
    return row?.at ?? null;
  }

  async remarks(tx: Tx, id: string): Promise<{ at: Instant; sealed: Buffer }[]> {
    return tx.query('SELECT at, text_sealed AS sealed FROM needs_remark WHERE tenant_id = $1 AND submission_id = $2 ORDER BY at, id', [tx.scope.tenant, id]);
  }

  /** Rivals who add to one submission come one after the other. */
  async countOfRemarks(tx: Tx, id: string): Promise<number> {
    await tx.query('SELECT id FROM needs_submission WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE', [tx.scope.tenant, id]);
    const [row] = await tx.query<{ count: number }>('SELECT count(*) AS count FROM needs_remark WHERE tenant_id = $1 AND submission_id = $2', [
      tx.scope.tenant,
      id,
    ]);
    return row!.count;
  }

  async insertRemark(tx: Tx, submission: Pick<SealedSubmission, 'id' | 'orgPath'>, remark: { id: string; sealed: Buffer; at: Instant }): Promise<void> {
    tx.send('INSERT INTO needs_remark (tenant_id, id, submission_id, org_path, text_sealed, at) VALUES ($1, $2, $3, $4, $5, $6)', [
      tx.scope.tenant,
      remark.id,
      submission.id,
      submission.orgPath,
      remark.sealed,
      remark.at,
    ]);
  }

  /** One read; the state of a merged need is the one of what it was merged into. */
  async followed(tx: Tx, id: string): Promise<Followed | undefined> {
    const [row] = await tx.query<{
      state: SubmissionState;
      submittedAt: Instant;
      communityId: string;
      serial: number | null;
      withdrawn: boolean;
      needState: NeedState;
      keptState: NeedState | null;
      category: Category;
      publicText: string | null;
      remarks: Instant[];
      asked: { text: string; at: Instant } | null;
      leftOut: LeftOut | null;
    }>(
      `SELECT s.state, s.submitted_at AS "submittedAt", s.community_id AS "communityId", n.serial, n.state AS "needState",
              w.subject_id IS NOT NULL AS withdrawn, k.state AS "keptState", n.category, n.public_text AS "publicText",
              ARRAY(SELECT to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') FROM needs_remark r
                     WHERE r.tenant_id = s.tenant_id AND r.submission_id = s.id ORDER BY r.at) AS remarks,
              coalesce(n.left_out, k.left_out) AS "leftOut",
              (SELECT jsonb_build_object('text', q.text, 'at', to_char(q.asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
                 FROM needs_question q WHERE q.tenant_id = n.tenant_id AND q.need_id = n.id AND n.state = 'asked'
                ORDER BY q.number DESC LIMIT 1) AS asked
         FROM needs_submission s
         LEFT JOIN needs_need n ON n.tenant_id = s.tenant_id AND n.id = s.need_id
         LEFT JOIN needs_consent_withdrawal w ON w.tenant_id = s.tenant_id AND w.subject_id = s.subject_id
         LEFT JOIN needs_need k ON k.tenant_id = n.tenant_id AND k.id = n.merged_into
        WHERE s.tenant_id = $1 AND s.id = $2`,
      [tx.scope.tenant, id],
    );
    if (!row) return undefined;
    const { state, withdrawn, submittedAt, communityId, serial, needState, keptState, category, publicText, remarks, asked, leftOut } = row;
    const need = serial === null ? null : { number: humanNumber('need', serial), state: needState, keptState, category, publicText };
    return { state, withdrawn, submittedAt, communityId, need, remarks, asked, leftOut };
  }

  /** What keeps a survey from being listed: doubtful answers, and needs that nobody has looked at. */
  async unsettled(tx: Tx, surveyId: string): Promise<{ doubtful: number; untriaged: number }> {
    const [row] = await tx.query<{ doubtful: number; untriaged: number }>(
      `SELECT count(*) FILTER (WHERE s.state = 'doubtful') AS doubtful, count(n.id) FILTER (WHERE n.state IN ('raised', 'asked')) AS untriaged
         FROM needs_submission s LEFT JOIN needs_need n ON n.tenant_id = s.tenant_id AND n.id = s.need_id
        WHERE s.tenant_id = $1 AND s.survey_id = $2`,
      [tx.scope.tenant, surveyId],
    );
    return row!;
  }
}
