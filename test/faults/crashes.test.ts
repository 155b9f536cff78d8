import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { live, type Life } from './support/life.ts';
import { over } from './support/persistent.ts';
import { randomFrom, shuffled } from '../support/random.ts';
import { Town } from './support/town.ts';
import { verify } from './support/verify.ts';

const SEED = Number(process.env['FAULT_SEED'] ?? 20261122);
/** Of all points together; the long run for the published figure takes 500. */
const CRASHES = Number(process.env['FAULT_CRASHES'] ?? 105);
/** Where our own processes die, and what is killed beside them; `all` is every one of the four. */
const POINTS = { worker: ['publish.open', 'publish.committed'], api: ['command.stored', 'command.decided'] };
const SERVERS = ['postgres', 'temporal', 'all'];
const PER_POINT = Math.ceil(CRASHES / 7);
const LANES = 4;
const RIVALS = 3;
const MOST_LIVES = Math.max(1200, CRASHES * 8);
/** One life of so many loses its lead on the way. */
const WITHDRAWAL_EVERY = 3;
/** A process dies at one of its first so many passings of a point. */
const PASSINGS = 8;
/** Long enough for the planned crashes on a busy machine, shorter than the patience of the runner. */
const PATIENCE_MS = Math.max(25, CRASHES / 4) * 60_000;

let town: Town;

beforeAll(async () => {
  town = await Town.create({ units: LANES * RIVALS, proposals: MOST_LIVES });
}, 300_000);

afterAll(async () => {
  over.abort();
  await town?.world.stop();
});

describe(`crashes, seed ${SEED}`, () => {
  it('leave one truth in every case and every fen where it belongs', async () => {
    const { world, manager, worker, units, proposals } = town;
    const random = randomFrom(SEED);
    const spread = (points: readonly string[]): string[] =>
      shuffled(points.flatMap((point) => Array.from({ length: PER_POINT }, () => point)), random);
    const planned = {
      worker: spread(POINTS.worker),
      api: spread(POINTS.api),
    };
    const servers = spread(SERVERS);
    const armed: Record<string, string> = {};
    const crashes: Record<string, number> = {};
    const failed: Record<string, number> = {};
    world.nextCrashPoint = (name) => {
      if (name === 'relief') return undefined;
      armed[name] = planned[name].pop() ?? '';
      return armed[name] === '' ? undefined : `${armed[name]}:${1 + Math.floor(random() * PASSINGS)}`;
    };
    world.onEnd = (name, end) => {
      const point = armed[name];
      if (end === 'failed') failed[name] = (failed[name] ?? 0) + 1;
      if (!point || name === 'relief') return;
      if (end === 'crashed') crashes[point] = (crashes[point] ?? 0) + 1;
      else planned[name].push(point);
    };
    world.run('worker');
    world.run('api');
    await world.untilReady();

    const begun = performance.now();
    const failures: string[] = [];
    const lives: Life[] = [];
    let enough = false;
    let started = 0;
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      const people = { manager, worker, rivals: units.slice(lane * RIVALS, (lane + 1) * RIVALS) };
      while (!enough && failures.length === 0) {
        const proposal = proposals.pop() ?? '';
        started += 1;
        lives.push(await live(people, proposal, started % WITHDRAWAL_EVERY === 0, failures));
      }
    });
    const living = Promise.all(lanes);
    living.catch(() => undefined);
    const goesOn = (): boolean => failures.length === 0 && proposals.length > LANES && performance.now() - begun < PATIENCE_MS;
    for (let victim = servers.pop(); victim && goesOn(); victim = servers.pop()) {
      await delay(200 + Math.floor(random() * 1000));
      if (victim !== 'temporal') await world.killPostgres();
      if (victim !== 'postgres') world.killTemporal();
      if (victim === 'all') for (const name of ['worker', 'api'] as const) world.kill(name);
      crashes[victim] = (crashes[victim] ?? 0) + 1;
      await Promise.all([victim !== 'temporal' && world.startPostgres(), victim !== 'postgres' && world.startTemporal()]);
      await world.untilReady();
    }
    const own = [...POINTS.worker, ...POINTS.api];
    while (own.some((point) => (crashes[point] ?? 0) < PER_POINT) && goesOn()) await delay(100);
    enough = true;
    await living;
    const seconds = Math.round((performance.now() - begun) / 1000);
    process.stderr.write(`${JSON.stringify({ crashes, failed, lives: lives.length, seconds })}\n`);

    await world.stopOwn();
    expect(failures).toEqual([]);
    expect(lives.length).toBeGreaterThanOrEqual(LANES);
    await verify(town, lives);
    expect(Object.keys(crashes).sort()).toEqual([...POINTS.worker, ...POINTS.api, ...SERVERS].sort());
    for (const [point, count] of Object.entries(crashes)) expect([point, count >= PER_POINT]).toEqual([point, true]);
  }, PATIENCE_MS + 5 * 60_000);
});
