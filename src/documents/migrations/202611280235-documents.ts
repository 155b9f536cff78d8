import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

/** What was printed, so that whoever holds the paper can check it by its code. */
export class Documents1764000000235 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE document (
        tenant_id    text NOT NULL,
        id           uuid NOT NULL,
        code         text NOT NULL UNIQUE,
        kind         text NOT NULL,
        subject      text NOT NULL,
        issuer       text NOT NULL,
        label        text NOT NULL,
        content_hash text NOT NULL,
        printed_at   timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, kind, subject, content_hash)
      )`);
    await protect(runner, 'document', { insertOnly: true });
    await runner.query(`
      CREATE TABLE document_print (
        tenant_id   text NOT NULL,
        document_id uuid NOT NULL,
        bytes_hash  text NOT NULL,
        format      text NOT NULL,
        language    text NOT NULL,
        actor       text NOT NULL,
        printed_at  timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, document_id, bytes_hash),
        FOREIGN KEY (tenant_id, document_id) REFERENCES document (tenant_id, id)
      )`);
    await protect(runner, 'document_print', { insertOnly: true });
    await runner.query(`
      CREATE FUNCTION door_document(wanted text) RETURNS TABLE (tenant_id text, id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT tenant_id, id FROM document WHERE code = wanted
      $$`);
    await openDoor(runner, 'door_document(text)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_document(text)');
    await runner.query('DROP TABLE document_print');
    await runner.query('DROP TABLE document');
  }
}
