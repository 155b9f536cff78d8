import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { AuditService } from '../../src/audit/service.ts';
import { AuditStore } from '../../src/audit/store.ts';
import { tenantId, tenantScope, type ActorId } from '../../src/kernel/scope.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { canonicalJson } from '../../src/platform/crypto/canonical.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const AT = '2026-10-20T16:00:00.123456Z' as Instant;
const scope = tenantScope(tenantId('town'), '0192-person' as ActorId);
const audit = new AuditService(new AuditStore());
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
}, 60_000);

afterAll(async () => {
  await db?.drop();
});

interface Row {
  readonly id: string;
  readonly at: string;
  readonly bytes: Buffer;
  readonly hash: Buffer;
}

async function rows(): Promise<Row[]> {
  return db.database.within(scope, (tx) =>
    tx.query<Row>('SELECT id, at, event_bytes AS bytes, hash FROM audit_event WHERE tenant_id = $1', [scope.tenant]),
  );
}

describe('the audit', () => {
  it('keeps the exact canonical bytes that were hashed, to the microsecond', async () => {
    await db.database.within(scope, (tx) =>
      audit.record(tx, {
        at: AT,
        action: 'accounts.roleGranted',
        subject: 'person:1',
        outcome: 'done',
        commandId: 'c1',
        network: undefined,
        changes: { role: 'manager', until: null, count: 3 },
      }),
    );
    const [row] = await rows();
    const text = row!.bytes.toString('utf8');
    expect(JSON.parse(text)).toEqual({
      schema: 1,
      id: row!.id,
      tenant: 'town',
      at: AT,
      actor: { id: '0192-person' },
      action: 'accounts.roleGranted',
      subject: 'person:1',
      outcome: 'done',
      commandId: 'c1',
      changes: { role: 'manager', until: null, count: 3 },
    });
    expect(canonicalJson(JSON.parse(text))).toBe(text);
    expect(row!.at).toBe(AT);
    const leaf = createHash('sha256').update(Buffer.concat([Buffer.from([0]), row!.bytes])).digest();
    expect(row!.hash).toEqual(leaf);
  });

  it('writes nothing when the change it reports is rolled back', async () => {
    const before = (await rows()).length;
    const failing = db.database.within(scope, async (tx) => {
      await audit.record(tx, { at: AT, action: 'a.b', subject: 's', outcome: 'done' });
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect(await rows()).toHaveLength(before);
  });

  it('cannot be changed, deleted or emptied by the application', async () => {
    for (const statement of [
      "UPDATE audit_event SET outcome = 'refused'",
      'DELETE FROM audit_event',
      'TRUNCATE audit_event',
      'ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY',
      'DROP TABLE audit_event',
    ]) {
      await expect(db.database.within(scope, (tx) => tx.query(statement))).rejects.toMatchObject({
        driverError: { code: '42501' },
      });
    }
    expect((await rows()).length).toBeGreaterThan(0);
  });

  it('carries the transaction that wrote it, so that a sealer can order rows later', async () => {
    const admin = new pg.Client({ connectionString: db.adminUrl });
    await admin.connect();
    const found = await admin.query('SELECT xid::text AS xid FROM audit_event');
    await admin.end();
    expect(found.rows.every(({ xid }: { xid: string }) => BigInt(xid) > 0n)).toBe(true);
  });
});
