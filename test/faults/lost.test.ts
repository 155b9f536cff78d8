import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Answer } from '../support/http.ts';
import { over, persist } from './support/persistent.ts';
import { Town } from './support/town.ts';

/** Between what is committed and when it is written to disk: time enough to kill the server. */
const SETTINGS = { wal_writer_delay: '10000' };

let town: Town;

beforeAll(async () => {
  town = await Town.create({ units: 1, proposals: 2 }, SETTINGS);
}, 300_000);

afterEach(() => town.world.stopOwn());

afterAll(async () => {
  over.abort();
  await town?.world.stop();
});

async function storedClaims(id: string): Promise<number> {
  const client = new pg.Client({ connectionString: town.world.env['DATABASE_URL'] });
  await client.connect();
  try {
    await client.query("SELECT set_config('app.tenant', $1, false)", [town.tenant]);
    const sql = "SELECT count(*)::int AS n FROM case_command WHERE tenant_id = $1 AND case_id LIKE '%' || $2 AND type = 'claim'";
    const { rows } = await client.query<{ n: number }>(sql, [town.tenant, id]);
    return rows[0]!.n;
  } finally {
    await client.end();
  }
}

async function open(failures: string[]): Promise<string> {
  const { world, manager, proposals } = town;
  world.run('worker');
  world.run('api');
  await world.untilReady();
  const { body } = await persist(manager.client, '/api/v1/projects', { proposalId: proposals.pop() ?? '' }, failures);
  return body.id as string;
}

function claim(id: string, failures: string[]): Promise<Answer> {
  const [unit] = town.units;
  return persist(unit!.client, `/api/v1/projects/${id}/claim`, { unitId: unit!.id }, failures);
}

async function expectClaimedOnce(id: string, answer: Answer): Promise<void> {
  expect([answer.status, answer.body.status]).toEqual([200, 'claimed']);
  const history = await town.manager.client.get(`/api/v1/projects/${id}/history`);
  const claimed = (history.body as unknown as { type: string }[]).filter(({ type }) => type === 'claimed');
  expect([claimed.length, await storedClaims(id)]).toEqual([1, 1]);
}

describe('a database that goes down with a command that it had not written yet', () => {
  it('is told the command again by the API that still waits for the answer', async () => {
    const { world } = town;
    const failures: string[] = [];
    world.nextCrashPoint = (name) => (name === 'api' ? 'command.stored:2:pause' : undefined);
    const id = await open(failures);
    const claiming = claim(id, failures);
    await world.untilPaused('api');
    expect(await storedClaims(id)).toBe(1);
    await world.killPostgres();
    await world.startPostgres();
    expect(await storedClaims(id)).toBe(0);
    world.goOn('api');
    await expectClaimedOnce(id, await claiming);
    expect(failures).toEqual([]);
  });

  it('is told it by the client where the API went down too, although the engine has answered the first sending', async () => {
    const { world } = town;
    const failures: string[] = [];
    world.nextCrashPoint = () => undefined;
    const id = await open(failures);
    await world.hold('worker');
    const claiming = claim(id, failures);
    while ((await storedClaims(id)) === 0) await delay(20);
    // The sending leaves the API right after that; the engine keeps it for its worker.
    await delay(300);
    world.kill('api');
    await world.killPostgres();
    await world.startPostgres();
    expect(await storedClaims(id)).toBe(0);
    world.goOn('worker');
    await expectClaimedOnce(id, await claiming);
    expect(failures).toEqual([]);
  });
});
