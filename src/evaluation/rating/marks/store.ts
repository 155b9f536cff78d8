import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/database.ts';

@Injectable()
export class RatingMarkStore {
  async count(tx: Tx, before: Instant): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      'SELECT count(*) AS count FROM evaluation_rating WHERE tenant_id = $1 AND network_index IS NOT NULL AND received_at < $2',
      [tx.scope.tenant, before],
    );
    return row!.count;
  }

  async remove(tx: Tx, before: Instant, most: number): Promise<number> {
    const rows = await tx.query(
      `UPDATE evaluation_rating SET network_index = NULL WHERE tenant_id = $1 AND code_id IN (
         SELECT code_id FROM evaluation_rating WHERE tenant_id = $1 AND network_index IS NOT NULL AND received_at < $2 LIMIT $3) RETURNING code_id`,
      [tx.scope.tenant, before, most],
    );
    return rows.length;
  }
}
