import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor } from '../../platform/database/protect.ts';

/**
 * Who calls is not known before the credential is looked up, so these run without a tenant. Sessions end after
 * 15 idle minutes (trust.md §3); the slide is written at most once a minute, so that reading costs no write.
 */
export class AccountsDoors1763700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION door_login(p_login text, p_tenant text) RETURNS TABLE (tenant_id text, account_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT a.tenant_id, a.id FROM accounts_account a
         WHERE a.login = p_login AND a.state = 'active' AND (p_tenant IS NULL OR a.tenant_id = p_tenant) LIMIT 2
      $$`);
    await openDoor(runner, 'door_login(text, text)');

    await runner.query(`
      CREATE FUNCTION door_session(p_hash bytea, p_at timestamptz) RETURNS TABLE (
        tenant_id text, session_id uuid, account_id uuid, person_id uuid, password_expires_at timestamptz, grants jsonb)
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        WITH live AS (
          SELECT s.tenant_id, s.id, s.account_id, s.seen_at, a.person_id, a.password_expires_at
            FROM accounts_session s
            JOIN accounts_account a ON a.tenant_id = s.tenant_id AND a.id = s.account_id AND a.state = 'active'
           WHERE s.token_hash = p_hash AND s.expires_at > p_at AND s.seen_at > p_at - interval '15 minutes'
        ), slid AS (
          UPDATE accounts_session s SET seen_at = p_at FROM live
           WHERE s.tenant_id = live.tenant_id AND s.id = live.id AND live.seen_at <= p_at - interval '1 minute'
        )
        SELECT live.tenant_id, live.id, live.account_id, live.person_id, live.password_expires_at,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'orgPath', g.org_path)), '[]')
                  FROM accounts_grant g
                 WHERE g.tenant_id = live.tenant_id AND g.person_id = live.person_id
                   AND g.from_at <= p_at AND (g.until_at IS NULL OR g.until_at > p_at))
          FROM live
      $$`);
    await openDoor(runner, 'door_session(bytea, timestamptz)');

    await runner.query(`
      CREATE FUNCTION door_token(p_hash bytea, p_at timestamptz) RETURNS TABLE (
        tenant_id text, token_id uuid, account_id uuid, person_id uuid, permissions jsonb, grants jsonb)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT t.tenant_id, t.id, t.account_id, a.person_id, t.permissions,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'orgPath', g.org_path)), '[]')
                  FROM accounts_grant g
                 WHERE g.tenant_id = t.tenant_id AND g.person_id = a.person_id
                   AND g.from_at <= p_at AND (g.until_at IS NULL OR g.until_at > p_at))
          FROM accounts_token t
          JOIN accounts_account a ON a.tenant_id = t.tenant_id AND a.id = t.account_id AND a.state = 'active'
         WHERE t.token_hash = p_hash AND t.expires_at > p_at AND t.revoked_at IS NULL
      $$`);
    await openDoor(runner, 'door_token(bytea, timestamptz)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_token(bytea, timestamptz)');
    await runner.query('DROP FUNCTION door_session(bytea, timestamptz)');
    await runner.query('DROP FUNCTION door_login(text, text)');
  }
}
