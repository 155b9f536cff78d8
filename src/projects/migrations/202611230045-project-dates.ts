import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which open projects a revised calendar concerns; those whose dates were counted before are found from their next step on. */
export class ProjectDates1763900000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project ADD COLUMN calendar_version integer');
    await runner.query(
      'CREATE INDEX project_calendar ON project (tenant_id, calendar_version, id) WHERE calendar_version IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project DROP COLUMN calendar_version');
  }
}
