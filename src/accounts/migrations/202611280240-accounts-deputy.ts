import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** Who acts for whom, and a session that carries what was lent, marked with the lender. */
export class AccountsDeputy1764297600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts_deputy (
        tenant_id   text        NOT NULL,
        id          uuid        NOT NULL,
        person_id   uuid        NOT NULL,
        deputy_id   uuid        NOT NULL CHECK (deputy_id <> person_id),
        permissions jsonb       NOT NULL,
        from_at     timestamptz NOT NULL,
        until_at    timestamptz NOT NULL CHECK (until_at >= from_at AND until_at <= from_at + interval '30 days'),
        created_at  timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, person_id) REFERENCES accounts_person,
        FOREIGN KEY (tenant_id, deputy_id) REFERENCES accounts_person
      )`);
    await runner.query('CREATE INDEX accounts_deputy_of_deputy ON accounts_deputy (tenant_id, deputy_id)');
    await runner.query('CREATE INDEX accounts_deputy_of_person ON accounts_deputy (tenant_id, person_id)');
    await protect(runner, 'accounts_deputy');
    await runner.query(
      doorSession(`
             (SELECT coalesce(jsonb_agg(held.grant_of), '[]') FROM (
                SELECT jsonb_build_object('role', g.role, 'orgPath', g.org_path) AS grant_of
                  FROM accounts_grant g
                 WHERE g.tenant_id = live.tenant_id AND g.person_id = live.person_id
                   AND g.from_at <= p_at AND (g.until_at IS NULL OR g.until_at > p_at)
                UNION ALL
                SELECT jsonb_build_object('role', g.role, 'orgPath', g.org_path, 'for', d.person_id, 'only', d.permissions)
                  FROM accounts_deputy d
                  JOIN accounts_grant g ON g.tenant_id = d.tenant_id AND g.person_id = d.person_id
                 WHERE d.tenant_id = live.tenant_id AND d.deputy_id = live.person_id
                   AND d.from_at <= p_at AND d.until_at > p_at
                   AND g.from_at <= p_at AND (g.until_at IS NULL OR g.until_at > p_at)) held)`),
    );
    await runner.query('ALTER TABLE case_command ADD COLUMN on_behalf_of uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE case_command DROP COLUMN on_behalf_of');
    await runner.query(
      doorSession(`
             (SELECT coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'orgPath', g.org_path)), '[]')
                FROM accounts_grant g
               WHERE g.tenant_id = live.tenant_id AND g.person_id = live.person_id
                 AND g.from_at <= p_at AND (g.until_at IS NULL OR g.until_at > p_at))`),
    );
    await runner.query('DROP TABLE accounts_deputy');
  }
}

function doorSession(grants: string): string {
  return `
    CREATE OR REPLACE FUNCTION door_session(p_hash bytea, p_at timestamptz) RETURNS TABLE (
      tenant_id text, session_id uuid, account_id uuid, person_id uuid, password_expires_at timestamptz,
      second_factor_at timestamptz, grants jsonb)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      WITH live AS (
        SELECT s.tenant_id, s.id, s.account_id, s.seen_at, s.second_factor_at, a.person_id, a.password_expires_at
          FROM accounts_session s
          JOIN accounts_account a ON a.tenant_id = s.tenant_id AND a.id = s.account_id AND a.state = 'active'
         WHERE s.token_hash = p_hash AND s.expires_at > p_at AND s.seen_at > p_at - interval '15 minutes'
      ), slid AS (
        UPDATE accounts_session s SET seen_at = p_at FROM live
         WHERE s.tenant_id = live.tenant_id AND s.id = live.id AND live.seen_at <= p_at - interval '1 minute'
      )
      SELECT live.tenant_id, live.id, live.account_id, live.person_id, live.password_expires_at, live.second_factor_at, ${grants}
        FROM live
    $$`;
}
