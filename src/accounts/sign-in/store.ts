import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.ts';
import type { Attempts } from './model.ts';

const ATTEMPTS = 'failures, first_failed_at AS "firstFailedAt", locked_until AS "lockedUntil"';

@Injectable()
export class AttemptStore {
  async read(tx: Tx, lockKey: string): Promise<Attempts | undefined> {
    const [attempts] = await tx.query<Attempts>(
      `SELECT ${ATTEMPTS} FROM accounts_sign_in_lock WHERE tenant_id = $1 AND lock_key = $2`,
      [tx.scope.tenant, lockKey],
    );
    return attempts;
  }

  /** Counts one after the other, however many fail at once. */
  async change(tx: Tx, lockKey: string, next: (before: Attempts | undefined) => Attempts): Promise<Attempts> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.scope.tenant}/${lockKey}`]);
    const after = next(await this.read(tx, lockKey));
    await tx.query(
      `INSERT INTO accounts_sign_in_lock (tenant_id, lock_key, failures, first_failed_at, locked_until)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant_id, lock_key) DO UPDATE
          SET failures = excluded.failures, first_failed_at = excluded.first_failed_at, locked_until = excluded.locked_until`,
      [tx.scope.tenant, lockKey, after.failures, after.firstFailedAt, after.lockedUntil],
    );
    return after;
  }

  async forget(tx: Tx, lockKey: string): Promise<void> {
    await tx.query('DELETE FROM accounts_sign_in_lock WHERE tenant_id = $1 AND lock_key = $2', [tx.scope.tenant, lockKey]);
  }
}
