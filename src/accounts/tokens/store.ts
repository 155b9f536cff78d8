import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Token } from './model.ts';

const TOKEN = `t.id, t.account_id AS "accountId", t.name, t.permissions, t.created_at AS "createdAt",
  t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt"`;

@Injectable()
export class TokenStore {
  async insert(tx: Tx, token: Token, tokenHash: Buffer): Promise<void> {
    await tx.query(
      `INSERT INTO accounts_token (tenant_id, id, account_id, name, token_hash, permissions, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)`,
      [
        tx.scope.tenant,
        token.id,
        token.accountId,
        token.name,
        tokenHash,
        JSON.stringify(token.permissions),
        token.createdAt,
        token.expiresAt,
      ],
    );
  }

  async ofAccount(tx: Tx, accountId: string): Promise<Token[]> {
    return tx.query<Token>(
      `SELECT ${TOKEN} FROM accounts_token t WHERE t.tenant_id = $1 AND t.account_id = $2 ORDER BY t.created_at DESC, t.id`,
      [tx.scope.tenant, accountId],
    );
  }

  /** Undefined when there is no such token of the account, or it is revoked already. */
  async revoke(tx: Tx, accountId: string, id: string, at: Instant): Promise<Token | undefined> {
    const [token] = await tx.query<Token>(
      `UPDATE accounts_token t SET revoked_at = $4
        WHERE t.tenant_id = $1 AND t.account_id = $2 AND t.id = $3 AND t.revoked_at IS NULL RETURNING ${TOKEN}`,
      [tx.scope.tenant, accountId, id, at],
    );
    return token;
  }

  async revokeAllOf(tx: Tx, accountIds: readonly string[], at: Instant): Promise<void> {
    await tx.query(
      `UPDATE accounts_token SET revoked_at = $3
        WHERE tenant_id = $1 AND account_id = ANY($2::uuid[]) AND revoked_at IS NULL`,
      [tx.scope.tenant, accountIds, at],
    );
  }
}
