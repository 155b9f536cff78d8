import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

export class Retention1764314160000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE retention_run (
        tenant_id text        NOT NULL,
        retained  text        NOT NULL,
        at        timestamptz NOT NULL,
        removed   integer     NOT NULL CHECK (removed > 0),
        PRIMARY KEY (tenant_id, retained, at)
      )`);
    await protect(runner, 'retention_run');
    await runner.query('CREATE INDEX accounts_session_by_end ON accounts_session (tenant_id, expires_at)');
    // Whose network marks are past their term is found by the tenant now.
    await runner.query('DROP FUNCTION door_old_network_marks(timestamptz, integer)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION door_old_network_marks(p_now timestamptz, p_months integer) RETURNS TABLE (tenant_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT DISTINCT s.tenant_id FROM needs_submission s
         WHERE s.network_index IS NOT NULL AND s.received_at < p_now - make_interval(months => p_months)
      $$`);
    await runner.query('DROP INDEX accounts_session_by_end');
    await runner.query('DROP TABLE retention_run');
  }
}
