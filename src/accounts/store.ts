import { Injectable } from '@nestjs/common';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';

@Injectable()
export class TenantStore {
  /** False when it exists already. The scope's tenant is the new one: row-level security lets it make no other. */
  async insert(tx: Tx, name: string, at: Instant): Promise<boolean> {
    const inserted = await tx.query(
      'INSERT INTO accounts_tenant (tenant_id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING tenant_id',
      [tx.scope.tenant, name, at],
    );
    return inserted.length > 0;
  }

  async name(tx: Tx): Promise<string | undefined> {
    const [tenant] = await tx.query<{ name: string }>('SELECT name FROM accounts_tenant WHERE tenant_id = $1', [
      tx.scope.tenant,
    ]);
    return tenant?.name;
  }
}
