import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One import may read several sheets; rows of one sheet alone do not name it. */
export class NeedsImportSheets1764300000310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE needs_import_row ADD COLUMN sheet text NOT NULL DEFAULT ''");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE needs_import_row DROP COLUMN sheet');
  }
}
