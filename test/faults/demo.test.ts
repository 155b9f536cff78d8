import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { playYear } from '../../src/demo/driver.ts';
import { figuresOf, type Figures } from '../../src/demo/figures.ts';
import type { Stage } from '../../src/demo/people.ts';
import { tenantId, tenantScope } from '../../src/kernel/scope.ts';
import { openParts, type Parts } from '../../src/parts.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { Database } from '../../src/platform/database/database.ts';
import { createLog } from '../../src/platform/logging.ts';
import { predictFigures, type PredictedFigures } from '../support/figures.ts';
import { expectRestored } from '../support/restored.ts';
import { over } from './support/persistent.ts';
import { randomFrom, shuffled } from '../support/random.ts';
import { World } from './support/world.ts';

const SEED = Number(process.env['FAULT_SEED'] ?? 20261122);
const EXAMPLE = join(process.cwd(), 'examples/mengyang');
type Victim = 'worker' | 'api' | 'temporal' | 'postgres';
const VICTIMS: readonly Victim[] = ['worker', 'api', 'temporal', 'postgres'];
const TIMES = 2;
/** Between two kills, as a part of the year; what is left of it at both ends is quiet. */
const STRIDE = 0.11;
/** A kill falls somewhere into what people are doing just then. */
const INTO_MS = 400;

let world: World;
let parts: Parts;
let stage: Stage;
let predicted: PredictedFigures;
let figures: Figures;
const killed: Victim[] = [];

async function kill(victim: Victim): Promise<void> {
  switch (victim) {
    case 'postgres':
      await world.killPostgres();
      await world.startPostgres();
      break;
    case 'temporal':
      world.killTemporal();
      await world.startTemporal();
      break;
    default:
      world.kill(victim);
  }
  await world.untilReady();
  killed.push(victim);
}

/** Told how far the year has got, kills whoever is next; one after the other. */
function killer(random: () => number): { progress(done: number): void; ended(): Promise<void> } {
  const victims = shuffled(Array.from({ length: TIMES }, () => VICTIMS).flat(), random);
  const plan = victims.map((victim, index) => ({ victim, from: (index + 0.5 + 0.5 * random()) * STRIDE, after: random() * INTO_MS }));
  let last = Promise.resolve();
  return {
    progress: (done) => {
      while (plan[0] && plan[0].from <= done) {
        const { victim, after } = plan.shift()!;
        last = last.then(() => delay(after)).then(() => kill(victim));
      }
    },
    ended: () => last,
  };
}

const within = <Row>(sql: string): Promise<Row[]> =>
  parts.app.get(Database).within(tenantScope(stage.tenant), (tx) => tx.query<Row>(sql, [stage.tenant]));

beforeAll(async () => {
  predicted = await predictFigures(EXAMPLE);
  world = await World.create();
  world.run('worker');
  world.run('api');
  await world.untilReady();
  const options = { applicationName: 'cobuild-demo', transactionTimeoutMs: 30_000, answerWithinMs: 30_000 };
  parts = await openParts(loadConfig(world.env), createLog('fatal'), options);
  stage = { app: parts.app, tenant: tenantId('sample'), base: `http://127.0.0.1:${world.port}`, password: randomUUID() };
  const kills = killer(randomFrom(SEED));
  const outcome = await playYear(stage, { dir: EXAMPLE, seed: 1, name: '示例', progress: kills.progress });
  await kills.ended();
  figures = await figuresOf(parts.app, parts.client, stage.tenant, outcome, 0);
}, 600_000);

afterAll(async () => {
  over.abort();
  await parts?.close();
  await world?.stop();
}, 60_000);

describe(`a year in which everything is killed twice, seed ${SEED}`, () => {
  it('ends with the figures of a quiet one', () => {
    expect([...killed].sort()).toEqual([...VICTIMS, ...VICTIMS].sort());
    expect(figures).toMatchObject({
      communities: 4,
      units: 34,
      microProjects: 49,
      fundsFen: 154_100_000,
      problemsSolved: 132,
      reportsAccepted: predicted.reportsAccepted,
      peopleServed: predicted.peopleServed,
    });
  });

  it('has moved every sum once', async () => {
    const doubled = await within(
      `SELECT memo, book, debit_id, credit_id, amount, at FROM ledger_transfer
        WHERE tenant_id = $1 AND book IN ('money', 'inKind') GROUP BY memo, book, debit_id, credit_id, amount, at HAVING count(*) > 1`,
    );
    expect(doubled).toEqual([]);
    const moved = await within<{ what: string; sum: number; count: number }>(
      `SELECT memo || ' ' || book AS what, sum(amount)::bigint AS sum, count(*) AS count FROM ledger_transfer
        WHERE tenant_id = $1 GROUP BY memo, book`,
    );
    const sums = Object.fromEntries(moved.map(({ what, sum }) => [what, sum]));
    expect(sums).toMatchObject({
      'verification money': predicted.fundsFen,
      'verification inKind': predicted.inKindFen,
      'award money': figures.awardsFen,
    });
    const times = Object.fromEntries(moved.map(({ what, count }) => [what, count]));
    expect(times).toMatchObject({ 'award money': 3, 'ratingPoints unitRating': predicted.reportsAccepted + predicted.microProjects });
    const [ratings] = await within<{ count: number }>('SELECT count(*) AS count FROM evaluation_rating WHERE tenant_id = $1');
    expect(ratings?.count).toBe(predicted.ratingsAccepted);
  });

  it('has journal, running case and read model say the same of every case', async () => {
    expect(await expectRestored(stage)).toBeGreaterThan(predicted.microProjects);
    const astray = await within(
      `SELECT h.case_id FROM case_head h LEFT JOIN project p ON p.tenant_id = h.tenant_id AND h.case_id = 'project/' || p.id
        WHERE h.tenant_id = $1 AND h.kind = 'microProject' AND (p.version, p.status) IS DISTINCT FROM (h.version, 'closed')`,
    );
    expect(astray).toEqual([]);
  });
});
