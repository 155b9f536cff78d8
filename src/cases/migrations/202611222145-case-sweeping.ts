import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the sweeper needs: the workflow type of an opening command, and when something was last sent, so that a case
 * that cannot answer keeps nobody else waiting. Lists of waits get the orders in which they are read.
 */
export class CaseSweeping1763800000145 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE case_command ADD COLUMN starts text');
    await runner.query('ALTER TABLE case_command ADD COLUMN sent_at timestamptz NOT NULL DEFAULT clock_timestamp()');
    await runner.query('ALTER TABLE case_message ADD COLUMN sent_at timestamptz NOT NULL DEFAULT clock_timestamp()');
    await runner.query('DROP INDEX case_command_open, case_message_open');
    await runner.query('CREATE INDEX case_command_open ON case_command (sent_at) WHERE answered_at IS NULL');
    await runner.query('CREATE INDEX case_message_open ON case_message (sent_at) WHERE taken_at IS NULL');
    await runner.query('CREATE INDEX case_message_open_of_tenant ON case_message (tenant_id) WHERE taken_at IS NULL');
    await runner.query(`
      CREATE OR REPLACE FUNCTION door_unanswered(before timestamptz, most integer)
      RETURNS TABLE (tenant_id text, command_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT tenant_id, command_id FROM case_command
         WHERE answered_at IS NULL AND sent_at < before ORDER BY sent_at LIMIT most
      $$`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION door_untaken(before timestamptz, most integer)
      RETURNS TABLE (tenant_id text, source_case text, source_version integer)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT tenant_id, source_case, source_version FROM case_message
         WHERE taken_at IS NULL AND sent_at < before ORDER BY sent_at LIMIT most
      $$`);
    for (const [name, owner] of [['open_wait_by_due', ''], ['open_wait_of_unit', 'owner_org_unit,']]) {
      await runner.query(
        `CREATE INDEX ${name} ON open_wait (tenant_id, ${owner} (coalesce(due, 'infinity'::timestamptz)), case_id, name)`,
      );
    }
    await runner.query('CREATE INDEX case_head_virtual ON case_head (tenant_id) WHERE clock_mode = \'virtual\' AND NOT closed');
    await runner.query(`
      CREATE VIEW case_step WITH (security_invoker = true) AS
      SELECT tenant_id, case_id, version, type, at FROM case_event`);
    await runner.query('GRANT SELECT ON case_step TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW case_step');
    await runner.query('DROP INDEX case_head_virtual, open_wait_of_unit, open_wait_by_due');
    await runner.query(`
      CREATE OR REPLACE FUNCTION door_untaken(before timestamptz, most integer)
      RETURNS TABLE (tenant_id text, source_case text, source_version integer)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT tenant_id, source_case, source_version FROM case_message
         WHERE taken_at IS NULL AND told_at < before ORDER BY told_at LIMIT most
      $$`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION door_unanswered(before timestamptz, most integer)
      RETURNS TABLE (tenant_id text, command_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT tenant_id, command_id FROM case_command
         WHERE answered_at IS NULL AND stored_at < before ORDER BY stored_at LIMIT most
      $$`);
    await runner.query('DROP INDEX case_command_open, case_message_open, case_message_open_of_tenant');
    await runner.query('CREATE INDEX case_message_open ON case_message (told_at) WHERE taken_at IS NULL');
    await runner.query('CREATE INDEX case_command_open ON case_command (stored_at) WHERE answered_at IS NULL');
    await runner.query('ALTER TABLE case_message DROP COLUMN sent_at');
    await runner.query('ALTER TABLE case_command DROP COLUMN sent_at');
    await runner.query('ALTER TABLE case_command DROP COLUMN starts');
  }
}
