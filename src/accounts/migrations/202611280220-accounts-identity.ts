import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

/** Names of people at an OpenID provider; unique over all tenants, because the tenant follows from the name. */
export class AccountsIdentity1764296400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts_identity (
        tenant_id     text  NOT NULL,
        id            uuid  NOT NULL,
        account_id    uuid  NOT NULL,
        issuer        text  NOT NULL,
        subject_index bytea NOT NULL UNIQUE CHECK (octet_length(subject_index) = 32),
        linked_by     text  NOT NULL,
        linked_at     timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES accounts_account
      )`);
    await runner.query('CREATE INDEX accounts_identity_of_account ON accounts_identity (tenant_id, account_id)');
    await protect(runner, 'accounts_identity');
    await runner.query(`
      CREATE FUNCTION door_identity(p_indexes bytea[]) RETURNS TABLE (tenant_id text, account_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT i.tenant_id, i.account_id FROM accounts_identity i
          JOIN accounts_account a ON a.tenant_id = i.tenant_id AND a.id = i.account_id AND a.state = 'active'
         WHERE i.subject_index = ANY(p_indexes) LIMIT 1
      $$`);
    await openDoor(runner, 'door_identity(bytea[])');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_identity(bytea[])');
    await runner.query('DROP TABLE accounts_identity');
  }
}
