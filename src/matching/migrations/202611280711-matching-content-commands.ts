import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The command that a text was written with; none = it came before this was kept. */
export class MatchingContentCommands1764313860000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE matching_content ADD COLUMN command_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE matching_content DROP COLUMN command_id');
  }
}
