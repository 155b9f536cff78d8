import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which matching runs a revised calendar concerns. */
export class MatchingDates1764300000231 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE matching_run ADD COLUMN calendar_version integer');
    await runner.query(
      'CREATE INDEX matching_run_calendar ON matching_run (tenant_id, calendar_version, id) WHERE calendar_version IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE matching_run DROP COLUMN calendar_version');
  }
}
