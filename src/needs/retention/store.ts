import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { After } from './model.ts';

export interface SpeakerRow extends After {
  readonly subjectId: string;
  readonly orgPath: OrgPath;
  /** Null for a submission of which no need came. */
  readonly needId: string | null;
}

const OLD_IMPORTS = `imported_at < $2 AND NOT EXISTS (
  SELECT FROM needs_hold h WHERE h.tenant_id = $1 AND h.record_kind = 'import' AND h.record_id = i.id AND h.lifted_at IS NULL)`;

@Injectable()
export class NeedsRetentionStore {
  /**
   * Who is still readable though what they raised, or what it was joined to, was settled before that instant; and who
   * answered before it without a need coming of it. Oldest first, `most` at once.
   */
  async speakers(tx: Tx, before: Instant, after: After | undefined, most: number): Promise<SpeakerRow[]> {
    return tx.query<SpeakerRow>(
      `SELECT due.subject_id AS "subjectId", due.org_path AS "orgPath", due.need_id AS "needId", due.at, due.id
         FROM (SELECT r.subject_id, r.org_path, n.id AS need_id, n.ended_at AS at, n.id
                 FROM needs_need n JOIN needs_raiser r ON r.tenant_id = $1 AND r.need_id = n.id
                WHERE n.tenant_id = $1 AND n.ended_at < $2
               UNION ALL
               SELECT r.subject_id, r.org_path, n.id, k.ended_at, n.id
                 FROM needs_need k JOIN needs_need n ON n.tenant_id = $1 AND n.merged_into = k.id
                 JOIN needs_raiser r ON r.tenant_id = $1 AND r.need_id = n.id
                WHERE k.tenant_id = $1 AND k.ended_at < $2
               UNION ALL
               SELECT subject_id, org_path, NULL, submitted_at, id
                 FROM needs_submission WHERE tenant_id = $1 AND need_id IS NULL AND submitted_at < $2) due
         JOIN subject_key s ON s.tenant_id = $1 AND s.subject_id = due.subject_id AND s.wrapped IS NOT NULL
        WHERE $3::timestamptz IS NULL OR (due.at, due.id) > ($3, $4::uuid)
        ORDER BY due.at, due.id LIMIT $5`,
      [tx.scope.tenant, before, after?.at ?? null, after?.id ?? null, most],
    );
  }

  async countMarks(tx: Tx, before: Instant): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      'SELECT count(*) AS count FROM needs_submission WHERE tenant_id = $1 AND network_index IS NOT NULL AND received_at < $2',
      [tx.scope.tenant, before],
    );
    return row!.count;
  }

  async removeMarks(tx: Tx, before: Instant, most: number): Promise<number> {
    const rows = await tx.query(
      `UPDATE needs_submission SET network_index = NULL WHERE tenant_id = $1 AND id IN (
         SELECT id FROM needs_submission WHERE tenant_id = $1 AND network_index IS NOT NULL AND received_at < $2 LIMIT $3) RETURNING id`,
      [tx.scope.tenant, before, most],
    );
    return rows.length;
  }

  async countImportRows(tx: Tx, before: Instant): Promise<{ due: number; held: number }> {
    const [row] = await tx.query<{ due: number; held: number }>(
      `SELECT count(*) FILTER (WHERE free) AS due, count(*) FILTER (WHERE NOT free) AS held
         FROM (SELECT ${OLD_IMPORTS} AS free FROM needs_import i JOIN needs_import_row r ON r.tenant_id = $1 AND r.import_id = i.id
                WHERE i.tenant_id = $1 AND i.imported_at < $2) due`,
      [tx.scope.tenant, before],
    );
    return row!;
  }

  async removeImportRows(tx: Tx, before: Instant, most: number): Promise<number> {
    const rows = await tx.query(
      `DELETE FROM needs_import_row WHERE tenant_id = $1 AND (kind, row_key) IN (
         SELECT r.kind, r.row_key FROM needs_import i JOIN needs_import_row r ON r.tenant_id = $1 AND r.import_id = i.id
          WHERE i.tenant_id = $1 AND ${OLD_IMPORTS} LIMIT $3) RETURNING row_key`,
      [tx.scope.tenant, before, most],
    );
    return rows.length;
  }
}
