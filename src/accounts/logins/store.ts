import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Account } from './model.ts';

const ACCOUNT = `a.id, a.person_id AS "personId", a.login, a.state, a.password_expires_at AS "oneTimePasswordUntil",
  a.password_hash IS NOT NULL AS "canSignIn", a.guide_seen_at IS NOT NULL AS "guideSeen"`;

export interface NewAccount {
  readonly id: string;
  readonly personId: string;
  readonly login: string;
  readonly passwordHash: string | null;
  readonly oneTimePasswordUntil: Instant | null;
  readonly createdAt: Instant;
}

/** An account with the secret that only signing in may see. */
export interface Credential extends Account {
  readonly passwordHash: string | null;
}

@Injectable()
export class AccountStore {
  /** False when the login is taken. */
  async insert(tx: Tx, account: NewAccount): Promise<boolean> {
    const inserted = await tx.query(
      `INSERT INTO accounts_account (tenant_id, id, person_id, login, state, password_hash, password_expires_at, created_at)
       VALUES ($1, $2, $3, $4, 'active', $5, $6, $7) ON CONFLICT (tenant_id, login) DO NOTHING RETURNING id`,
      [
        tx.scope.tenant,
        account.id,
        account.personId,
        account.login,
        account.passwordHash,
        account.oneTimePasswordUntil,
        account.createdAt,
      ],
    );
    return inserted.length > 0;
  }

  async byId(tx: Tx, id: string): Promise<Account | undefined> {
    const [account] = await tx.query<Account>(
      `SELECT ${ACCOUNT} FROM accounts_account a WHERE a.tenant_id = $1 AND a.id = $2`,
      [tx.scope.tenant, id],
    );
    return account;
  }

  async seeGuide(tx: Tx, id: string, at: Instant): Promise<void> {
    await tx.query('UPDATE accounts_account SET guide_seen_at = $3 WHERE tenant_id = $1 AND id = $2', [tx.scope.tenant, id, at]);
  }

  async credential(tx: Tx, id: string): Promise<Credential | undefined> {
    const [credential] = await tx.query<Credential>(
      `SELECT ${ACCOUNT}, a.password_hash AS "passwordHash" FROM accounts_account a WHERE a.tenant_id = $1 AND a.id = $2`,
      [tx.scope.tenant, id],
    );
    return credential;
  }

  async ofPeople(tx: Tx, personIds: readonly string[]): Promise<Account[]> {
    return tx.query<Account>(
      `SELECT ${ACCOUNT} FROM accounts_account a WHERE a.tenant_id = $1 AND a.person_id = ANY($2::uuid[]) ORDER BY a.login`,
      [tx.scope.tenant, personIds],
    );
  }

  /** Only over the hash that was checked: of two changes at once, one wins. */
  async setPassword(tx: Tx, id: string, from: string | null, to: string, until: Instant | null): Promise<boolean> {
    const updated = await tx.query(
      `UPDATE accounts_account SET password_hash = $4, password_expires_at = $5, version = version + 1
        WHERE tenant_id = $1 AND id = $2 AND password_hash IS NOT DISTINCT FROM $3 AND state = 'active' RETURNING id`,
      [tx.scope.tenant, id, from, to, until],
    );
    return updated.length > 0;
  }

  /** Logins are often names or numbers of people: they go with the person. */
  async closeAllOf(tx: Tx, personId: string): Promise<string[]> {
    const closed = await tx.query<{ id: string }>(
      `UPDATE accounts_account SET state = 'closed', login = 'closed-' || id, password_hash = NULL, password_expires_at = NULL,
         version = version + 1
        WHERE tenant_id = $1 AND person_id = $2 AND state = 'active' RETURNING id`,
      [tx.scope.tenant, personId],
    );
    return closed.map(({ id }) => id);
  }
}
