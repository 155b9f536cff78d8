import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** Mappings remembered by the headings of their source, and imports that can be taken back. */
export class NeedsImports1763900000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE needs_import_mapping (
        tenant_id    text        NOT NULL,
        id           uuid        NOT NULL,
        kind         text        NOT NULL CHECK (kind IN ('needs', 'offers', 'proposals')),
        source       text        NOT NULL,
        org_path     text        COLLATE "C" NOT NULL,
        fingerprint  text        NOT NULL,
        content      jsonb       NOT NULL,
        version      integer     NOT NULL,
        confirmed_at timestamptz NOT NULL,
        confirmed_by text        NOT NULL,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, kind, fingerprint, org_path)
      )`);
    await runner.query(`
      ALTER TABLE needs_import
        ADD COLUMN mapping_id uuid,
        ADD COLUMN take_over  boolean NOT NULL DEFAULT false,
        ADD COLUMN org_path   text    COLLATE "C" NOT NULL DEFAULT '/',
        ADD FOREIGN KEY (tenant_id, mapping_id) REFERENCES needs_import_mapping`);
    await runner.query('ALTER TABLE needs_import ALTER COLUMN org_path DROP DEFAULT');
    await runner.query('CREATE INDEX needs_import_by_time ON needs_import (tenant_id, kind, imported_at DESC, id DESC)');
    await runner.query('ALTER TABLE needs_import_row ADD COLUMN row_number integer NOT NULL DEFAULT 1 CHECK (row_number > 0)');
    await runner.query('ALTER TABLE needs_import_row ALTER COLUMN row_number DROP DEFAULT');
    await runner.query('CREATE INDEX needs_import_row_of_import ON needs_import_row (tenant_id, import_id)');
    await runner.query('GRANT DELETE ON needs_import_row TO cobuild_app');
    await runner.query(`
      CREATE TABLE needs_import_undo (
        tenant_id text        NOT NULL,
        import_id uuid        NOT NULL,
        reason    text        NOT NULL,
        records   integer     NOT NULL CHECK (records >= 0),
        undone_at timestamptz NOT NULL,
        undone_by text        NOT NULL,
        PRIMARY KEY (tenant_id, import_id),
        FOREIGN KEY (tenant_id, import_id) REFERENCES needs_import
      )`);
    await runner.query(`
      CREATE TABLE needs_import_undone_row (
        tenant_id    text    NOT NULL,
        import_id    uuid    NOT NULL,
        record_id    uuid    NOT NULL,
        row_key      text    NOT NULL,
        content_hash text    NOT NULL,
        row_number   integer NOT NULL,
        PRIMARY KEY (tenant_id, import_id, record_id),
        FOREIGN KEY (tenant_id, import_id) REFERENCES needs_import_undo
      )`);
    await protect(runner, 'needs_import_mapping');
    await protect(runner, 'needs_import_undo', { insertOnly: true });
    await protect(runner, 'needs_import_undone_row', { insertOnly: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE needs_import_undone_row');
    await runner.query('DROP TABLE needs_import_undo');
    await runner.query('REVOKE DELETE ON needs_import_row FROM cobuild_app');
    await runner.query('DROP INDEX needs_import_row_of_import');
    await runner.query('ALTER TABLE needs_import_row DROP COLUMN row_number');
    await runner.query('DROP INDEX needs_import_by_time');
    await runner.query('ALTER TABLE needs_import DROP COLUMN mapping_id, DROP COLUMN take_over, DROP COLUMN org_path');
    await runner.query('DROP TABLE needs_import_mapping');
  }
}
