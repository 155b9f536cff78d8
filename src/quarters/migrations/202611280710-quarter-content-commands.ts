import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The command that a text was written with; none = it came before this was kept. */
export class QuarterContentCommands1764313800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE quarter_content ADD COLUMN command_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE quarter_content DROP COLUMN command_id');
  }
}
