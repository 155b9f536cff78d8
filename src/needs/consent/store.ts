import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Speaker, Withdrawal } from './model.ts';

@Injectable()
export class ConsentStore {
  /** False where it was withdrawn before. */
  async withdraw(tx: Tx, { subjectId, orgPath }: Speaker, channel: Withdrawal, at: Instant): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO needs_consent_withdrawal (tenant_id, subject_id, org_path, channel, withdrawn_at, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING subject_id`,
      [tx.scope.tenant, subjectId, orgPath, channel, at, tx.scope.actor],
    );
    return rows.length === 1;
  }
}
