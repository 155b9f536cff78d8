import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which surveys a revised calendar concerns. */
export class NeedsSurveyDates1763900000105 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE needs_survey ADD COLUMN calendar_version integer');
    await runner.query(
      'CREATE INDEX needs_survey_calendar ON needs_survey (tenant_id, calendar_version, id) WHERE calendar_version IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE needs_survey DROP COLUMN calendar_version');
  }
}
