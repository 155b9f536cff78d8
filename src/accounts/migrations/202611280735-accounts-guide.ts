import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When somebody put the page's first-visit guide away. */
export class AccountsGuide1764315300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts_account ADD COLUMN guide_seen_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts_account DROP COLUMN guide_seen_at');
  }
}
