import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

/** Text of one transfer: every field that could be forged, a line each. */
const TRANSFER = `concat_ws(E'\\n', command_id, ordinal, kind, book, debit_id, credit_id, amount, coalesce(hold_id::text, '-'),
  memo, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))`;

/**
 * The record (audit, journal, ledger) as one view, and what the sealer makes of it: blocks of a chain for each tenant,
 * and signed anchors. The sealer may write those and nothing else; the application may only read them.
 */
export class Sealing1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The rows that are there already count as written now: they are sealed first.
    for (const table of ['case_event', 'ledger_transfer']) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()`);
    }
    for (const table of ['audit_event', 'case_event', 'ledger_transfer']) {
      await runner.query(`CREATE INDEX ${table}_by_xid ON ${table} (tenant_id, xid)`);
      await runner.query(`CREATE POLICY ${table}_auditor ON ${table} FOR SELECT TO cobuild_auditor USING (true)`);
      await runner.query(`GRANT SELECT ON ${table} TO cobuild_sealer, cobuild_auditor`);
    }
    await runner.query(`
      CREATE VIEW audit_record WITH (security_invoker = true) AS
      SELECT tenant_id, xid, 'audit' AS kind, id::text COLLATE "C" AS key, event_bytes AS bytes FROM audit_event
      UNION ALL
      SELECT tenant_id, xid, 'journal', (case_id || '/' || version) COLLATE "C", event_bytes FROM case_event
      UNION ALL
      SELECT tenant_id, xid, 'transfer', id::text COLLATE "C", convert_to(${TRANSFER}, 'UTF8') FROM ledger_transfer`);
    await runner.query('GRANT SELECT ON audit_record TO cobuild_app, cobuild_sealer, cobuild_auditor');
    await runner.query(`
      CREATE TABLE audit_block (
        tenant_id text        NOT NULL,
        number    integer     NOT NULL CHECK (number > 0),
        prev      bytea       NOT NULL CHECK (octet_length(prev) = 32),
        root      bytea       NOT NULL CHECK (octet_length(root) = 32),
        count     integer     NOT NULL CHECK (count > 0),
        hash      bytea       NOT NULL CHECK (octet_length(hash) = 32),
        leaves    bytea       NOT NULL CHECK (octet_length(leaves) = 32 * count),
        from_xid  xid8        NOT NULL DEFAULT '0',
        until_xid xid8        NOT NULL DEFAULT '0',
        sealed_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, number)
      )`);
    await runner.query(`
      CREATE TABLE audit_anchor (
        tenant_id       text        NOT NULL,
        day             date        NOT NULL,
        number          integer     NOT NULL,
        key_id          text        NOT NULL,
        statement_bytes bytea       NOT NULL,
        signature       bytea       NOT NULL,
        signed_at       timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, day)
      )`);
    for (const table of ['audit_block', 'audit_anchor']) {
      await protect(runner, table, { insertOnly: true });
      await runner.query(`REVOKE INSERT ON ${table} FROM cobuild_app`);
      await runner.query(`GRANT SELECT, INSERT ON ${table} TO cobuild_sealer`);
      await runner.query(`CREATE POLICY ${table}_auditor ON ${table} FOR SELECT TO cobuild_auditor USING (true)`);
      await runner.query(`GRANT SELECT ON ${table} TO cobuild_auditor`);
    }
    await runner.query('GRANT USAGE ON SCHEMA public TO cobuild_sealer, cobuild_auditor');
    // Every journal row and transfer comes with an audit row of its transaction, so that one table tells.
    await runner.query(`
      CREATE FUNCTION door_unsealed() RETURNS TABLE (tenant_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        WITH RECURSIVE tenant AS (
          (SELECT a.tenant_id FROM audit_event a ORDER BY a.tenant_id LIMIT 1)
          UNION ALL
          SELECT (SELECT a.tenant_id FROM audit_event a WHERE a.tenant_id > t.tenant_id ORDER BY a.tenant_id LIMIT 1)
            FROM tenant t WHERE t.tenant_id IS NOT NULL
        )
        SELECT t.tenant_id FROM tenant t
         WHERE EXISTS (
           SELECT FROM audit_event a
            WHERE a.tenant_id = t.tenant_id AND a.xid < pg_snapshot_xmin(pg_current_snapshot())
              AND a.xid >= coalesce((SELECT b.until_xid FROM audit_block b WHERE b.tenant_id = t.tenant_id
                                      ORDER BY b.number DESC LIMIT 1), '0'))
      $$`);
    await openDoor(runner, 'door_unsealed()');
    await runner.query(`
      CREATE FUNCTION door_unanchored(p_day date) RETURNS TABLE (tenant_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT b.tenant_id FROM audit_block b
         WHERE b.number = 1
           AND NOT EXISTS (SELECT FROM audit_anchor a WHERE a.tenant_id = b.tenant_id AND a.day = p_day)
      $$`);
    await openDoor(runner, 'door_unanchored(date)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_unanchored(date)');
    await runner.query('DROP FUNCTION door_unsealed()');
    await runner.query('DROP TABLE audit_anchor, audit_block');
    await runner.query('DROP VIEW audit_record');
    for (const table of ['audit_event', 'case_event', 'ledger_transfer']) {
      await runner.query(`DROP POLICY ${table}_auditor ON ${table}`);
      await runner.query(`DROP INDEX ${table}_by_xid`);
      await runner.query(`REVOKE SELECT ON ${table} FROM cobuild_sealer, cobuild_auditor`);
    }
    for (const table of ['case_event', 'ledger_transfer']) await runner.query(`ALTER TABLE ${table} DROP COLUMN xid`);
  }
}
