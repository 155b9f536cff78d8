import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tenantId, tenantScope } from '../../../src/kernel/scope.ts';
import type { Instant } from '../../../src/kernel/time.ts';
import { EnvelopeError } from '../../../src/platform/crypto/envelope.ts';
import { SubjectKeys } from '../../../src/platform/crypto/subject-keys.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const AT = '2026-10-20T00:00:00.000000Z' as Instant;
const town = tenantScope(tenantId('town'));
const first = { id: 'm1', secret: randomBytes(32) };
const second = { id: 'm2', secret: randomBytes(32) };
const keys = new SubjectKeys([first]);
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
}, 60_000);

afterAll(async () => {
  await db?.drop();
});

describe('a subject key', () => {
  it('is one per subject, also when two ask at once', async () => {
    const id = randomUUID();
    const sealed = await Promise.all(
      [1, 2].map(() => db.database.within(town, async (tx) => (await keys.obtain(tx, id, AT)).seal('person.name', '示例'))),
    );
    const key = await db.database.within(town, async (tx) => (await keys.load(tx, [id])).get(id)!);
    for (const bytes of sealed) expect(key.open('person.name', bytes)).toBe('示例');
  });

  it('opens a value only in the field and for the subject it was sealed for', async () => {
    const [a, b] = await db.database.within(town, async (tx) => [
      await keys.obtain(tx, randomUUID(), AT),
      await keys.obtain(tx, randomUUID(), AT),
    ]);
    const sealed = a!.seal('person.name', '示例');
    expect(() => a!.open('person.phone', sealed)).toThrow(EnvelopeError);
    expect(() => b!.open('person.name', sealed)).toThrow(EnvelopeError);
  });

  it('stays readable when the master key is renewed, and not without the old one', async () => {
    const id = randomUUID();
    const sealed = await db.database.within(town, async (tx) => (await keys.obtain(tx, id, AT)).seal('f', '示例'));
    const renewed = new SubjectKeys([second, first]);
    await db.database.within(town, async (tx) => {
      expect((await renewed.load(tx, [id])).get(id)!.open('f', sealed)).toBe('示例');
      const fresh = randomUUID();
      await renewed.obtain(tx, fresh, AT);
      await expect(keys.load(tx, [fresh])).rejects.toThrow(/m2 is not configured/);
    });
  });

  it('once destroyed is gone for good, and the subject does not come back', async () => {
    const id = randomUUID();
    await db.database.within(town, (tx) => keys.obtain(tx, id, AT));
    await db.database.within(town, async (tx) => {
      expect(await keys.destroy(tx, id, AT)).toBe(true);
      expect(await keys.destroy(tx, id, AT)).toBe(false);
      expect((await keys.load(tx, [id])).size).toBe(0);
      await expect(keys.obtain(tx, id, AT)).rejects.toMatchObject({ code: 'SUBJECT_ERASED' });
      const rows = await tx.query('SELECT wrapped, destroyed_at AS at FROM subject_key WHERE subject_id = $1', [id]);
      expect(rows).toEqual([{ wrapped: null, at: AT }]);
    });
  });
});
