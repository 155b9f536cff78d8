import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { AnchorService } from '../../src/audit/anchors/service.ts';
import { AuditService } from '../../src/audit/service.ts';
import { SealingService } from '../../src/audit/sealing/service.ts';
import { tenantScope, type TenantId } from '../../src/kernel/scope.ts';
import { addHours, instantFromMs, type Instant } from '../../src/kernel/time.ts';
import { Database } from '../../src/platform/database/database.ts';
import { createLog } from '../../src/platform/logging.ts';
import { RecoveryWatch } from '../../src/recovery/jobs.ts';
import { RecoveryMode } from '../../src/recovery/mode/service.ts';
import { OutsideMirror } from '../../src/recovery/outside/service.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { Staff } from '../support/staff.ts';

const NOW: Instant = instantFromMs(Date.parse('2026-10-20T16:00:00Z'));

let db: TestDatabase;
let api: TestApi;
let admin: pg.Client;
let outside: string;
const lines: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  outside = await mkdtemp(join(tmpdir(), 'cobuild-outside-'));
  api = await startTestApi({ database: db, env: { OUTSIDE_FOLDER: outside } });
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
}, 60_000);

afterAll(async () => {
  await admin?.end();
  await api?.stop();
  await db?.drop();
  await rm(outside, { recursive: true, force: true });
});

const get = <It>(type: abstract new (...parts: never[]) => It): It => api.api.app.get(type, { strict: false });
const watch = (): RecoveryWatch => new RecoveryWatch(get(RecoveryMode), get(OutsideMirror), createLog('error', { write: (line) => void lines.push(line) }));

async function anchored(tenant: TenantId, at: Instant): Promise<void> {
  await get(Database).within(tenantScope(tenant), (tx) => get(AuditService).record(tx, { at, action: 'test.written', subject: `note:${randomUUID()}`, outcome: 'done' }));
  while (!(await get(SealingService).seal(tenant, at)));
  await get(AnchorService).anchor(tenant, at, () => Promise.resolve());
}

/** The database as a backup from before that day brings it back: neither block nor anchor. */
async function putBackBefore(tenant: TenantId, day: string): Promise<void> {
  await admin.query("SET session_replication_role = 'replica'");
  await admin.query('DELETE FROM audit_block WHERE tenant_id = $1 AND number = (SELECT number FROM audit_anchor WHERE tenant_id = $1 AND day = $2)', [tenant, day]);
  const { rowCount } = await admin.query('DELETE FROM audit_anchor WHERE tenant_id = $1 AND day = $2', [tenant, day]);
  await admin.query("SET session_replication_role = 'origin'");
  expect(rowCount).toBe(1);
}

describe('a record older than what was anchored outside', () => {
  it('freezes its tenant, and no other, until a person ends it; the loss is in the record with both heads', async () => {
    const [lost, whole] = [await Staff.of(api), await Staff.of(api)];
    for (const { tenant } of [lost, whole]) {
      await anchored(tenant, NOW);
      await anchored(tenant, addHours(NOW, 24));
    }
    expect(await get(OutsideMirror).copy()).toBeGreaterThanOrEqual(4);
    expect(await watch().freezeOlder(NOW)).toEqual([]);
    const manager = (await lost.member('manager')).client;
    expect((await manager.get('/api/v1/me')).status).toBe(200);

    await putBackBefore(lost.tenant, '2026-10-22');
    expect(await watch().freezeOlder(NOW)).toEqual([lost.tenant]);
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ code: 'HEAD_BEHIND_ANCHOR', tenant: lost.tenant }]);
    expect(await watch().leave()).toBe('nothing');
    expect([...(await get(RecoveryMode).recovering())]).toEqual([[lost.tenant, 'frozen']]);
    // Tokens of before may be ones that were revoked in the meantime.
    expect((await manager.get('/api/v1/me')).status).toBe(401);
    const rows = await get(Database).within(tenantScope(lost.tenant), (tx) =>
      tx.query<{ record: string }>("SELECT convert_from(event_bytes, 'UTF8') AS record FROM audit_event WHERE action = 'system.restored'"),
    );
    expect(rows.map(({ record }) => JSON.parse(record) as object)).toMatchObject([{ changes: { reason: 'HEAD_BEHIND_ANCHOR', block: 1, anchoredBlock: 2 } }]);
    // Known and in the record: not cried out again.
    expect(await watch().freezeOlder(NOW)).toEqual([]);
  });
});
