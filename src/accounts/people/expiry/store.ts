import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/database.ts';

/** Whoever came back has an account or a role again. */
const LEFT = `p.tenant_id = $1 AND p.left_at < $2 AND p.erased_at IS NULL
  AND NOT EXISTS (SELECT FROM accounts_account a WHERE a.tenant_id = p.tenant_id AND a.person_id = p.id AND a.state = 'active')
  AND NOT EXISTS (SELECT FROM accounts_grant g WHERE g.tenant_id = p.tenant_id AND g.person_id = p.id AND (g.until_at IS NULL OR g.until_at >= $2))`;

@Injectable()
export class PeopleExpiryStore {
  async count(tx: Tx, before: Instant): Promise<number> {
    const [row] = await tx.query<{ count: number }>(`SELECT count(*) AS count FROM accounts_person p WHERE ${LEFT}`, [tx.scope.tenant, before]);
    return row!.count;
  }

  async some(tx: Tx, before: Instant, most: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(`SELECT p.id FROM accounts_person p WHERE ${LEFT} ORDER BY p.left_at LIMIT $3`, [tx.scope.tenant, before, most]);
    return rows.map(({ id }) => id);
  }
}
