import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keyset, type PageRequest } from '../../platform/http/cursor.ts';
import { inSubtree } from '../store.ts';
import type { AreaProgress, Survey, SurveyContent } from './content/model.ts';
import type { SurveyStatus } from './lifecycle/model.ts';

export type NewSurvey = Omit<Survey, 'status' | 'released' | 'due' | 'version'>;

export interface SurveyMove {
  readonly status: SurveyStatus;
  readonly released: boolean;
  readonly closesAt: Instant | null;
  readonly due: Instant | null;
  /** On which its open dates were counted; null where none is open. */
  readonly calendarVersion: number | null;
}

const COLUMNS = `id, org_path AS "orgPath", code, title, intro, questions, community_ids AS "communityIds", channels,
  target_per_area AS "targetPerArea", opens_at AS "opensAt", closes_at AS "closesAt", content_hash AS "contentHash",
  policy_version AS "policyVersion", status, released, due, created_at AS "createdAt", version`;

/** `$2` = root of the subtree: what lies in it, and what a place above it asks its people to do. */
const CONCERNS = `((${inSubtree(2)}) OR starts_with($2, org_path))`;

@Injectable()
export class SurveyStore {
  async insert(tx: Tx, survey: NewSurvey): Promise<void> {
    await tx.query(
      `INSERT INTO needs_survey (tenant_id, id, org_path, code, title, intro, questions, community_ids, channels, target_per_area,
         opens_at, closes_at, content_hash, policy_version, status, created_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13, $14, 'draft', $15, $16)`,
      [
        tx.scope.tenant,
        survey.id,
        survey.orgPath,
        survey.code,
        survey.title,
        survey.intro,
        JSON.stringify(survey.questions),
        survey.communityIds,
        survey.channels,
        survey.targetPerArea,
        survey.opensAt,
        survey.closesAt,
        survey.contentHash,
        survey.policyVersion,
        survey.createdAt,
        tx.scope.actor,
      ],
    );
  }

  /** The edited draft, or undefined where it is not at `version` any more, or released. */
  async edit(tx: Tx, id: string, version: number, content: SurveyContent, contentHash: string): Promise<Survey | undefined> {
    const [row] = await tx.query<Survey>(
      `UPDATE needs_survey SET title = $4, intro = $5, questions = $6::jsonb, community_ids = $7, channels = $8, target_per_area = $9,
         opens_at = $10, closes_at = $11, content_hash = $12, version = version + 1
       WHERE tenant_id = $1 AND id = $2 AND version = $3 AND status = 'draft' AND NOT released RETURNING ${COLUMNS}`,
      [
        tx.scope.tenant,
        id,
        version,
        content.title,
        content.intro,
        JSON.stringify(content.questions),
        content.communityIds,
        content.channels,
        content.targetPerArea,
        content.opensAt,
        content.closesAt,
        contentHash,
      ],
    );
    return row;
  }

  /** What the case has decided; false where the row does not stand at the version before. */
  async move(tx: Tx, id: string, caseVersion: number, { status, released, closesAt, due, calendarVersion }: SurveyMove): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE needs_survey SET status = $4, released = $5, closes_at = coalesce($6::timestamptz, closes_at), due = $7,
         calendar_version = $8, case_version = $3, version = version + 1
       WHERE tenant_id = $1 AND id = $2 AND case_version = $3 - 1 RETURNING id`,
      [tx.scope.tenant, id, caseVersion, status, released, closesAt, due, calendarVersion],
    );
    return rows.length === 1;
  }

  /** Of the subtree or of a place above it. */
  async byId(tx: Tx, id: string): Promise<Survey | undefined> {
    const [row] = await tx.query<Survey>(`SELECT ${COLUMNS} FROM needs_survey WHERE tenant_id = $1 AND ${CONCERNS} AND id = $3`, [
      tx.scope.tenant,
      tx.scope.orgPath,
      id,
    ]);
    return row;
  }

  /** Held until the transaction ends: an answer is either in before the case closes, or sees it closed. */
  async held(tx: Tx, id: string): Promise<Survey | undefined> {
    const [row] = await tx.query<Survey>(`SELECT ${COLUMNS} FROM needs_survey WHERE tenant_id = $1 AND ${CONCERNS} AND id = $3 FOR SHARE`, [
      tx.scope.tenant,
      tx.scope.orgPath,
      id,
    ]);
    return row;
  }

  /** With an open date that was counted on an older calendar. */
  async countedBefore(tx: Tx, calendarVersion: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('SELECT id FROM needs_survey WHERE tenant_id = $1 AND calendar_version < $2 ORDER BY id', [
      tx.scope.tenant,
      calendarVersion,
    ]);
    return rows.map(({ id }) => id);
  }

  /** Newest first, one row more than the page holds. */
  async page(tx: Tx, status: SurveyStatus | undefined, page: PageRequest): Promise<Survey[]> {
    return tx.query<Survey>(
      `SELECT ${COLUMNS} FROM needs_survey WHERE tenant_id = $1 AND ${CONCERNS} AND ($3::text IS NULL OR status = $3)
          AND ($4::timestamptz IS NULL OR (created_at, id) < ($4::timestamptz, $5::uuid))
        ORDER BY created_at DESC, id DESC LIMIT $6`,
      [tx.scope.tenant, tx.scope.orgPath, status ?? null, ...keyset(page)],
    );
  }

  /** Answers and what became of them, by community, in one read. */
  async progress(tx: Tx, id: string): Promise<AreaProgress[]> {
    return tx.query<AreaProgress>(
      `SELECT area.id AS "communityId", count(s.id) FILTER (WHERE s.state = 'accepted') AS answers,
              count(s.id) FILTER (WHERE s.state = 'doubtful') AS doubtful, count(n.id) AS needs,
              count(n.id) FILTER (WHERE n.state IN ('raised', 'asked')) AS untriaged
         FROM needs_survey v
        CROSS JOIN LATERAL unnest(v.community_ids) WITH ORDINALITY AS area(id, place)
         LEFT JOIN needs_submission s ON s.tenant_id = v.tenant_id AND s.survey_id = v.id AND s.community_id = area.id
         LEFT JOIN needs_need n ON n.tenant_id = s.tenant_id AND n.id = s.need_id
        WHERE v.tenant_id = $1 AND v.id = $2 GROUP BY area.id, area.place ORDER BY area.place`,
      [tx.scope.tenant, id],
    );
  }

  /** How often each choice, mark or number was given, over all areas that the transaction sees. */
  async tallies(tx: Tx, id: string): Promise<{ question: string; value: string; count: number }[]> {
    return tx.query(
      `SELECT given.key AS question, part.value AS value, count(*) AS count
         FROM needs_submission s
        CROSS JOIN LATERAL jsonb_each(s.answers) AS given
        CROSS JOIN LATERAL jsonb_array_elements_text(CASE jsonb_typeof(given.value) WHEN 'array' THEN given.value ELSE jsonb_build_array(given.value) END) AS part(value)
        WHERE s.tenant_id = $1 AND s.survey_id = $2 AND s.state = 'accepted'
        GROUP BY given.key, part.value ORDER BY given.key, count DESC, part.value`,
      [tx.scope.tenant, id],
    );
  }
}
