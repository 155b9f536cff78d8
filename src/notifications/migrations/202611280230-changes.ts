import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

/** More rows of one statement than this are one note: an import does not fill the table with its rows. */
const MOST_ROWS = 50;

/** Statement by statement, with what the table's rows say of those whom they concern. */
const SOURCES = [
  { table: 'notifications_message', kind: 'message', version: 'NULL::integer', orgPath: 'NULL::text', units: "'{}'::uuid[]", recipient: 'n.recipient', on: ['INSERT'] },
  { table: 'needs_need', kind: 'need', version: 'n.version', orgPath: 'n.org_path', units: "'{}'::uuid[]", recipient: 'NULL::text', on: ['INSERT', 'UPDATE'] },
  { table: 'needs_submission', kind: 'submission', version: 'NULL::integer', orgPath: 'n.org_path', units: "'{}'::uuid[]", recipient: 'NULL::text', on: ['INSERT', 'UPDATE'] },
  { table: 'needs_offer', kind: 'offer', version: 'n.version', orgPath: 'n.org_path', units: 'ARRAY[n.unit_id]', recipient: 'NULL::text', on: ['INSERT', 'UPDATE'] },
  { table: 'needs_proposal', kind: 'proposal', version: 'n.version', orgPath: 'n.org_path', units: "'{}'::uuid[]", recipient: 'NULL::text', on: ['INSERT', 'UPDATE'] },
] as const;

export class Changes1764300000230 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE change_note (
        tenant_id text        NOT NULL,
        seq       bigint      GENERATED ALWAYS AS IDENTITY,
        xid       bigint      NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
        kind      text        NOT NULL,
        id        text,
        version   integer,
        org_path  text        COLLATE "C",
        units     uuid[]      NOT NULL DEFAULT '{}',
        recipient text,
        noted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (tenant_id, seq)
      )`);
    await runner.query('CREATE INDEX change_note_since ON change_note (tenant_id, xid)');
    await runner.query('CREATE INDEX change_note_old ON change_note (noted_at)');
    await protect(runner, 'change_note');
    for (const { table, kind, version, orgPath, units, recipient, on } of SOURCES) {
      await runner.query(`
        CREATE FUNCTION note_${table}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
          INSERT INTO change_note (tenant_id, kind, id, version, org_path, units, recipient)
          SELECT n.tenant_id, '${kind}', n.id::text, ${version}, ${orgPath}, ${units}, ${recipient}
            FROM fresh n WHERE (SELECT count(*) FROM fresh) <= ${MOST_ROWS}
          UNION ALL
          SELECT DISTINCT n.tenant_id, '${kind}', NULL, NULL::integer, ${orgPath}, ${units}, ${recipient}
            FROM fresh n WHERE (SELECT count(*) FROM fresh) > ${MOST_ROWS};
          RETURN NULL;
        END $$`);
      for (const event of on) {
        await runner.query(`
          CREATE TRIGGER note_${event.toLowerCase()} AFTER ${event} ON ${table} REFERENCING NEW TABLE AS fresh
          FOR EACH STATEMENT EXECUTE FUNCTION note_${table}()`);
      }
    }
    // Waits are replaced by the same statement as the head moves, so the units of both are known when it ends.
    await runner.query(`
      CREATE FUNCTION note_case_head() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        INSERT INTO change_note (tenant_id, kind, id, version, org_path, units)
        SELECT NEW.tenant_id, NEW.kind, NEW.case_id, NEW.version, NEW.org_path,
               coalesce(array_agg(DISTINCT w.owner_org_unit) FILTER (WHERE w.owner_org_unit IS NOT NULL), '{}')
          FROM open_wait w WHERE w.tenant_id = NEW.tenant_id AND w.case_id = NEW.case_id;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER note_move AFTER UPDATE OF version ON case_head
      FOR EACH ROW WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION note_case_head()`);
    // Whose turn it was hears that it is over.
    await runner.query(`
      CREATE FUNCTION note_open_wait() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        INSERT INTO change_note (tenant_id, kind, id, units) VALUES (OLD.tenant_id, OLD.kind, OLD.case_id, ARRAY[OLD.owner_org_unit]);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER note_gone AFTER DELETE ON open_wait
      FOR EACH ROW WHEN (OLD.owner_org_unit IS NOT NULL) EXECUTE FUNCTION note_open_wait()`);
    await runner.query(`
      CREATE FUNCTION door_old_changes(p_before timestamptz) RETURNS TABLE (tenant_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT DISTINCT c.tenant_id FROM change_note c WHERE c.noted_at < p_before
      $$`);
    await openDoor(runner, 'door_old_changes(timestamptz)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_old_changes(timestamptz)');
    await runner.query('DROP TRIGGER note_gone ON open_wait');
    await runner.query('DROP TRIGGER note_move ON case_head');
    await runner.query('DROP FUNCTION note_open_wait(), note_case_head()');
    for (const { table, on } of SOURCES) {
      for (const event of on) await runner.query(`DROP TRIGGER note_${event.toLowerCase()} ON ${table}`);
      await runner.query(`DROP FUNCTION note_${table}()`);
    }
    await runner.query('DROP TABLE change_note');
  }
}
