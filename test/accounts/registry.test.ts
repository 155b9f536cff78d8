import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { getMetadataArgsStorage } from 'typeorm';
import { registeredFields } from '../../src/platform/database/registry.ts';
import { entities } from '../../src/schema.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
let columns: { table: string; column: string; type: string }[];

beforeAll(async () => {
  db = await createTestDatabase();
  const admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  const found = await admin.query<{ table: string; column: string; type: string }>(`
    SELECT c.table_name AS table, c.column_name AS column, c.udt_name AS type
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> 'migration'
       AND c.udt_name IN ('text', 'varchar', 'bpchar', 'json', 'jsonb', 'xml', '_text', '_varchar', '_json', '_jsonb')`);
  columns = found.rows;
  await admin.end();
}, 60_000);

afterAll(async () => {
  await db?.drop();
});

function tableOf(entity: Function): string {
  const table = getMetadataArgsStorage().tables.find(({ target }) => target === entity);
  return String(table?.name);
}

/** Keys say where a row belongs and what it is called; they hold no text of anybody. */
function isKey(table: string, column: string): boolean {
  const args = getMetadataArgsStorage().columns.find(
    ({ target, propertyName, options }) =>
      typeof target === 'function' && tableOf(target) === table && (options.name ?? propertyName) === column,
  );
  return args?.options.primary === true || column === 'org_path' || column === 'tenant_id';
}

describe('the field registry', () => {
  it('knows every text, list and JSON column of the database', () => {
    const known = new Set(
      registeredFields().map(({ entity, property, column }) => `${tableOf(entity)}.${column ?? property}`),
    );
    const unknown = columns
      .filter(({ table, column }) => !isKey(table, column))
      .map(({ table, column }) => `${table}.${column}`)
      .filter((name) => !known.has(name));
    expect(unknown).toEqual([]);
  });

  it('describes only tables that the application has', () => {
    const strangers = registeredFields().filter(({ entity }) => !entities.includes(entity));
    expect(strangers.map(({ entity }) => entity.name)).toEqual([]);
  });

  it('masks whatever is personal and keeps sensitive data no longer than it must', () => {
    for (const { entity, property, note } of registeredFields().filter(({ note: { sensitivity } }) => sensitivity >= 2)) {
      expect([entity.name, property, note.mask]).not.toEqual([entity.name, property, 'none']);
      expect([entity.name, property, note.basis]).not.toEqual([entity.name, property, 'none']);
    }
  });
});
