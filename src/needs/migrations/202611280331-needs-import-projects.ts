import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['needs_import', 'needs_import_row', 'needs_import_mapping'];

async function allow(runner: QueryRunner, kinds: string): Promise<void> {
  for (const table of TABLES) {
    await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_kind_check, ADD CONSTRAINT ${table}_kind_check CHECK (kind IN (${kinds}))`);
  }
}

/** Old ledgers of projects are files like the others. */
export class NeedsImportProjects1764300000331 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await allow(runner, "'needs', 'offers', 'proposals', 'projects'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await allow(runner, "'needs', 'offers', 'proposals'");
  }
}
