import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { SecondFactor } from './model.ts';

export interface SealedSecrets {
  readonly sealed: Buffer | null;
  readonly pending: Buffer | null;
}

@Injectable()
export class SecondFactorStore {
  async of(tx: Tx, accountId: string): Promise<SecondFactor> {
    const [found] = await tx.query<SecondFactor>(
      `SELECT (SELECT confirmed_at FROM accounts_second_factor WHERE tenant_id = $1 AND account_id = $2) AS "confirmedAt",
              (SELECT count(*)::int FROM accounts_recovery_code
                WHERE tenant_id = $1 AND account_id = $2 AND used_at IS NULL) AS "recoveryCodesLeft"`,
      [tx.scope.tenant, accountId],
    );
    return found ?? { confirmedAt: null, recoveryCodesLeft: 0 };
  }

  async secrets(tx: Tx, accountId: string): Promise<SealedSecrets | undefined> {
    const [found] = await tx.query<SealedSecrets>(
      `SELECT secret_sealed AS sealed, pending_sealed AS pending FROM accounts_second_factor
        WHERE tenant_id = $1 AND account_id = $2`,
      [tx.scope.tenant, accountId],
    );
    return found;
  }

  /** The one in use stays until the new one has been confirmed. */
  async propose(tx: Tx, accountId: string, sealed: Buffer): Promise<void> {
    await tx.query(
      `INSERT INTO accounts_second_factor (tenant_id, account_id, pending_sealed) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, account_id) DO UPDATE SET pending_sealed = excluded.pending_sealed`,
      [tx.scope.tenant, accountId, sealed],
    );
  }

  /** False when somebody proposed another one meanwhile. */
  async confirm(tx: Tx, accountId: string, pending: Buffer, step: number, at: Instant): Promise<boolean> {
    const confirmed = await tx.query(
      `UPDATE accounts_second_factor
          SET secret_sealed = pending_sealed, pending_sealed = NULL, last_step = $4, confirmed_at = $5
        WHERE tenant_id = $1 AND account_id = $2 AND pending_sealed = $3 RETURNING account_id`,
      [tx.scope.tenant, accountId, pending, step, at],
    );
    return confirmed.length > 0;
  }

  /** False for a step that was used before, or before one that was: a code read over a shoulder is worth nothing. */
  async useStep(tx: Tx, accountId: string, step: number): Promise<boolean> {
    const used = await tx.query(
      `UPDATE accounts_second_factor SET last_step = $3
        WHERE tenant_id = $1 AND account_id = $2 AND last_step < $3 RETURNING account_id`,
      [tx.scope.tenant, accountId, step],
    );
    return used.length > 0;
  }

  async replaceRecoveryCodes(tx: Tx, accountId: string, hashes: readonly Buffer[]): Promise<void> {
    await this.#forgetRecoveryCodes(tx, accountId);
    await tx.query(
      `INSERT INTO accounts_recovery_code (tenant_id, account_id, code_hash) SELECT $1, $2, unnest($3::bytea[])`,
      [tx.scope.tenant, accountId, hashes],
    );
  }

  async useRecoveryCode(tx: Tx, accountId: string, hash: Buffer, at: Instant): Promise<boolean> {
    const used = await tx.query(
      `UPDATE accounts_recovery_code SET used_at = $4
        WHERE tenant_id = $1 AND account_id = $2 AND code_hash = $3 AND used_at IS NULL RETURNING account_id`,
      [tx.scope.tenant, accountId, hash, at],
    );
    return used.length > 0;
  }

  async remove(tx: Tx, accountId: string): Promise<boolean> {
    await this.#forgetRecoveryCodes(tx, accountId);
    const removed = await tx.query(
      'DELETE FROM accounts_second_factor WHERE tenant_id = $1 AND account_id = $2 RETURNING account_id',
      [tx.scope.tenant, accountId],
    );
    return removed.length > 0;
  }

  async #forgetRecoveryCodes(tx: Tx, accountId: string): Promise<void> {
    await tx.query('DELETE FROM accounts_recovery_code WHERE tenant_id = $1 AND account_id = $2', [
      tx.scope.tenant,
      accountId,
    ]);
  }
}
