import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startTestApi, type TestApi } from '../support/api.ts';
import { Cable, type CableState } from '../support/cable.ts';
import type { Answer } from '../support/http.ts';
import { over } from './support/persistent.ts';
import { Town } from './support/town.ts';

/** After which a person has been told to try again (trust.md §7), with the time that it takes to say so. */
const TOLD_WITHIN_MS = 5000 + 1500;
/** What else runs here holds up the API, which is in this process, by so much. */
const heldUp = monitorEventLoopDelay({ resolution: 10 });
/** How long a link is disturbed: longer than a workflow task, a transaction and a sticky queue last. */
const DISTURBED_MS = 7000;

const LINKS = ['apiDatabase', 'apiTemporal', 'workerDatabase', 'workerTemporal'] as const;
const STATES = ['cut', 'dead', 'slow'] as const satisfies readonly CableState[];

let town: Town;
let api: TestApi;
/** From the API, and from the worker, to the database and to Temporal. */
const cables: Record<'apiDatabase' | 'apiTemporal' | 'workerDatabase' | 'workerTemporal', Cable> = {} as never;

function through(url: string, cable: Cable): string {
  const changed = new URL(url);
  changed.host = `127.0.0.1:${cable.port}`;
  return changed.href;
}

beforeAll(async () => {
  heldUp.enable();
  town = await Town.create({ units: LINKS.length * STATES.length, proposals: LINKS.length * STATES.length });
  const { world } = town;
  const database = Number(new URL(world.env['DATABASE_URL']!).port);
  const temporal = Number(world.env['TEMPORAL_ADDRESS']!.split(':')[1]);
  cables.apiDatabase = await Cable.to(database);
  cables.apiTemporal = await Cable.to(temporal);
  cables.workerDatabase = await Cable.to(database);
  cables.workerTemporal = await Cable.to(temporal);
  const url = world.env['DATABASE_URL']!;
  world.run('worker', { DATABASE_URL: through(url, cables.workerDatabase), TEMPORAL_ADDRESS: `127.0.0.1:${cables.workerTemporal.port}` });
  api = await startTestApi({
    database: { url: through(url, cables.apiDatabase) },
    env: { ...world.env, DATABASE_URL: through(url, cables.apiDatabase), TEMPORAL_ADDRESS: `127.0.0.1:${cables.apiTemporal.port}` },
  });
}, 300_000);

afterAll(async () => {
  over.abort();
  for (const cable of Object.values(cables)) await cable.close();
  await api?.stop();
  await town?.world.stop();
});

beforeEach(() => {
  for (const cable of Object.values(cables)) cable.state = 'whole';
});

interface Tried {
  readonly answer: Answer;
  readonly ms: number;
}

async function once(path: string, body: object, key: string, who = town.manager.client): Promise<Tried> {
  const begun = performance.now();
  const answer = await who.at(api.url).post(path, body, { 'idempotency-key': key });
  return { answer, ms: performance.now() - begun };
}

/** The same key until it is decided; every answer before that is a 503 within its time. */
async function untilDecided(path: string, body: object, key: string, tries: Tried[] = [], who = town.manager.client): Promise<Answer> {
  for (let left = 40; left > 0; left -= 1) {
    const tried = await once(path, body, key, who);
    if (tried.answer.status !== 503) return tried.answer;
    tries.push(tried);
    await delay(500);
  }
  throw new Error(`${path} was never decided`);
}

describe.each(LINKS)('%s', (link) => {
  it.each(STATES)('that is %s: told within five seconds to try again, and the same key is decided once', async (state) => {
    const key = randomUUID();
    // Each a unit of its own: none may hold more than a few claims.
    const { id: unitId, client } = town.units[LINKS.indexOf(link) * STATES.length + STATES.indexOf(state)]!;
    const opened = await untilDecided('/api/v1/projects', { proposalId: town.proposals.pop() }, randomUUID());
    const claim = `/api/v1/projects/${String(opened.body.id)}/claim`;
    heldUp.reset();
    cables[link].state = state;
    const until = performance.now() + DISTURBED_MS;
    const tries: Tried[] = [];
    let decided: Tried | undefined;
    while (performance.now() < until && decided === undefined) {
      const tried = await once(claim, { unitId }, key, client);
      if (tried.answer.status === 503) tries.push(tried);
      else decided = tried;
      await delay(200);
    }
    // A slow link is no broken one, and what the API cannot tell Temporal the worker may find in the database: it is decided
    // meanwhile. Others tell at least once that it did not go.
    if (state !== 'slow' && link !== 'apiTemporal') expect(tries.length).toBeGreaterThan(0);
    cables[link].state = 'whole';
    const answer = decided?.answer ?? (await untilDecided(claim, { unitId }, key, tries, client));
    expect([answer.status, answer.body.status]).toEqual([200, 'claimed']);
    expect(tries.filter(({ answer: { body } }) => !['ENGINE_UNAVAILABLE', 'RIVAL_CHANGE', 'RATE_LIMITED'].includes(String(body.code))).map(({ answer: { body } }) => body.code)).toEqual([]);
    const within = TOLD_WITHIN_MS + 3 * Math.round(heldUp.max / 1e6);
    expect({ within, later: [...tries, ...(decided ? [decided] : [])].map(({ ms }) => Math.round(ms)).filter((ms) => ms > within) }).toEqual({ within, later: [] });
    const history = await town.manager.client.at(api.url).get(`/api/v1/projects/${String(opened.body.id)}/history`);
    expect((history.body as unknown as { type: string }[]).filter(({ type }) => type === 'claimed')).toHaveLength(1);
  });
});

it('journal, history and read model agree after all of it', async () => {
  const env = { PATH: process.env['PATH'], ...town.world.env };
  const { stdout } = await promisify(execFile)(process.execPath, [join(process.cwd(), 'dist/src/doctor.js')], { env });
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({ unexplained: 0 });
});
