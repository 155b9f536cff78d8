import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { tenantId, tenantScope } from '../../../src/kernel/scope.ts';
import { instantFromMs, type Instant } from '../../../src/kernel/time.ts';
import { claimKey } from '../../../src/platform/http/idempotency.ts';
import { KeyExpiry } from '../../../src/platform/http/key-expiry.ts';
import { createLog } from '../../../src/platform/logging.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const LONG_AGO = '2020-01-01T00:00:00.000000Z' as Instant;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
}, 60_000);
afterAll(() => db?.drop());

/** As a sample does: business time lies years back. Says whether the key was new. */
async function claim(tenant: string, commandId: string): Promise<boolean> {
  const key = { commandId, fingerprint: 'f', requestId: 'r', network: '' };
  return (await db.database.within(tenantScope(tenantId(tenant)), (tx) => claimKey(tx, key, LONG_AGO))) === undefined;
}

it('forgets keys of every tenant by their age on the wall clock, and no younger ones', async () => {
  const expiry = new KeyExpiry(db.database, createLog('silent'), 30);
  expect([await claim('one', 'a'), await claim('two', 'a')]).toEqual([true, true]);
  expect(await expiry.expire(instantFromMs(Date.now() - 60_000))).toBe(0);
  const between = instantFromMs(Date.now() + 1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await claim('one', 'b')).toBe(true);
  expect(await expiry.expire(between)).toBe(2);
  expect([await claim('one', 'a'), await claim('two', 'a'), await claim('one', 'b')]).toEqual([true, true, false]);
});
