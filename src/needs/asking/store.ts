import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Question } from './model.ts';

export interface SealedQuestion extends Question {
  readonly sealed: Buffer | null;
}

const COLUMNS = 'number, text, asked_at AS "askedAt", answered_at AS "answeredAt", answer_sealed AS sealed';

@Injectable()
export class AskingStore {
  /** With the need's row held by the caller's change of it. */
  async insert(tx: Tx, need: { readonly id: string; readonly orgPath: OrgPath }, question: Pick<Question, 'text' | 'askedAt'>): Promise<void> {
    await tx.query(
      `INSERT INTO needs_question (tenant_id, need_id, number, org_path, text, asked_at, asked_by)
       SELECT $1, $2, count(*) + 1, $3, $4, $5, $6 FROM needs_question WHERE tenant_id = $1 AND need_id = $2`,
      [tx.scope.tenant, need.id, need.orgPath, question.text, question.askedAt, tx.scope.actor],
    );
  }

  async answer(tx: Tx, needId: string, { number }: Question, sealed: Buffer, at: Instant): Promise<void> {
    await tx.query('UPDATE needs_question SET answer_sealed = $4, answered_at = $5, answered_by = $6 WHERE tenant_id = $1 AND need_id = $2 AND number = $3', [
      tx.scope.tenant,
      needId,
      number,
      sealed,
      at,
      tx.scope.actor,
    ]);
  }

  /** Oldest first. */
  async ofNeed(tx: Tx, needId: string): Promise<SealedQuestion[]> {
    return tx.query<SealedQuestion>(`SELECT ${COLUMNS} FROM needs_question WHERE tenant_id = $1 AND need_id = $2 ORDER BY number`, [
      tx.scope.tenant,
      needId,
    ]);
  }

  /** Whether a proposal has taken the need up. */
  async isBundled(tx: Tx, needId: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM needs_proposal_need WHERE tenant_id = $1 AND need_id = $2 LIMIT 1', [tx.scope.tenant, needId]);
    return rows.length > 0;
  }

  /** Whether who raised the need holds a follow-up code, and so sees by themselves what is asked. */
  async isFollowed(tx: Tx, needId: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM needs_submission WHERE tenant_id = $1 AND need_id = $2 AND follow_up_hash IS NOT NULL LIMIT 1', [
      tx.scope.tenant,
      needId,
    ]);
    return rows.length > 0;
  }
}
