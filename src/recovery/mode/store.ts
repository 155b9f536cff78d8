import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Mode, RecoveryState } from './model.ts';

@Injectable()
export class ModeStore {
  async read(tx: Tx): Promise<RecoveryState | undefined> {
    const [row] = await tx.query<RecoveryState>('SELECT mode, epoch, reason, since FROM recovery_mode WHERE tenant_id = $1', [
      tx.scope.tenant,
    ]);
    return row;
  }

  /** Whoever is in recovery already stays in the epoch that it began. Answers the epoch. */
  async freeze(tx: Tx, reason: string, at: Instant): Promise<number> {
    const [row] = await tx.query<{ epoch: number }>(
      `INSERT INTO recovery_mode AS m (tenant_id, mode, epoch, reason, since) VALUES ($1, 'frozen', 2, $2, $3)
       ON CONFLICT (tenant_id) DO UPDATE
         SET mode = 'frozen', reason = $2, since = $3, epoch = m.epoch + CASE WHEN m.mode = 'open' THEN 1 ELSE 0 END
       RETURNING epoch`,
      [tx.scope.tenant, reason, at],
    );
    return row?.epoch ?? 0;
  }

  /** False = it was in neither of these modes. */
  async change(tx: Tx, from: readonly Mode[], to: Mode, at: Instant): Promise<boolean> {
    const changed = await tx.query(
      'UPDATE recovery_mode SET mode = $3, since = $4 WHERE tenant_id = $1 AND mode = ANY($2::text[]) RETURNING mode',
      [tx.scope.tenant, from, to, at],
    );
    return changed.length === 1;
  }

  async lastBlock(tx: Tx): Promise<{ number: number; hash: Buffer } | undefined> {
    const [block] = await tx.query<{ number: number; hash: Buffer }>(
      'SELECT number, hash FROM audit_block WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1',
      [tx.scope.tenant],
    );
    return block;
  }

  async blockHash(tx: Tx, number: number): Promise<Buffer | undefined> {
    const [block] = await tx.query<{ hash: Buffer }>('SELECT hash FROM audit_block WHERE tenant_id = $1 AND number = $2', [
      tx.scope.tenant,
      number,
    ]);
    return block?.hash;
  }

  /** Nobody stays signed in across a restore, and no link that was used since works again. */
  async revokeAccess(tx: Tx, at: Instant): Promise<void> {
    tx.send('DELETE FROM accounts_session WHERE tenant_id = $1', [tx.scope.tenant]);
    tx.send('UPDATE accounts_token SET revoked_at = $2 WHERE tenant_id = $1 AND revoked_at IS NULL', [tx.scope.tenant, at]);
  }
}
