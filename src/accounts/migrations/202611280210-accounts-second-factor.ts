import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

/** One-time codes beside the password, and the session that has shown one. */
export class AccountsSecondFactor1764295800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts_second_factor (
        tenant_id      text   NOT NULL,
        account_id     uuid   NOT NULL,
        secret_sealed  bytea,
        pending_sealed bytea,
        last_step      bigint NOT NULL DEFAULT 0,
        confirmed_at   timestamptz,
        PRIMARY KEY (tenant_id, account_id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES accounts_account,
        CHECK ((confirmed_at IS NULL) = (secret_sealed IS NULL))
      )`);
    await runner.query(`
      CREATE TABLE accounts_recovery_code (
        tenant_id  text  NOT NULL,
        account_id uuid  NOT NULL,
        code_hash  bytea NOT NULL CHECK (octet_length(code_hash) = 32),
        used_at    timestamptz,
        PRIMARY KEY (tenant_id, account_id, code_hash),
        FOREIGN KEY (tenant_id, account_id) REFERENCES accounts_account
      )`);
    await protect(runner, 'accounts_second_factor');
    await protect(runner, 'accounts_recovery_code');

    await runner.query('ALTER TABLE accounts_session ADD COLUMN second_factor_at timestamptz');
    // A function's columns cannot be replaced: the former one goes.
    await runner.query('DROP FUNCTION door_session(bytea, timestamptz)');
    await runner.query(doorSession('second_factor_at timestamptz, ', 'live.second_factor_at, ', 's.second_factor_at, '));
    await openDoor(runner, 'door_session(bytea, timestamptz)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_session(bytea, timestamptz)');
    await runner.query(doorSession('', '', ''));
    await openDoor(runner, 'door_session(bytea, timestamptz)');
    await runner.query('ALTER TABLE accounts_session DROP COLUMN second_factor_at');
    await runner.query('DROP TABLE accounts_recovery_code');
    await runner.query('DROP TABLE accounts_second_factor');
  }
}

function doorSession(declared: string, selected: string, read: string): string {
  return `
    CREATE FUNCTION door_session(p_hash bytea, p_at timestamptz) RETURNS TABLE (
      tenant_id text, session_id uuid, account_id uuid, person_id uuid, password_expires_at timestamptz, ${declared}grants jsonb)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      WITH live AS (
        SELECT s.tenant_id, s.id, s.account_id, s.seen_at, ${read}a.person_id, a.password_expires_at
          FROM accounts_session s
          JOIN accounts_account a ON a.tenant_id = s.tenant_id AND a.id = s.account_id AND a.state = 'active'
         WHERE s.token_hash = p_hash AND s.expires_at > p_at AND s.seen_at > p_at - interval '15 minutes'
      ), slid AS (
        UPDATE accounts_session s SET seen_at = p_at FROM live
         WHERE s.tenant_id = live.tenant_id AND s.id = live.id AND live.seen_at <= p_at - interval '1 minute'
      )
      SELECT live.tenant_id, live.id, live.account_id, live.person_id, live.password_expires_at, ${selected}
             (SELECT coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'orgPath', g.org_path)), '[]')
                FROM accounts_grant g
               WHERE g.tenant_id = live.tenant_id AND g.person_id = live.person_id
                 AND g.from_at <= p_at AND (g.until_at IS NULL OR g.until_at > p_at))
        FROM live
    $$`;
}
