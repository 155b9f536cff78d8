import { LivePlan } from '../../src/matching/solver/live-plan.ts';
import { numbers } from '../../test/matching/support/instances.ts';
import { peakAbove, percentile, print, rounded } from './measure.ts';
import { question } from './question.ts';

/** Changes to the plan of a city: needs come and go, places are lost and found, pairs are forbidden. */
const CHANGES = 2_000;
const input = question({ needs: 100_000, units: 5_000, each: 20 }, 20261123);
const idle = process.memoryUsage().rss;
const begun = performance.now();
const live = new LivePlan(input);
const openedMs = performance.now() - begun;
const draw = numbers(7);
const times: number[] = [];
const placed = new Map(live.placed().map(({ need, unit }) => [need, unit]));
const anyNeed = (): string => `n${draw(0, input.needs.length - 1)}`;
const gone = new Set<string>();
for (let change = 0; change < CHANGES; change++) {
  const need = anyNeed();
  const unit = `u${draw(0, input.units.length - 1)}`;
  const edges = [...new Set(Array.from({ length: 20 }, () => draw(0, input.units.length - 1)))].map((at) => ({ unit: `u${at}`, score: draw(0, 1000) }));
  const capacity = input.units[0]!.capacity + draw(-2, 2);
  const kind = change % 4;
  if (gone.has(need)) continue;
  const from = performance.now();
  const effect =
    kind === 0 ? live.addNeed({ id: `later-${change}`, penalty: 100, edges })
    : kind === 1 ? live.removeNeed(need)
    : kind === 2 ? live.changeCapacity(unit, capacity)
    : live.forbidPair({ need, unit: placed.get(need) ?? unit });
  times.push(performance.now() - from);
  if (kind === 1) gone.add(need);
  for (const { need: moved, to } of effect.moved) placed.set(moved, to);
}
if (live.certificate().gap !== 0) throw new Error('the plan is not proved');
times.sort((a, b) => a - b);
print({ needs: 100_000, units: 5_000, changes: times.length, openedMs: rounded(openedMs), p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99), mostMs: percentile(times, 1), peakMb: peakAbove(idle) });
