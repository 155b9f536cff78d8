import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { live, type Life } from './support/life.ts';
import { over } from './support/persistent.ts';
import { Town } from './support/town.ts';
import { verify } from './support/verify.ts';

/** Beyond the workflow task timeout of the world's cases, after which another worker takes them over. */
const PAUSE_MS = 8000;

let town: Town;

beforeAll(async () => {
  town = await Town.create({ units: 3, proposals: 4 });
}, 300_000);

afterAll(async () => {
  over.abort();
  await town?.world.stop();
});

describe('a worker that stands still longer than its lease', () => {
  it.each([
    ['publish.open', 1],
    ['publish.open', 2],
    ['publish.committed', 4],
  ])('at %s, passing %i, writes nothing that its relief has written', async (point, passing) => {
    const { world, manager, worker, units, proposals } = town;
    const failures: string[] = [];
    world.nextCrashPoint = (name) => (name === 'worker' ? `${point}:${passing}:pause` : undefined);
    world.run('worker');
    world.run('api');
    await world.untilReady();
    const living = live({ manager, worker, rivals: units }, proposals.pop() ?? '', true, failures);
    await world.untilPaused('worker');
    world.run('relief');
    await delay(PAUSE_MS);
    world.goOn('worker');
    const life: Life = await living;
    await world.stopOwn();
    expect(failures).toEqual([]);
    await verify(town, [life]);
    await world.stopOwn();
  });
});
