import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ClockWatch } from '../../src/calendar/jobs.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs, type Instant } from '../../src/kernel/time.ts';
import { Database } from '../../src/platform/database/database.ts';
import { createLog } from '../../src/platform/logging.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { foundStreetOffice, type StreetOffice } from '../support/street-office.ts';

const HOUR = '1 hour';
const DAY = '1 day';

let db: TestDatabase;
let admin: pg.Client;
let engine: TestEngine;
let api: TestApi;
let office: StreetOffice;
let manager: HttpClient;

/** The application's sessions read this database's time from here: its real clock, and by how much it has jumped. */
const JUMPING = `
  CREATE SCHEMA jumping;
  CREATE TABLE jumping.by (amount interval NOT NULL);
  INSERT INTO jumping.by VALUES ('0');
  CREATE FUNCTION jumping.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE SECURITY DEFINER AS
    'SELECT pg_catalog.clock_timestamp() + amount FROM jumping.by';
  GRANT USAGE ON SCHEMA jumping TO cobuild_app`;

async function jump(by: string): Promise<void> {
  await admin.query('UPDATE jumping.by SET amount = $1::interval', [by]);
}

beforeAll(async () => {
  db = await createTestDatabase();
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  await admin.query(JUMPING);
  const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name');
  await admin.query(`ALTER ROLE cobuild_app IN DATABASE ${rows[0]!.name} SET search_path = jumping, pg_catalog, public`);
  engine = await startTestEngine(db);
  api = await startTestApi({ database: db, ...inFrontOf(engine) });
  office = await foundStreetOffice(api);
  await api.api.app.get(Database).within(tenantScope(office.staff.tenant), (tx) => api.api.app.get(PolicyService, { strict: false }).installDefaults(tx, instantFromMs(Date.now())));
  manager = (await office.staff.member('manager', '/mengyang/')).client;
}, 90_000);

afterEach(() => jump('0'));

afterAll(async () => {
  await api?.stop();
  await engine?.stop();
  await admin?.end();
  await db?.drop();
});

const SURVEYS = '/api/v1/surveys';

/** Opens by itself in so many seconds. */
async function survey(seconds: number): Promise<string> {
  const opensAt = instantFromMs(Date.now() + seconds * 1000);
  const drafted = await manager.post(SURVEYS, {
    title: '示例摸底',
    questions: [{ id: 'need', type: 'text', text: '有什么困难？', isNeed: true }],
    communityIds: [office.units.get('xincheng')],
    opensAt,
    closesAt: instantFromMs(Date.now() + 10 * 86_400_000),
  });
  expect(drafted.status).toBe(201);
  return drafted.body.id;
}

async function parkedWith(id: string): Promise<string | null> {
  const { rows } = await admin.query<{ code: string | null }>('SELECT parked_code AS code FROM case_head WHERE case_id = $1', [`survey/${id}`]);
  return rows[0]?.code ?? null;
}

async function until<Value>(read: () => Promise<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  for (const limit = Date.now() + 120_000; ; ) {
    const value = await read();
    if (wanted(value) || Date.now() > limit) return value;
  }
}

const statusOf = async (id: string): Promise<string> => (await manager.get(`${SURVEYS}/${id}`)).body.status;

describe('an engine whose clock is ahead of the database’s', () => {
  it.each([HOUR, DAY])('by %s does nothing before its time: what falls due parks its case, with an alarm', async (by) => {
    const id = await survey(15);
    expect((await manager.post(`${SURVEYS}/${id}/release`)).status).toBe(200);
    await jump(`-${by}`);
    expect(await until(() => parkedWith(id), (code) => code !== null)).toBe('CLOCK_SUSPECT');
    expect(await statusOf(id)).toBe('draft');
    const { rows } = await admin.query("SELECT FROM audit_event WHERE action = 'case.parked' AND subject = $1", [`survey/${id}`]);
    expect(rows).toHaveLength(1);
  });

  it('tells people to try again; the same key is decided once the clocks agree', async () => {
    const id = await survey(3600);
    await jump(`-${DAY}`);
    const key = { 'idempotency-key': randomUUID() };
    const asked = (): Promise<Answer> => manager.post(`${SURVEYS}/${id}/release`, undefined, key);
    expect(await asked()).toMatchObject({ status: 503 });
    await jump('0');
    const answer = await until(asked, ({ status }) => status !== 503);
    expect([answer.status, answer.body.released]).toEqual([200, true]);
  });

  it('by a little goes on', async () => {
    const id = await survey(3600);
    await jump('-4 minutes');
    expect((await manager.post(`${SURVEYS}/${id}/release`)).status).toBe(200);
  });
});

describe('the clock watch', () => {
  it('cries out when this machine and the database have come apart, either way, and only then', async () => {
    const lines: string[] = [];
    const database = api.api.app.get(Database);
    const log = createLog('error', { write: (line) => void lines.push(line) });
    const watch = new ClockWatch(database, log);
    expect(Math.abs(await watch.look())).toBeLessThan(60_000);
    expect(lines).toEqual([]);
    for (const by of [`-${DAY}`, HOUR]) {
      await jump(by);
      await watch.look();
    }
    expect(lines.map((line) => JSON.parse(line) as { code: string; count: number })).toMatchObject([{ code: 'CLOCK_SUSPECT' }, { code: 'CLOCK_SUSPECT' }]);
    const seconds = lines.map((line) => (JSON.parse(line) as { count: number }).count);
    expect(seconds[0]).toBeGreaterThan(86_000);
    expect(seconds[1]).toBeLessThan(-3500);
    const now: Instant = await database.now();
    expect(now).toMatch(/Z$/);
  });
});
