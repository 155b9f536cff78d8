import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrate } from '../../../src/platform/database/migrate.ts';
import { protect } from '../../../src/platform/database/protect.ts';
import { orgPath, tenantId, tenantScope, WHOLE_TENANT } from '../../../src/kernel/scope.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

class Notes1600000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE note (tenant_id text, id int, org_path text COLLATE "C" NOT NULL, body text, PRIMARY KEY (tenant_id, id))',
    );
    await protect(runner, 'note', { subtree: true });
    await runner.query('CREATE TABLE fact (tenant_id text, id int, PRIMARY KEY (tenant_id, id))');
    await protect(runner, 'fact', { insertOnly: true });
  }
  async down(): Promise<void> {}
}

class Backfill1600000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE note SET body = 'filled'");
  }
  async down(): Promise<void> {}
}

const chuxiong = tenantScope(tenantId('chuxiong'));
const dali = tenantScope(tenantId('dali'));

describe('the database roles', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createTestDatabase();
    await migrate({ url: test.migrationUrl, migrations: [Notes1600000000001] });
    for (const [scope, place] of [
      [chuxiong, '/xincheng/'],
      [chuxiong, '/longjiang/'],
      [dali, '/xincheng/'],
    ] as const) {
      await test.database.within(scope, (tx) =>
        tx.query("INSERT INTO note SELECT $1, count(*) + 1, $2, 'x' FROM note", [scope.tenant, place]),
      );
    }
  });

  afterAll(async () => {
    await test.drop();
  });

  async function asClient<Row>(url: string, sql: string): Promise<Row[]> {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(sql)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  it('lets the application own nothing and bypass nothing', async () => {
    const [attributes] = await asClient(
      test.adminUrl,
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
              (SELECT count(*)::int FROM pg_class WHERE relowner = pg_roles.oid) AS owned,
              (SELECT json_agg(roleid::regrole::text) FROM pg_auth_members WHERE member = pg_roles.oid) AS memberships
       FROM pg_roles WHERE rolname = 'cobuild_app'`,
    );
    expect(attributes).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owned: 0,
      memberships: ['cobuild_sealer'],
    });
  });

  it('gives every table to the owner, who cannot log in', async () => {
    const rows = await asClient(
      test.adminUrl,
      `SELECT DISTINCT rolname, rolcanlogin FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    );
    expect(rows).toEqual([{ rolname: 'cobuild_owner', rolcanlogin: false }]);
  });

  it.each(['CREATE TABLE mine (id int)', 'CREATE TEMP TABLE mine (id int)', 'SET ROLE cobuild_owner', 'TRUNCATE note'])(
    'refuses the application %s',
    async (sql) => {
      await expect(asClient(test.url, sql)).rejects.toThrow(/permission denied/);
    },
  );

  it('shows no row outside a scope, and in a scope only its tenant and subtree', async () => {
    expect(await asClient(test.url, 'SELECT * FROM note')).toEqual([]);
    const places = (scope: typeof chuxiong) =>
      test.database.within(scope, async (tx) => {
        const rows = await tx.query<{ org_path: string }>('SELECT org_path FROM note ORDER BY org_path');
        return rows.map((row) => row.org_path);
      });
    expect(await places(chuxiong)).toEqual(['/longjiang/', '/xincheng/']);
    expect(await places({ ...chuxiong, orgPath: orgPath('/xincheng/') })).toEqual(['/xincheng/']);
    expect(await places({ ...dali, orgPath: WHOLE_TENANT })).toEqual(['/xincheng/']);
  });

  it('refuses rows of another tenant or place', async () => {
    const insert = (scope: typeof chuxiong, tenant: string, place: string) =>
      test.database.within(scope, (tx) => tx.query('INSERT INTO note VALUES ($1, 99, $2)', [tenant, place]));
    await expect(insert(chuxiong, 'dali', '/')).rejects.toThrow(/row-level security/);
    await expect(insert({ ...chuxiong, orgPath: orgPath('/xincheng/') }, 'chuxiong', '/longjiang/')).rejects.toThrow(
      /row-level security/,
    );
  });

  it('lets what is written once neither be changed nor deleted', async () => {
    await test.database.within(dali, (tx) => tx.query("INSERT INTO fact VALUES ('dali', 1)"));
    for (const sql of ['UPDATE fact SET id = 2', 'DELETE FROM fact']) {
      await expect(test.database.within(dali, (tx) => tx.query(sql))).rejects.toThrow(/permission denied/);
    }
  });

  it('lets a migration reach the rows of every tenant', async () => {
    await migrate({ url: test.migrationUrl, migrations: [Notes1600000000001, Backfill1600000000002] });
    expect(await asClient(test.adminUrl, 'SELECT DISTINCT body FROM note')).toEqual([{ body: 'filled' }]);
  });

  it('runs a migration once, also when two processes start at the same time', async () => {
    const other = await createTestDatabase();
    try {
      const options = { url: other.migrationUrl, migrations: [Notes1600000000001] };
      const runs = await Promise.all([migrate(options), migrate(options)]);
      expect(runs.flat()).toEqual(['Notes1600000000001']);
    } finally {
      await other.drop();
    }
  });
});
