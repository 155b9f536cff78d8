import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { tenantId, tenantScope } from '../../../src/kernel/scope.ts';
import { failureFrom } from '../../../src/platform/http/failure.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const scope = tenantScope(tenantId('mengyang'));
const UNAVAILABLE = { status: 503, code: 'ENGINE_UNAVAILABLE', defect: false };
let db: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  db = await createTestDatabase();
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin?.end();
  await db?.drop();
});

async function endSessions(): Promise<void> {
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND usename = 'cobuild_app' AND pid <> pg_backend_pid()`,
  );
}

const failed = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', failureFrom);

describe('a session that ends', () => {
  it('under a running statement', async () => {
    const asked = failed(db.database.within(scope, (tx) => tx.query('SELECT pg_sleep(30)')));
    await untilSleeping();
    await endSessions();
    expect(await asked).toMatchObject(UNAVAILABLE);
  });

  it('between two statements', async () => {
    const asked = db.database.within(scope, async (tx) => {
      await endSessions();
      await delay(50);
      return tx.query('SELECT 1');
    });
    expect(await failed(asked)).toMatchObject(UNAVAILABLE);
  });

  it('before the commit, unnoticed by the work', async () => {
    const asked = db.database.within(scope, async () => {
      await endSessions();
      await delay(50);
    });
    expect(await failed(asked)).toMatchObject(UNAVAILABLE);
  });

  it('while nobody uses it: the next one is a new one', async () => {
    const work = () => db.database.within(scope, (tx) => tx.query('SELECT 1 AS one'));
    await Promise.all([work(), work(), work()]);
    await endSessions();
    await untilEnded();
    expect(await work()).toEqual([{ one: 1 }]);
  });
});

/** The server has let them go; what it sent last is read in a moment. */
async function untilEnded(): Promise<void> {
  for (;;) {
    const { rows } = await admin.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND usename = 'cobuild_app'");
    if (rows.length === 0) return delay(50);
    await delay(10);
  }
}

async function untilSleeping(): Promise<void> {
  for (;;) {
    const { rows } = await admin.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()");
    if (rows.length > 0) return;
    await delay(10);
  }
}
