import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor } from '../../platform/database/protect.ts';

/** The worker takes the marks of networks away once their time is over. */
export class NeedsNetworkMarks1764300000320 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT UPDATE (network_index) ON needs_submission TO cobuild_app');
    await runner.query('CREATE INDEX needs_submission_marked ON needs_submission (received_at) WHERE network_index IS NOT NULL');
    await runner.query(`
      CREATE FUNCTION door_old_network_marks(p_now timestamptz, p_months integer) RETURNS TABLE (tenant_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT DISTINCT s.tenant_id FROM needs_submission s
         WHERE s.network_index IS NOT NULL AND s.received_at < p_now - make_interval(months => p_months)
      $$`);
    await openDoor(runner, 'door_old_network_marks(timestamptz, integer)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_old_network_marks(timestamptz, integer)');
    await runner.query('DROP INDEX needs_submission_marked');
    await runner.query('REVOKE UPDATE (network_index) ON needs_submission FROM cobuild_app');
  }
}
