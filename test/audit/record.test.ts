import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { AnchorService, type AnchorHerald } from '../../src/audit/anchors/service.ts';
import { AuditExpiry } from '../../src/audit/expiry/service.ts';
import { Sealer } from '../../src/audit/jobs.ts';
import { SealingService } from '../../src/audit/sealing/service.ts';
import type { Block } from '../../src/audit/sealing/store.ts';
import { AuditService } from '../../src/audit/service.ts';
import { tenantId, tenantScope, type TenantId } from '../../src/kernel/scope.ts';
import { instantFromMs, type Instant } from '../../src/kernel/time.ts';
import { Database } from '../../src/platform/database/database.ts';
import { createLog } from '../../src/platform/logging.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTestTenant, member } from '../support/people.ts';

const run = promisify(execFile);
const AT = '2026-10-20T16:00:00.123456Z' as Instant;
const DAY = 86_400_000;

interface Verdict {
  readonly proved: boolean;
  readonly blocks: number;
  readonly rows: number;
  readonly removed?: number;
  readonly anchors: number;
  readonly unsealed?: number;
  readonly problems: readonly { readonly check: string; readonly block: number; readonly row?: string; readonly detail?: string }[];
}

let db: TestDatabase;
let api: TestApi;
let admin: pg.Client;
let auditorUrl: string;
let folder: string;
let sealing: SealingService;
let anchoring: AnchorService;
const nobody: AnchorHerald = () => Promise.resolve();

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  const login = `inspector_${randomUUID().slice(0, 8)}`;
  await admin.query(`CREATE ROLE ${login} LOGIN PASSWORD 'inspector' IN ROLE cobuild_auditor`);
  const url = new URL(db.adminUrl);
  url.username = login;
  url.password = 'inspector';
  auditorUrl = url.href;
  folder = await mkdtemp(join(tmpdir(), 'cobuild-record-'));
  sealing = api.api.app.get(SealingService, { strict: false });
  anchoring = api.api.app.get(AnchorService, { strict: false });
}, 60_000);

