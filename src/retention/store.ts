import { Injectable } from '@nestjs/common';
import type { TenantId } from '../kernel/scope.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import type { RetentionRun } from './model.ts';

@Injectable()
export class RetentionStore {
  async tenants(db: Database): Promise<TenantId[]> {
    const rows = await db.door<{ tenant_id: TenantId }>('door_tenants');
    return rows.map(({ tenant_id: tenant }) => tenant);
  }

  async insert(tx: Tx, { retained, at, removed }: RetentionRun): Promise<void> {
    await tx.query(
      `INSERT INTO retention_run AS r (tenant_id, retained, at, removed) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, retained, at) DO UPDATE SET removed = r.removed + EXCLUDED.removed`,
      [tx.scope.tenant, retained, at, removed],
    );
  }

  /** The newest of each kind. */
  async latest(tx: Tx): Promise<RetentionRun[]> {
    return tx.query<RetentionRun>('SELECT DISTINCT ON (retained) retained, at, removed FROM retention_run WHERE tenant_id = $1 ORDER BY retained, at DESC', [
      tx.scope.tenant,
    ]);
  }
}
