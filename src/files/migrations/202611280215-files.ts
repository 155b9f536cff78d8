import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

/** Files that people send; each belongs to one record, and what it holds is sealed with a key of its own. */
export class Files1764000000215 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE file (
        tenant_id   text NOT NULL,
        id          uuid NOT NULL,
        org_path    text COLLATE "C" NOT NULL,
        household   boolean NOT NULL,
        sensitive   boolean NOT NULL,
        sender      text NOT NULL,
        media_type  text NOT NULL,
        bytes       integer NOT NULL CHECK (bytes > 0),
        hash        text NOT NULL,
        width       integer,
        height      integer,
        record_kind text,
        record_id   uuid,
        received_at timestamptz NOT NULL,
        keep_until  timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        CHECK ((record_kind IS NULL) = (record_id IS NULL))
      )`);
    await runner.query('CREATE INDEX file_of_record ON file (tenant_id, record_kind, record_id, received_at, id) WHERE record_id IS NOT NULL');
    await runner.query('CREATE INDEX file_unattached ON file (keep_until) WHERE record_id IS NULL');
    await runner.query('CREATE INDEX file_unattached_of_sender ON file (tenant_id, sender) WHERE record_id IS NULL');
    await protect(runner, 'file');
    await runner.query(`
      CREATE TABLE file_part (
        tenant_id text NOT NULL,
        file_id   uuid NOT NULL,
        ordinal   integer NOT NULL,
        sealed    bytea NOT NULL,
        PRIMARY KEY (tenant_id, file_id, ordinal),
        FOREIGN KEY (tenant_id, file_id) REFERENCES file (tenant_id, id) ON DELETE CASCADE
      )`);
    // Pictures do not get smaller by packing, and sealed bytes not at all.
    await runner.query('ALTER TABLE file_part ALTER COLUMN sealed SET STORAGE EXTERNAL');
    await protect(runner, 'file_part');
    const root = "nullif(current_setting('app.org_path', true), '')";
    await runner.query(`
      CREATE POLICY file_household ON file AS RESTRICTIVE
       USING (NOT household OR ${root} = '/' OR (org_path >= ${root} AND org_path < left(${root}, -1) || '0'))`);
    await runner.query(`
      CREATE POLICY file_part_of_file ON file_part AS RESTRICTIVE
       USING (EXISTS (SELECT FROM file f WHERE f.tenant_id = file_part.tenant_id AND f.id = file_part.file_id))`);
    await runner.query(`
      CREATE FUNCTION door_unattached_files(before timestamptz, most integer) RETURNS TABLE (tenant_id text, id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT tenant_id, id FROM file WHERE record_id IS NULL AND keep_until < before ORDER BY keep_until LIMIT most
      $$`);
    await openDoor(runner, 'door_unattached_files(timestamptz, integer)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_unattached_files(timestamptz, integer)');
    await runner.query('DROP TABLE file_part');
    await runner.query('DROP TABLE file');
  }
}
