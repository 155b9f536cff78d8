import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Commands are stored without waiting for the disk; a receipt tells one storing of a command from the next (ADR 0017). */
export class CaseReceipts1764300000220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE case_command ADD COLUMN receipt text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE case_command DROP COLUMN receipt');
  }
}
