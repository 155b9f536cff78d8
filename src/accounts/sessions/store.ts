import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Session } from './model.ts';

export interface NewSession {
  readonly id: string;
  readonly accountId: string;
  readonly tokenHash: Buffer;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly secondFactorAt?: Instant | null;
}

@Injectable()
export class SessionStore {
  /** Only for an account that is still active and whose password is still the one just checked. */
  async open(tx: Tx, session: NewSession, passwordHash: string | null): Promise<boolean> {
    const opened = await tx.query(
      `INSERT INTO accounts_session (tenant_id, id, account_id, token_hash, created_at, seen_at, expires_at, second_factor_at)
       SELECT a.tenant_id, $3, a.id, $4, $5, $5, $6, $8 FROM accounts_account a
        WHERE a.tenant_id = $1 AND a.id = $2 AND a.state = 'active' AND a.password_hash IS NOT DISTINCT FROM $7
       RETURNING id`,
      [
        tx.scope.tenant,
        session.accountId,
        session.id,
        session.tokenHash,
        session.createdAt,
        session.expiresAt,
        passwordHash,
        session.secondFactorAt ?? null,
      ],
    );
    return opened.length > 0;
  }

  /** The same session under a new secret, once it has shown a second factor. False when it has ended. */
  async stepUp(tx: Tx, from: Buffer, to: Buffer, accountId: string, at: Instant): Promise<boolean> {
    const renewed = await tx.query(
      `UPDATE accounts_session SET token_hash = $3, second_factor_at = $5, seen_at = $5
        WHERE tenant_id = $1 AND token_hash = $2 AND account_id = $4 RETURNING id`,
      [tx.scope.tenant, from, to, accountId, at],
    );
    return renewed.length > 0;
  }

  async end(tx: Tx, tokenHash: Buffer): Promise<string | undefined> {
    const [ended] = await tx.query<{ accountId: string }>(
      `DELETE FROM accounts_session WHERE tenant_id = $1 AND token_hash = $2 RETURNING account_id AS "accountId"`,
      [tx.scope.tenant, tokenHash],
    );
    return ended?.accountId;
  }

  async of(tx: Tx, accountId: string, current: Buffer | null, seenAfter: Instant, at: Instant): Promise<Session[]> {
    return tx.query<Session>(
      `SELECT id, created_at AS "createdAt", seen_at AS "seenAt", expires_at AS "expiresAt", second_factor_at AS "secondFactorAt",
              token_hash IS NOT DISTINCT FROM $3 AS "isCurrent"
         FROM accounts_session WHERE tenant_id = $1 AND account_id = $2 AND seen_at > $4 AND expires_at > $5
        ORDER BY seen_at DESC, id`,
      [tx.scope.tenant, accountId, current, seenAfter, at],
    );
  }

  async endOne(tx: Tx, accountId: string, id: string): Promise<number> {
    const ended = await tx.query('DELETE FROM accounts_session WHERE tenant_id = $1 AND account_id = $2 AND id = $3 RETURNING id', [tx.scope.tenant, accountId, id]);
    return ended.length;
  }

  async endOthers(tx: Tx, accountId: string, current: Buffer): Promise<number> {
    const ended = await tx.query('DELETE FROM accounts_session WHERE tenant_id = $1 AND account_id = $2 AND token_hash <> $3 RETURNING id', [
      tx.scope.tenant,
      accountId,
      current,
    ]);
    return ended.length;
  }

  async endAllOf(tx: Tx, accountIds: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM accounts_session WHERE tenant_id = $1 AND account_id = ANY($2::uuid[])', [
      tx.scope.tenant,
      accountIds,
    ]);
  }

  async forgetExpired(tx: Tx, accountId: string, at: Instant): Promise<void> {
    await tx.query('DELETE FROM accounts_session WHERE tenant_id = $1 AND account_id = $2 AND expires_at <= $3', [
      tx.scope.tenant,
      accountId,
      at,
    ]);
  }
}
