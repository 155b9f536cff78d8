import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A command is over when its running case has taken it in, not yet when the journal has it (ADR 0027). */
export class CaseTakenIn1764325800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE case_command ADD COLUMN taken_in_at timestamptz');
    await runner.query('UPDATE case_command SET taken_in_at = answered_at WHERE answered_at IS NOT NULL');
    await runner.query('DROP INDEX case_command_open');
    await runner.query('CREATE INDEX case_command_open ON case_command (sent_at) WHERE taken_in_at IS NULL');
    await runner.query(doorOver('taken_in_at'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(doorOver('answered_at'));
    await runner.query('DROP INDEX case_command_open');
    await runner.query('CREATE INDEX case_command_open ON case_command (sent_at) WHERE answered_at IS NULL');
    await runner.query('ALTER TABLE case_command DROP COLUMN taken_in_at');
  }
}

function doorOver(column: string): string {
  return `
    CREATE OR REPLACE FUNCTION door_unanswered(before timestamptz, most integer)
    RETURNS TABLE (tenant_id text, command_id text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
      SELECT tenant_id, command_id FROM case_command
       WHERE ${column} IS NULL AND sent_at < before ORDER BY sent_at LIMIT most
    $$`;
}
