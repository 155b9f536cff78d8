import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The command that a text was written with; none = its change asked no case. */
export class ProjectContentCommands1764300000251 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project_content ADD COLUMN command_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project_content DROP COLUMN command_id');
  }
}
