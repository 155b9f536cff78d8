import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/database.ts';

@Injectable()
export class SessionExpiryStore {
  async count(tx: Tx, before: Instant): Promise<number> {
    const [row] = await tx.query<{ count: number }>('SELECT count(*) AS count FROM accounts_session WHERE tenant_id = $1 AND expires_at < $2', [
      tx.scope.tenant,
      before,
    ]);
    return row!.count;
  }

  async remove(tx: Tx, before: Instant, most: number): Promise<number> {
    const rows = await tx.query(
      `DELETE FROM accounts_session WHERE tenant_id = $1 AND id IN (
         SELECT id FROM accounts_session WHERE tenant_id = $1 AND expires_at < $2 LIMIT $3) RETURNING id`,
      [tx.scope.tenant, before, most],
    );
    return rows.length;
  }
}
