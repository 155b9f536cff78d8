import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { forgetRateCounts } from '../../../src/platform/http/shared-counts.ts';
import { createLog } from '../../../src/platform/logging.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { HttpClient } from '../../support/http.ts';
import { ORIGIN, startProbe, type Probe } from './probe.ts';

const PROBES = '/api/v1/probes';
const SIGN_INS = 10;
const COMMANDS = 60;

let db: TestDatabase;
let admin: pg.Client;
let one: Probe;
let other: Probe;

beforeAll(async () => {
  db = await createTestDatabase();
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin?.end();
  await db?.drop();
});

/** Two API processes of one installation, which know nothing of each other but the database. */
beforeEach(async () => {
  const env = { RATE_LIMITS: 'default', SUBJECT_KEYS: `limits:${randomBytes(32).toString('base64')}` };
  [one, other] = await Promise.all([startProbe(db.database, env), startProbe(db.database, env)]);
  await admin.query('TRUNCATE rate_count');
});

afterEach(() => Promise.all([one.stop(), other.stop()]));

async function signIn(probe: Probe): Promise<number> {
  return (await new HttpClient(probe.url, { origin: ORIGIN }).post(`${PROBES}/sign-in`, { name: 'ann' })).status;
}

/** One after the other, until one is refused; answers how many were not. */
async function commandsUntilRefused(probe: Probe, most: number): Promise<number> {
  for (let passed = 0; passed < most; passed += 1) {
    if ((await probe.program('ann').post(PROBES, {})).status === 429) return passed;
  }
  return most;
}

describe('the limits of two processes', () => {
  it('are one budget for those who sign in, also all at once', async () => {
    const together = await Promise.all(Array.from({ length: 30 }, (_, n) => signIn(n % 2 ? one : other)));
    expect(together.filter((status) => status === 201)).toHaveLength(SIGN_INS);
    expect(together.filter((status) => status === 429)).toHaveLength(30 - SIGN_INS);
    expect([await signIn(one), await signIn(other)]).toEqual([429, 429]);
  });

  it('are one budget for a person, whose commands do not wait for it', async () => {
    expect(await commandsUntilRefused(one, 40)).toBe(40);
    expect(await commandsUntilRefused(other, COMMANDS)).toBe(COMMANDS - 40);
    // The first one has not heard of the rest; it lets one pass, hears, and refuses.
    expect(await commandsUntilRefused(one, COMMANDS)).toBeLessThanOrEqual(1);
    expect(await other.program('eve').post(PROBES, {})).toMatchObject({ status: 400 });
  });

  it('hold in each process by itself while the store does not answer, and together again afterwards', async () => {
    await admin.query('BEGIN');
    await admin.query('LOCK TABLE rate_count IN ACCESS EXCLUSIVE MODE');
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) statuses.push(await signIn(one), await signIn(other));
    expect(statuses).toEqual(Array<number>(12).fill(201));
    expect([one, other].map(({ lines }) => lines.filter((line) => line.includes('counted in this process alone')).length)).toEqual([1, 1]);
    await admin.query('ROLLBACK');
    // What each had counted for itself is told with its next request.
    for (let n = 0; n < 2; n += 1) await Promise.all([signIn(one), signIn(other)]);
    expect([await signIn(one), await signIn(other)]).toEqual([429, 429]);
  });

  it('are forgotten in the store when their window is over', async () => {
    await signIn(one);
    await admin.query("UPDATE rate_count SET ends_at = clock_timestamp() - interval '1 ms'");
    await forgetRateCounts(db.database, createLog('silent')).stop();
    expect((await admin.query('SELECT 1 FROM rate_count')).rowCount).toBe(0);
  });

  it('name neither network nor person in the store', async () => {
    await Promise.all([signIn(one), one.program('ann').post(PROBES, {})]);
    // A command does not wait until it is told of.
    for (let told = 0; told === 0; ) told = (await admin.query("SELECT FROM rate_count WHERE tenant_id = 'mengyang'")).rowCount ?? 0;
    const { rows } = await admin.query<{ counter: Buffer }>('SELECT counter FROM rate_count');
    expect(rows.map(({ counter }) => counter.toString('latin1')).join()).not.toMatch(/127\.0\.0\.1|person-ann/);
  });
});
