import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.ts';
import type { LinkedIdentity } from './model.ts';

const IDENTITY = 'i.id, i.account_id AS "accountId", i.issuer, i.linked_at AS "linkedAt"';

@Injectable()
export class IdentityStore {
  /** False when this name opens an account already, here or in another tenant. */
  async insert(tx: Tx, identity: LinkedIdentity, subjectIndex: Buffer): Promise<boolean> {
    const inserted = await tx.query(
      `INSERT INTO accounts_identity (tenant_id, id, account_id, issuer, subject_index, linked_by, linked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
      [tx.scope.tenant, identity.id, identity.accountId, identity.issuer, subjectIndex, tx.scope.actor, identity.linkedAt],
    );
    return inserted.length > 0;
  }

  async ofAccount(tx: Tx, accountId: string): Promise<LinkedIdentity[]> {
    return tx.query<LinkedIdentity>(
      `SELECT ${IDENTITY} FROM accounts_identity i WHERE i.tenant_id = $1 AND i.account_id = $2 ORDER BY i.linked_at, i.id`,
      [tx.scope.tenant, accountId],
    );
  }

  async remove(tx: Tx, accountId: string, id: string): Promise<LinkedIdentity | undefined> {
    const [removed] = await tx.query<LinkedIdentity>(
      `DELETE FROM accounts_identity i WHERE i.tenant_id = $1 AND i.account_id = $2 AND i.id = $3 RETURNING ${IDENTITY}`,
      [tx.scope.tenant, accountId, id],
    );
    return removed;
  }

  async removeAllOf(tx: Tx, accountIds: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM accounts_identity WHERE tenant_id = $1 AND account_id = ANY($2::uuid[])', [
      tx.scope.tenant,
      accountIds,
    ]);
  }
}
