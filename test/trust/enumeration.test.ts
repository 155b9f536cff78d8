import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Scope } from '../../src/kernel/scope.ts';
import { changesBetween, Snapshots } from '../support/snapshot.ts';
import { derivedFaults, mayDo, POSITIONS, positionsOf, type Asked, type Position } from './support/verdicts.ts';
import { Questions } from './support/questions.ts';
import { ROLE_NAMES, startTown, type Town } from './support/town.ts';

/**
 * By route, what those who hold its permission are answered about what is their own, about what lies in a sibling branch
 * and about what is not there: the part of a verdict that nothing else tells.
 */
const TABLE = join(import.meta.dirname, 'access.json');
const LISTED: readonly Position[] = ['own', 'sibling', 'absent'];
const WRITES = 'TRUST_TABLE=write npm run test:faults -- test/trust/enumeration.test.ts';

/** Whoever prints a document leaves a note of it. */
const NOTED = /^document(_print)? has /;

type Table = Readonly<Record<string, string>>;

let town: Town;
let snapshots: Snapshots;
let admin: pg.Client;
let questions: Questions;
const asked: Asked[] = [];

beforeAll(async () => {
  town = await startTown();
  snapshots = await Snapshots.of(town.place.db.adminUrl);
  admin = new pg.Client({ connectionString: town.place.db.adminUrl });
  await admin.connect();
  questions = await Questions.about(town, admin);
}, 900_000);

afterAll(async () => {
  await admin?.end();
  await snapshots?.close();
  await town?.stop();
});

/** Asks in that position, and says how the rows of the place that holds the things have changed meanwhile. */
async function changesBy(position: Position): Promise<string[]> {
  const before = await snapshots.rowsOf(town.rich);
  asked.push(...(await questions.ask(position)));
  return changesBetween(before, await snapshots.rowsOf(town.rich));
}

function table(): Table {
  const rows = questions.operations.map((operation): [string, string] => {
    const row = LISTED.filter((position) => positionsOf(operation).includes(position)).map((position) => {
      const statuses = asked.filter((it) => it.operation === operation && it.position === position && mayDo(operation, it.role)).map(({ status }) => status);
      return [...new Set(statuses)].sort().join('|') || 'nobody';
    });
    return [operation.name, row.join(' ')];
  });
  return Object.fromEntries(rows);
}

describe('every route, asked by every role', () => {
  it.each(POSITIONS)('changes no row that it must not when the thing is %s', async (position) => {
    expect((await changesBy(position)).filter((change) => !NOTED.test(change))).toEqual([]);
  }, 900_000);

  it('answers as permission, place and existence demand', () => {
    expect(asked.length).toBeGreaterThan(questions.operations.length * ROLE_NAMES.length);
    expect(derivedFaults(asked)).toEqual([]);
  });

  it('is open to somebody', () => {
    const idle = questions.operations.filter((operation) => !ROLE_NAMES.some((role) => mayDo(operation, role)));
    expect(idle.map(({ name }) => name)).toEqual([]);
  });

  it('answers as the committed table says', () => {
    const found = table();
    if (process.env['TRUST_TABLE'] === 'write') writeFileSync(TABLE, `${JSON.stringify(found, null, 1)}\n`);
    const committed = JSON.parse(readFileSync(TABLE, 'utf8')) as Table;
    const unlisted = Object.keys(found).filter((name) => !(name in committed));
    expect(unlisted.map((name) => `${name} is not in access.json: list it by "${WRITES}" and read what it says`)).toEqual([]);
    expect(found).toEqual(committed);
  });
});

describe('row-level security alone', () => {
  const scopes: [string, () => Scope, string][] = [
    ['of another tenant', () => ({ tenant: town.foreign, orgPath: '/' as never, actor: 'system' as never }), 'tenant_id <> $1'],
    ['without a tenant', () => ({ tenant: '' as never, orgPath: '/' as never, actor: 'system' as never }), 'true OR tenant_id = $1'],
  ];

  it.each(scopes)('shows no row %s, in no table', async (_, scope, where) => {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id'
          AND has_table_privilege('cobuild_app', format('public.%I', c.table_name), 'SELECT') ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThan(50);
    const seen: Record<string, number> = {};
    let filled = 0;
    for (const { name } of rows) {
      const [mine] = await town.place.db.database.within(scope(), (tx) =>
        tx.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name} WHERE ${where}`, [scope().tenant]),
      );
      if (mine!.count > 0) seen[name] = mine!.count;
      filled += Number((await admin.query(`SELECT FROM ${name} WHERE tenant_id = $1 LIMIT 1`, [town.rich])).rowCount);
    }
    expect(seen).toEqual({});
    expect(filled).toBeGreaterThan(40);
  });

  it('shows no row of a sibling branch in the tables of households and of what projects hold', async () => {
    const { rows } = await admin.query<{ name: string; placed: boolean }>(`
      SELECT DISTINCT p.tablename AS name, EXISTS (
             SELECT FROM information_schema.columns c WHERE c.table_name = p.tablename AND c.column_name = 'org_path') AS placed
        FROM pg_policies p WHERE p.schemaname = 'public' AND p.qual LIKE '%app.org_path%'`);
    expect(rows.length).toBeGreaterThan(3);
    const scope = { tenant: town.rich, orgPath: '/elsewhere/' as never, actor: 'system' as never };
    for (const { name, placed } of rows) {
      // What has no place of its own has its project's, and no project lies there.
      const elsewhere = placed ? "NOT starts_with(org_path, '/elsewhere/')" : 'true';
      const seen = await town.place.db.database.within(scope, (tx) => tx.query(`SELECT FROM ${name} WHERE ${elsewhere}`));
      expect({ name, rows: seen.length }).toEqual({ name, rows: 0 });
    }
  });
});
