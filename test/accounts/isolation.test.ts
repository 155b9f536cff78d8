import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { tenantId, tenantScope } from '../../src/kernel/scope.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** Every table there is, whichever area made it: a new one is covered the day its migration is written. */
const here = tenantScope(tenantId('here'));
const elsewhere = tenantScope(tenantId('elsewhere'));

interface Table {
  readonly name: string;
  readonly tenanted: boolean;
  readonly secured: boolean;
  readonly forced: boolean;
  readonly owner: string;
}

let db: TestDatabase;
let admin: pg.Client;
let tables: Table[];

beforeAll(async () => {
  db = await createTestDatabase();
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  const found = await admin.query<Table>(`
    SELECT c.relname AS name, c.relrowsecurity AS secured, c.relforcerowsecurity AS forced, r.rolname AS owner,
           EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id') AS tenanted
      FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`);
  tables = found.rows;
}, 60_000);

afterAll(async () => {
  await admin?.end();
  await db?.drop();
});

/** A row of tenant `elsewhere` in every table, whatever its rules: triggers, foreign keys and checks are not asked. */
async function plantForeignRows(): Promise<void> {
  await admin.query("SET session_replication_role = 'replica'");
  for (const { name } of tables.filter(({ tenanted }) => tenanted)) {
    const checks = await admin.query<{ conname: string }>(
      "SELECT conname FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'",
      [name],
    );
    for (const { conname } of checks.rows) await admin.query(`ALTER TABLE ${name} DROP CONSTRAINT "${conname}"`);
    const columns = await admin.query<{ name: string; type: string }>(
      `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''
          AND attnotnull AND NOT atthasdef`,
      [name],
    );
    const values = columns.rows.map((column) => (column.name === 'tenant_id' ? "'elsewhere'" : sample(column.type)));
    const names = columns.rows.map((column) => `"${column.name}"`);
    await admin.query(`INSERT INTO ${name} (${names.join(', ')}) VALUES (${values.join(', ')})`);
  }
  await admin.query("SET session_replication_role = 'origin'");
}

function sample(type: string): string {
  if (type.endsWith('[]')) return `'{}'::${type}`;
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'jsonb' || type === 'json') return `'{}'::${type}`;
  if (type === 'bytea') return "'\\x00'::bytea";
  if (type === 'boolean') return 'false';
  if (type === 'date' || type.startsWith('timestamp')) return `'2026-01-01'::${type}`;
  if (/int|numeric|xid8/.test(type)) return `'1'::${type}`;
  return `'x'::${type}`;
}

describe('the database', () => {
  it('has a tenant in every table but the list of migrations', () => {
    expect(tables.filter(({ tenanted }) => !tenanted).map(({ name }) => name)).toEqual(['migration']);
    expect(tables.length).toBeGreaterThan(10);
  });

  it('secures every row of every table, also against the owner of the table', () => {
    const open = tables.filter(({ tenanted, secured, forced }) => tenanted && !(secured && forced));
    expect(open).toEqual([]);
  });

  it('starts every primary and foreign key with the tenant', async () => {
    const keys = await admin.query<{ name: string }>(`
      SELECT conrelid::regclass || ' ' || conname AS name FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid AND c.relnamespace = 'public'::regnamespace
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
       WHERE k.contype IN ('p', 'f') AND a.attname <> 'tenant_id' AND c.relname <> 'migration'`);
    expect(keys.rows).toEqual([]);
  });

  it('shows no row of another tenant by any table, and lets none be changed', async () => {
    await plantForeignRows();
    for (const { name } of tables.filter(({ tenanted }) => tenanted)) {
      const there = await admin.query(`SELECT 1 FROM ${name} WHERE tenant_id = 'elsewhere'`);
      expect([name, there.rowCount]).toEqual([name, 1]);
      const seen = await db.database.within(here, (tx) => tx.query(`SELECT 1 FROM ${name}`));
      expect([name, seen]).toEqual([name, []]);
      const changed = db.database.within(here, (tx) =>
        tx.query(`UPDATE ${name} SET tenant_id = tenant_id WHERE tenant_id = 'elsewhere' RETURNING 1`),
      );
      const rows = await changed.catch((error: { driverError?: { code?: string } }) => error.driverError?.code);
      expect([[], '42501']).toContainEqual(rows);
      const own = await db.database.within(elsewhere, (tx) => tx.query(`SELECT 1 FROM ${name}`));
      expect([name, own.length]).toEqual([name, 1]);
    }
  });

  it('lets nobody write a row for another tenant', async () => {
    const forging = db.database.within(here, (tx) =>
      tx.query("INSERT INTO accounts_tenant (tenant_id, name, created_at) VALUES ('forged', 'x', '2026-01-01')"),
    );
    await expect(forging).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('shows nothing at all to a connection that has named no tenant', async () => {
    const bare = new pg.Client({ connectionString: db.url });
    await bare.connect();
    for (const { name } of tables.filter(({ tenanted }) => tenanted)) {
      const seen = await bare.query(`SELECT 1 FROM ${name}`);
      expect([name, seen.rowCount]).toEqual([name, 0]);
    }
    await bare.end();
  });

  it('gives the application nothing to own and no way around', async () => {
    const role = await admin.query("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'cobuild_app'");
    expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
    expect(new Set(tables.map(({ owner }) => owner))).toEqual(new Set(['cobuild_owner']));
    const member = await admin.query(`
      SELECT m.roleid::regrole::text AS role, m.inherit_option AS inherits, m.admin_option AS admin, r.rolbypassrls AS bypasses
        FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid WHERE m.member = 'cobuild_app'::regrole`);
    expect(member.rows).toEqual([{ role: 'cobuild_sealer', inherits: false, admin: false, bypasses: false }]);
    const owned = await admin.query("SELECT 1 FROM pg_shdepend WHERE refobjid = 'cobuild_app'::regrole AND deptype = 'o'");
    expect(owned.rowCount).toBe(0);
  });

  it('has no view that would see with its owner’s eyes', async () => {
    const views = await admin.query<{ name: string }>(`
      SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
         AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)`);
    expect(views.rows).toEqual([]);
  });

  it('opens its doors to the application only, with a fixed search path', async () => {
    const functions = await admin.query<{ name: string; definer: boolean; trigger: boolean; path: string | null; open: boolean; app: boolean }>(`
      SELECT p.proname AS name, p.prosecdef AS definer, p.prorettype = 'trigger'::regtype AS trigger, array_to_string(p.proconfig, ',') AS path,
             has_function_privilege('public', p.oid, 'EXECUTE') AS open,
             has_function_privilege('cobuild_app', p.oid, 'EXECUTE') AS app
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY 1`);
    const doors = functions.rows.filter(({ name }) => name.startsWith('door_'));
    expect(doors.map(({ name }) => name)).toEqual(expect.arrayContaining(['door_login', 'door_session', 'door_token']));
    for (const door of doors) {
      expect(door).toMatchObject({ definer: true, open: false, app: true });
      expect(door.path).toMatch(/search_path=/);
    }
    // A trigger cannot be called; it sees the row of the statement that fired it, which row-level security has passed.
    const others = functions.rows.filter(({ name, definer }) => definer && !name.startsWith('door_'));
    expect(others.filter(({ trigger, path }) => !trigger || !path?.includes('search_path='))).toEqual([]);
  });
});
