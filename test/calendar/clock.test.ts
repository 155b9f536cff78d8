import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditService } from '../../src/audit/service.ts';
import { AuditStore } from '../../src/audit/store.ts';
import { BusinessClock, WallClock } from '../../src/calendar/clock.ts';
import { CalendarStore } from '../../src/calendar/store.ts';
import { tenantId, tenantScope, type Scope } from '../../src/kernel/scope.ts';
import { parseInstant, type Instant } from '../../src/kernel/time.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const march = parseInstant('2024-03-01T00:00:00Z');
const april = parseInstant('2024-04-01T00:00:00.123456Z');
const wallNow = parseInstant('2026-11-22T08:00:00Z');

class StillWallClock extends WallClock {
  override now(): Instant {
    return wallNow;
  }
}

describe('the business clock', () => {
  let test: TestDatabase;
  let clock: BusinessClock;
  let tenant: Scope;
  let count = 0;

  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());
  beforeEach(() => {
    clock = newClock();
    tenant = tenantScope(tenantId(`clock-${(count += 1)}`));
  });

  const newClock = () => new BusinessClock(new CalendarStore(), new AuditService(new AuditStore()), new StillWallClock());
  const within = <Result>(work: (tx: Tx) => Promise<Result>) => test.database.within(tenant, work);

  it('is the wall clock for a tenant that never had another', async () => {
    expect(await within((tx) => clock.now(tx))).toBe(wallNow);
    expect(await within((tx) => clock.mode(tx))).toBe('live');
    await expect(within((tx) => clock.moveTo(tx, april))).rejects.toMatchObject({ code: 'CLOCK_LIVE' });
  });

  it('stands where it was put and only moves forward', async () => {
    await within((tx) => clock.declareVirtual(tx, march));
    expect(await within((tx) => clock.now(tx))).toBe(march);
    await within((tx) => clock.moveTo(tx, april));
    await within((tx) => clock.moveTo(tx, april));
    expect(await within((tx) => clock.now(tx))).toBe(april);
    await expect(within((tx) => clock.moveTo(tx, march))).rejects.toMatchObject({
      code: 'CLOCK_BACKWARDS',
      params: { now: april, to: march },
    });
    await expect(within((tx) => clock.declareVirtual(tx, march))).rejects.toMatchObject({ code: 'CLOCK_DECLARED' });
    expect(await within((tx) => clock.now(tx))).toBe(april);
  });

  it('goes live once, for every process', async () => {
    await within((tx) => clock.declareVirtual(tx, march));
    const another = newClock();
    expect(await within((tx) => another.now(tx))).toBe(march);
    await within((tx) => clock.goLive(tx));
    expect(await within((tx) => another.now(tx))).toBe(wallNow);
    await expect(within((tx) => clock.goLive(tx))).rejects.toMatchObject({ code: 'CLOCK_LIVE' });
    await expect(within((tx) => clock.moveTo(tx, april))).rejects.toMatchObject({ code: 'CLOCK_LIVE' });
    await expect(within((tx) => clock.declareVirtual(tx, april))).rejects.toMatchObject({ code: 'CLOCK_LIVE' });
  });

  it('does not go live in the past of its own cases', async () => {
    await within((tx) => clock.declareVirtual(tx, parseInstant('2027-01-01T00:00:00Z')));
    await expect(within((tx) => clock.goLive(tx))).rejects.toMatchObject({ code: 'CLOCK_AHEAD' });
    expect(await within((tx) => clock.mode(tx))).toBe('virtual');
  });

  it('fixes a new tenant to live', async () => {
    await within((tx) => clock.goLive(tx));
    await expect(within((tx) => clock.declareVirtual(tx, march))).rejects.toMatchObject({ code: 'CLOCK_LIVE' });
  });

  it('is still virtual when going live was rolled back', async () => {
    await within((tx) => clock.declareVirtual(tx, march));
    const failing = within(async (tx) => {
      await clock.goLive(tx);
      expect(await clock.now(tx)).toBe(wallNow);
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect(await within((tx) => clock.now(tx))).toBe(march);
  });
});
