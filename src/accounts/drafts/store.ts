import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Draft } from './model.ts';

export interface SealedDraft extends Omit<Draft, 'text'> {
  readonly sealed: Buffer;
}

@Injectable()
export class DraftStore {
  async of(tx: Tx, accountId: string): Promise<Omit<Draft, 'text'>[]> {
    return tx.query(
      `SELECT form, version, saved_at AS "savedAt" FROM accounts_draft WHERE tenant_id = $1 AND account_id = $2 ORDER BY saved_at DESC, form`,
      [tx.scope.tenant, accountId],
    );
  }

  async read(tx: Tx, accountId: string, form: string): Promise<SealedDraft | undefined> {
    const [row] = await tx.query<SealedDraft>(
      `SELECT form, version, saved_at AS "savedAt", text_sealed AS sealed FROM accounts_draft
        WHERE tenant_id = $1 AND account_id = $2 AND form = $3`,
      [tx.scope.tenant, accountId, form],
    );
    return row;
  }

  /** Undefined where the draft is no longer, or not yet, of that version, or there are as many as there may be. */
  async save(tx: Tx, accountId: string, form: string, sealed: Buffer, basedOn: number, at: Instant, most: number): Promise<number | undefined> {
    const [saved] =
      basedOn === 0
        ? await tx.query<{ version: number }>(
            `INSERT INTO accounts_draft (tenant_id, account_id, form, version, text_sealed, saved_at)
             SELECT $1, $2, $3, 1, $4, $5
              WHERE (SELECT count(*) FROM accounts_draft o WHERE o.tenant_id = $1 AND o.account_id = $2) < $6
             ON CONFLICT DO NOTHING RETURNING version`,
            [tx.scope.tenant, accountId, form, sealed, at, most],
          )
        : await tx.query<{ version: number }>(
            `UPDATE accounts_draft SET version = version + 1, text_sealed = $4, saved_at = $5
              WHERE tenant_id = $1 AND account_id = $2 AND form = $3 AND version = $6 RETURNING version`,
            [tx.scope.tenant, accountId, form, sealed, at, basedOn],
          );
    return saved?.version;
  }

  async remove(tx: Tx, accountId: string, form: string): Promise<void> {
    await tx.query('DELETE FROM accounts_draft WHERE tenant_id = $1 AND account_id = $2 AND form = $3', [tx.scope.tenant, accountId, form]);
  }

  async removeAllOf(tx: Tx, accountIds: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM accounts_draft WHERE tenant_id = $1 AND account_id = ANY($2::uuid[])', [tx.scope.tenant, accountIds]);
  }

  async countBefore(tx: Tx, before: Instant): Promise<number> {
    const [row] = await tx.query<{ count: number }>('SELECT count(*)::integer AS count FROM accounts_draft WHERE tenant_id = $1 AND saved_at < $2', [tx.scope.tenant, before]);
    return row?.count ?? 0;
  }

  async removeBefore(tx: Tx, before: Instant, most: number): Promise<number> {
    const rows = await tx.query(
      `DELETE FROM accounts_draft WHERE tenant_id = $1 AND (account_id, form) IN (
         SELECT account_id, form FROM accounts_draft WHERE tenant_id = $1 AND saved_at < $2 LIMIT $3) RETURNING form`,
      [tx.scope.tenant, before, most],
    );
    return rows.length;
  }
}
