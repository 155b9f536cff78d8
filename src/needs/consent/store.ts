import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import type { RecordedWithdrawal, Speaker } from './model.ts';

@Injectable()
export class ConsentStore {
  /** False where it was withdrawn before. */
  async withdraw(tx: Tx, { subjectId, orgPath }: Speaker, channel: RecordedWithdrawal, at: Instant): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO needs_consent_withdrawal (tenant_id, subject_id, org_path, channel, withdrawn_at, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING subject_id`,
      [tx.scope.tenant, subjectId, orgPath, channel, at, tx.scope.actor],
    );
    return rows.length === 1;
  }

  /** That who spoke in a need took it back; undefined where nobody did. */
  async withdrawnOf(tx: Tx, needId: string): Promise<Speaker | undefined> {
    const [row] = await tx.query<Speaker>(
      `SELECT subject_id AS "subjectId", org_path AS "orgPath", $2::uuid AS "needId" FROM needs_consent_withdrawal
        WHERE tenant_id = $1 AND subject_id = $3`,
      [tx.scope.tenant, needId, deriveId(needId, 'raiser')],
    );
    return row;
  }

  /** Who spoke, in a need or in a submission that became none. */
  async speaker(tx: Tx, subjectId: string): Promise<Speaker | undefined> {
    const [row] = await tx.query<{ orgPath: Speaker['orgPath']; needId: string | null; submissionId: string | null }>(
      `SELECT org_path AS "orgPath", need_id AS "needId", NULL AS "submissionId" FROM needs_raiser WHERE tenant_id = $1 AND subject_id = $2
       UNION ALL
       SELECT org_path, need_id, id FROM needs_submission WHERE tenant_id = $1 AND subject_id = $2 LIMIT 1`,
      [tx.scope.tenant, subjectId],
    );
    return row && { subjectId, orgPath: row.orgPath, needId: row.needId ?? deriveId(row.submissionId!, 0) };
  }
}
