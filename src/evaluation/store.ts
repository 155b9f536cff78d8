import { Injectable } from '@nestjs/common';
import type { Instant } from '../kernel/time.ts';
import { canonicalJson, type CanonicalValue } from '../platform/crypto/canonical.ts';
import type { Tx } from '../platform/database/database.ts';
import { deriveId, hashOf } from '../platform/ids.ts';

export interface Written {
  /** The project or award it belongs to. */
  readonly subjectId: string;
  readonly kind: string;
  readonly body: CanonicalValue;
}

export interface StoredContent {
  readonly id: string;
  readonly kind: string;
  readonly body: unknown;
  readonly hash: string;
  readonly author: string;
  readonly at: Instant;
}

@Injectable()
export class EvaluationStore {
  /** Answers what the command carries: id and hash. A repeat of the same command stores nothing again. */
  async addContent(
    tx: Tx,
    commandId: string,
    { subjectId, kind, body }: Written,
    at: Instant,
  ): Promise<{ contentId: string; contentHash: string }> {
    const [contentId, text] = [deriveId(commandId, kind), canonicalJson(body)];
    const contentHash = hashOf(text);
    await tx.query(
      `INSERT INTO evaluation_content (tenant_id, id, subject_id, kind, body, hash, author, at, command_id)
       VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, contentId, subjectId, kind, text, contentHash, tx.scope.actor, at, commandId],
    );
    return { contentId, contentHash };
  }

  /** In the order in which they were written; not with a command that the case refused, or has not taken yet. */
  async contents(tx: Tx, subjectId: string, caseId: string): Promise<StoredContent[]> {
    return tx.query<StoredContent>(
      `SELECT id, kind, body, hash, author, at FROM evaluation_content c
       WHERE tenant_id = $1 AND subject_id = $2
         AND (command_id IS NULL OR EXISTS (
           SELECT FROM case_decision d WHERE d.tenant_id = $1 AND d.case_id = $3 AND d.command_id = c.command_id))
       ORDER BY at, id`,
      [tx.scope.tenant, subjectId, caseId],
    );
  }
}
