import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { SavedView } from './model.ts';

const VIEW = 'v.id, v.name, v.query';

@Injectable()
export class ViewStore {
  async of(tx: Tx, personId: string, list: string): Promise<SavedView[]> {
    return tx.query<SavedView>(
      `SELECT ${VIEW} FROM accounts_view v WHERE v.tenant_id = $1 AND v.person_id = $2 AND v.list = $3 ORDER BY v.name`,
      [tx.scope.tenant, personId, list],
    );
  }

  /** One of the same name keeps its id. Undefined when the person keeps as many of this list as they may. */
  async save(tx: Tx, personId: string, list: string, view: SavedView, at: Instant, most: number): Promise<SavedView | undefined> {
    const [saved] = await tx.query<SavedView>(
      `INSERT INTO accounts_view AS v (tenant_id, id, person_id, list, name, query, saved_at)
       SELECT $1, $2, $3, $4, $5, $6::jsonb, $7
        WHERE (SELECT count(*) FROM accounts_view o
                WHERE o.tenant_id = $1 AND o.person_id = $3 AND o.list = $4 AND o.name <> $5) < $8
       ON CONFLICT (tenant_id, person_id, list, name) DO UPDATE SET query = excluded.query, saved_at = excluded.saved_at
       RETURNING ${VIEW}`,
      [tx.scope.tenant, view.id, personId, list, view.name, JSON.stringify(view.query), at, most],
    );
    return saved;
  }

  async remove(tx: Tx, personId: string, list: string, id: string): Promise<boolean> {
    const removed = await tx.query(
      'DELETE FROM accounts_view WHERE tenant_id = $1 AND person_id = $2 AND list = $3 AND id = $4 RETURNING id',
      [tx.scope.tenant, personId, list, id],
    );
    return removed.length > 0;
  }

  async removeAllOf(tx: Tx, personId: string): Promise<void> {
    await tx.query('DELETE FROM accounts_view WHERE tenant_id = $1 AND person_id = $2', [tx.scope.tenant, personId]);
  }
}
