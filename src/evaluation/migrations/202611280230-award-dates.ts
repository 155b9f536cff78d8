import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which awards a revised calendar concerns. */
export class AwardDates1764300000230 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE evaluation_award ADD COLUMN calendar_version integer');
    await runner.query('GRANT UPDATE (calendar_version) ON evaluation_award TO cobuild_app');
    await runner.query(
      'CREATE INDEX evaluation_award_calendar ON evaluation_award (tenant_id, calendar_version, id) WHERE calendar_version IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE evaluation_award DROP COLUMN calendar_version');
  }
}