afterAll(async () => {
  await admin?.end();
  await api?.stop();
  await db?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function write(tenant: TenantId, count: number, action = 'test.written'): Promise<void> {
  const audit = api.api.app.get(AuditService, { strict: false });
  await api.api.app.get(Database).within(tenantScope(tenant), async (tx) => {
    for (let at = 0; at < count; at += 1) {
      await audit.record(tx, { at: AT, action, subject: `note:${at}`, outcome: 'done', changes: { at } });
    }
  });
}

/** Other files write in the same cluster: a block comes once their transactions are over. */
async function sealed(tenant: TenantId, at = AT): Promise<Block> {
  const block = await sealing.seal(tenant, at);
  return block ?? sealed(tenant, at);
}

/** Three blocks of four rows, two anchors; the rows are the only ones of the tenant. */
async function sealedTenant(): Promise<TenantId> {
  const tenant = tenantId(`t-${randomUUID().slice(0, 12)}`);
  for (let block = 0; block < 3; block += 1) {
    await write(tenant, 4);
    expect(await sealed(tenant)).toMatchObject({ number: block + 1, count: 4 });
    if (block > 0) await anchoring.anchor(tenant, instantFromMs(Date.parse(AT) + block * DAY), nobody);
  }
  return tenant;
}

async function verified(...args: readonly string[]): Promise<Verdict> {
  const { stdout } = await run(process.execPath, ['tools/verify-record.mjs', ...args, '--json']).catch(
    (error: { stdout: string; stderr: string }) => (error.stdout === '' ? Promise.reject(new Error(error.stderr)) : error),
  );
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Verdict;
}

async function anchorsOf(tenant: TenantId): Promise<string> {
  const { body } = await api.page().get(`/api/v1/public/anchors?tenant=${tenant}`);
  const file = join(folder, `${tenant}.json`);
  await writeFile(file, JSON.stringify(body));
  return file;
}

/** As a superuser, past every guard and trigger. */
async function forge(sql: string, ...values: unknown[]): Promise<void> {
  await admin.query("SET session_replication_role = 'replica'");
  const { rowCount } = await admin.query(sql, values);
  await admin.query("SET session_replication_role = 'origin'");
  expect(rowCount).toBeGreaterThan(0);
}

async function inDatabase(tenant: TenantId, anchors?: string): Promise<Verdict> {
  return verified(auditorUrl, '--tenant', tenant, ...(anchors ? ['--anchors', anchors] : []));
}

const firstOf = 'SELECT id FROM audit_event WHERE tenant_id = $1 ORDER BY xid, id LIMIT 1';

describe('the sealed record', () => {
  it('is proved, by a role that can read it and nothing else', async () => {
    const tenant = await sealedTenant();
    await write(tenant, 1);
    const verdict = await inDatabase(tenant, await anchorsOf(tenant));
    expect(verdict).toMatchObject({ proved: true, blocks: 3, rows: 12, anchors: 4, unsealed: 1, problems: [] });
    const inspector = new pg.Client({ connectionString: auditorUrl });
    await inspector.connect();
    await expect(inspector.query('SELECT 1 FROM accounts_person')).rejects.toMatchObject({ code: '42501' });
    await expect(inspector.query('DELETE FROM audit_block')).rejects.toMatchObject({ code: '42501' });
    await inspector.end();
  });

  it('does not fork when several sealers are at it', async () => {
    const tenant = tenantId(`t-${randomUUID().slice(0, 12)}`);
    for (let round = 0; round < 5; round += 1) {
      await write(tenant, 20);
      await Promise.all(Array.from({ length: 6 }, () => sealing.seal(tenant, AT, 7)));
    }
    while ((await inDatabase(tenant)).unsealed !== 0) await sealing.seal(tenant, AT, 7);
    expect(await inDatabase(tenant)).toMatchObject({ proved: true, rows: 100 });
  });

  it('waits for a transaction that began before, so that nothing comes in front of a sealed row', async () => {
    const tenant = tenantId(`t-${randomUUID().slice(0, 12)}`);
    const late = new pg.Client({ connectionString: db.adminUrl });
    await late.connect();
    await late.query('BEGIN');
    await late.query('SELECT pg_current_xact_id()');
    await write(tenant, 3);
    expect(await sealing.seal(tenant, AT)).toBeUndefined();
    await late.query('COMMIT');
    await late.end();
    expect(await sealed(tenant)).toMatchObject({ count: 3 });
  });

  it('can be sealed by nobody but the sealer', async () => {
    const tenant = await sealedTenant();
    for (const sql of ["INSERT INTO audit_anchor SELECT * FROM audit_anchor", 'DELETE FROM audit_block', 'UPDATE audit_block SET count = 1']) {
      await expect(db.database.within(tenantScope(tenant), (tx) => tx.query(sql))).rejects.toMatchObject({ driverError: { code: '42501' } });
    }
  });

  it.each([
    ['a forged row', 'rowChanged', `UPDATE audit_event SET event_bytes = overlay(event_bytes placing '\\x39'::bytea from 20) WHERE tenant_id = $1 AND id = (${firstOf})`],
    ['a forged column', 'columnChanged', `UPDATE audit_event SET outcome = 'refused' WHERE tenant_id = $1 AND id = (${firstOf})`],
    ['a row that was moved to a later block', 'rowMissing', `UPDATE audit_event SET xid = (SELECT max(xid) FROM audit_event WHERE tenant_id = $1) WHERE tenant_id = $1 AND id = (${firstOf})`],
    ['a deleted row', 'rowMissing', `DELETE FROM audit_event WHERE tenant_id = $1 AND id = (${firstOf})`],
    [
      'a planted row',
      'rowAdded',
      `INSERT INTO audit_event SELECT tenant_id, gen_random_uuid(), at, actor, account_id, person_id, on_behalf_of, role, action, subject,
         outcome, case_version, command_id, request_id, network, policy_hash, event_bytes, hash, xid FROM audit_event WHERE tenant_id = $1 AND id = (${firstOf})`,
    ],
    ['a truncated table', 'rowMissing', 'DELETE FROM audit_event WHERE tenant_id = $1'],
    ['two rows that changed places', 'rowChanged', `UPDATE audit_event e SET event_bytes = o.event_bytes FROM audit_event o
       WHERE e.tenant_id = $1 AND o.tenant_id = $1 AND o.subject = CASE e.subject WHEN 'note:0' THEN 'note:1' WHEN 'note:1' THEN 'note:0' END AND o.xid = e.xid`],
  ])('shows %s in its block', async (_, check, sql) => {
    const tenant = await sealedTenant();
    await forge(sql, tenant);
    const verdict = await inDatabase(tenant);
    expect(verdict.proved).toBe(false);
    expect(verdict.problems[0]).toMatchObject({ block: 1 });
    expect(verdict.problems.map((problem) => problem.check)).toContain(check);
    const named = verdict.problems.find((problem) => problem.check === check);
    expect(named?.row ?? named?.detail).toBeDefined();
  });

  it('shows a chain that was rewritten from a forged row on, by its anchors', async () => {
    const tenant = await sealedTenant();
    const anchors = await anchorsOf(tenant);
    await forge('DELETE FROM audit_event WHERE tenant_id = $1 AND xid = (SELECT max(xid) FROM audit_event WHERE tenant_id = $1)', tenant);
    await forge('DELETE FROM audit_block WHERE tenant_id = $1 AND number = 3', tenant);
    expect((await inDatabase(tenant)).proved).toBe(true);
    await forge('DELETE FROM audit_anchor WHERE tenant_id = $1 AND number = 3', tenant);
    expect((await inDatabase(tenant, anchors)).problems).toEqual([
      expect.objectContaining({ check: 'blockMissing', block: 3, detail: 'anchored on 2026-10-23' }),
    ]);
    await write(tenant, 4);
    await sealed(tenant);
    expect((await inDatabase(tenant, anchors)).problems).toEqual([expect.objectContaining({ check: 'anchorDiffers', block: 3 })]);
  });

  it('shows a block in the middle that was taken out, and an anchor that was forged', async () => {
    const tenant = await sealedTenant();
    const anchors = await anchorsOf(tenant);
    await forge("UPDATE audit_anchor SET statement_bytes = overlay(statement_bytes placing '\\x39'::bytea from 22) WHERE tenant_id = $1 AND number = 2", tenant);
    expect((await inDatabase(tenant, anchors)).problems).toContainEqual(expect.objectContaining({ check: 'anchorForged' }));
    await forge('DELETE FROM audit_block WHERE tenant_id = $1 AND number = 2', tenant);
    expect((await inDatabase(tenant)).problems[0]).toMatchObject({ check: 'blockMissing', block: 2 });
  });
});

describe('rows past their term', () => {
  const [LONG_AGO, NOW] = ['2021-05-03T16:00:00.000000Z' as Instant, instantFromMs(Date.now())];
  const remove = (tenant: TenantId) =>
    api.api.app.get(Database).within(tenantScope(tenant), (tx) => api.api.app.get(AuditExpiry, { strict: false }).remove(tx, '2023-01-01T00:00:00.000000Z' as Instant, 5000, NOW));

  /** Two old blocks of which three rows each are past their term, a young one, anchors for all. */
  async function agedTenant(): Promise<TenantId> {
    const tenant = tenantId(`t-${randomUUID().slice(0, 12)}`);
    for (let block = 0; block < 2; block += 1) {
      await write(tenant, 3);
      await write(tenant, 1, 'resultBasedAward.granted');
      await sealed(tenant, LONG_AGO);
    }
    await anchoring.anchor(tenant, LONG_AGO, nobody);
    await write(tenant, 4);
    await sealed(tenant, NOW);
    return tenant;
  }

  it('go but for those about money, and the record is proved as before', async () => {
    const tenant = await agedTenant();
    expect(await remove(tenant)).toMatchObject({ removed: 6 });
    expect(await remove(tenant)).toEqual({ removed: 0, next: undefined });
    await sealed(tenant, NOW);
    await anchoring.anchor(tenant, NOW, nobody);
    const anchors = await anchorsOf(tenant);
    expect(await inDatabase(tenant, anchors)).toMatchObject({ proved: true, blocks: 4, rows: 7, removed: 6, problems: [] });

    await forge("DELETE FROM audit_event WHERE tenant_id = $1 AND action = 'resultBasedAward.granted' AND xid < (SELECT until_xid FROM audit_block WHERE tenant_id = $1 AND number = 1)", tenant);
    const { problems } = await inDatabase(tenant, anchors);
    expect(problems.map(({ check, block }) => [check, block])).toEqual(expect.arrayContaining([['removalDiffers', 4], ['rowMissing', 1]]));
  });

  it('are all that the database lets anybody take out, and what is said to have gone too early is shown', async () => {
    const tenant = await agedTenant();
    const young = 'DELETE FROM audit_event WHERE tenant_id = $1 AND xid >= (SELECT from_xid FROM audit_block WHERE tenant_id = $1 AND number = 3) RETURNING id';
    const asSealer = api.api.app.get(Database).within(tenantScope(tenant), (tx) => {
      tx.send('SET LOCAL ROLE cobuild_sealer');
      return tx.query(young, [tenant]);
    });
    expect(await asSealer).toEqual([]);

    await anchoring.anchor(tenant, NOW, nobody);
    const { rows } = await admin.query<{ digest: string }>("SELECT encode(sha256(leaves), 'hex') AS digest FROM audit_block WHERE tenant_id = $1 AND number = 3", [tenant]);
    await forge(young, tenant);
    const changes = { from: 3, until: 3, removed: 4, digest: rows[0]!.digest };
    await db.database.within(tenantScope(tenant), (tx) =>
      api.api.app.get(AuditService, { strict: false }).record(tx, { at: NOW, action: 'audit.rowsRemoved', subject: 'blocks:3-3', outcome: 'done', changes }),
    );
    await sealed(tenant, NOW);
    expect((await inDatabase(tenant, await anchorsOf(tenant))).problems).toEqual([expect.objectContaining({ check: 'removedTooEarly', block: 4 })]);
  });
});

describe('the exported record', () => {
  it('is taken by auditors, leaves its own trace, and is proved without any of us', async () => {
    const town = await createTestTenant(api, [member('auditor', ['auditor']), member('manager', ['manager'])]);
    const said: string[] = [];
    const herald: AnchorHerald = (tx) => Promise.resolve(void said.push(tx.scope.tenant));
    const sealer = new Sealer(sealing, anchoring, herald, createLog('silent'));
    while ((await sealing.unsealed()).includes(town.tenant) || !said.includes(town.tenant)) await sealer.round(instantFromMs(Date.now()));
    expect((await (await town.as('manager')).get('/api/v1/audit-record')).status).toBe(403);
    const auditor = await town.as('auditor');
    const answer = await auditor.get('/api/v1/audit-record');
    expect(answer.status).toBe(200);
    const file = join(folder, 'record.ndjson');
    await writeFile(file, answer.body);
    expect(await verified(file, '--anchors', await anchorsOf(town.tenant))).toMatchObject({ proved: true, anchors: 2, problems: [] });
    const lines = answer.body.split('\n');
    const rows = lines.findIndex((line: string) => line.startsWith('{"kind"'));
    await writeFile(file, lines.toSpliced(rows, 2, lines[rows + 1]!, lines[rows]!).join('\n'));
    expect((await verified(file)).problems.map(({ check }) => check)).toContain('rowOutOfOrder');
    await writeFile(file, lines.slice(0, rows + 2).join('\n'));
    expect((await verified(file)).problems.map(({ check }) => check)).toEqual(expect.arrayContaining(['rowMissing', 'fileCutOff']));
    const taken = await auditor.get('/api/v1/audit-events?action=audit.recordExported');
    expect(taken.body.items).toHaveLength(1);
  });
});
