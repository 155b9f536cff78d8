import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stands at the head of a body's papers, and the name that it signs with. */
export class UnitPapers1764326700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts_org_unit ADD COLUMN letterhead text, ADD COLUMN signs_as text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts_org_unit DROP COLUMN letterhead, DROP COLUMN signs_as');
  }
}
