import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/kernel/refusal.ts';
import { checkPlan } from '../../src/matching/check.ts';
import type { MatchInput, Plan } from '../../src/matching/solver/input.ts';
import { WhatIf } from '../../src/matching/solver/losses.ts';
import { BULK_FROM, matchNeeds, solve } from '../../src/matching/solver/match-needs.ts';
import { buildProblem } from '../../src/matching/solver/problem.ts';
import { enumerate } from './support/brute-force.ts';
import { NEED_FUZZES } from './support/fuzz-needs.ts';
import { drawShape, instance, numbers, shuffled, withSettledPairs } from './support/instances.ts';

/** Of each kind; `npm run fuzz:matching` runs 100,000. */
const RUNS = 400;

function drawnSmall(seed: number): MatchInput {
  const input = instance(seed, drawShape(numbers(seed)));
  return seed % 3 === 0 ? withSettledPairs(input, seed) : input;
}

function choiceOf(input: MatchInput, plan: Plan): number[] {
  const unitOf = new Map(plan.placed.map(({ need, unit }) => [need, unit]));
  return input.needs.map(({ id }) => input.units.findIndex((unit) => unit.id === unitOf.get(id)));
}

describe('a plan for a handful of needs', () => {
  it.each(Object.entries(NEED_FUZZES))('is what enumerating or a second algorithm says: %s', (_, fuzz) => {
    for (let seed = 1; seed <= RUNS; seed++) fuzz(seed);
  });

  it('prices each unit at what one more place there would add', () => {
    for (let seed = 1; seed <= RUNS / 2; seed++) {
      const input = drawnSmall(seed);
      const plan = matchNeeds(input);
      input.units.forEach((unit, at) => {
        const units = input.units.with(at, { ...unit, capacity: unit.capacity + 1 });
        const gain = enumerate({ ...input, units }).best - plan.certificate!.primal;
        expect({ unit: unit.id, price: plan.prices.find((row) => row.unit === unit.id)?.price }).toEqual({ unit: unit.id, price: gain });
      });
    }
  });

  it('knows what sending one need elsewhere would cost, and whether one more place would do', () => {
    for (let seed = 1; seed <= RUNS / 4; seed++) {
      const input = drawnSmall(seed);
      const { best, bestWith } = enumerate(input);
      const problem = buildProblem(input);
      const whatIf = new WhatIf(solve(problem));
      problem.needRow.forEach((needRow, need) => {
        const losses = whatIf.losses(need);
        expect(losses.outside).toBe(best - bestWith(needRow, -1));
        for (let edge = problem.start[need]!; edge < problem.start[need + 1]!; edge++) {
          const row = problem.unitRow[problem.unit[edge]!]!;
          const at = edge - problem.start[need]!;
          expect(losses.onEdge[at]).toBe(best - bestWith(needRow, row));
          const units = input.units.with(row, { ...input.units[row]!, capacity: input.units[row]!.capacity + 1 });
          const roomier = enumerate({ ...input, units });
          if (losses.onEdge[at]! > 0) expect(losses.onePlaceMore[at]).toBe(roomier.bestWith(needRow, row) === roomier.best);
        }
      });
    }
  });
});

describe('a plan for a whole street office', () => {
  const sizes = { needs: 500, units: 100, penalties: [500, 500] } as const;
  const shapes: Record<string, Parameters<typeof instance>[1]> = {
    'spread scores': { ...sizes, densityPercent: 20, scores: [0, 1000], capacities: [3, 8] },
    'only ties': { ...sizes, densityPercent: 20, scores: [7, 7], capacities: [1, 8] },
    'scores of 0 and 1': { ...sizes, densityPercent: 20, scores: [0, 1], capacities: [1, 8] },
    'far more needs than places': { ...sizes, densityPercent: 20, scores: [0, 1000], capacities: [1, 1] },
    'far more places than needs': { ...sizes, densityPercent: 20, scores: [0, 1000], capacities: [500, 900] },
    'some units without a place': { ...sizes, densityPercent: 20, scores: [0, 30], capacities: [0, 3] },
    'no place at all': { ...sizes, densityPercent: 20, scores: [0, 30], capacities: [0, 0] },
    'no edges': { ...sizes, densityPercent: 0, scores: [0, 1], capacities: [1, 8] },
    'one unit': { ...sizes, units: 1, densityPercent: 90, scores: [0, 50], capacities: [40, 40] },
    'every pair possible': { ...sizes, densityPercent: 100, scores: [0, 50], capacities: [0, 9] },
    'a few hot units': { ...sizes, units: 8, densityPercent: 100, scores: [400, 420], capacities: [5, 5] },
  };

  it.each(Object.entries(shapes))('is proved by its prices: %s', (_, shape) => {
    const input = instance(20261122, shape);
    const plan = matchNeeds(input);
    expect(plan.certificate!.gap).toBe(0);
    expect(checkPlan(input, plan)).toEqual([]);
    const stable: MatchInput = { ...input, rule: 'stable' };
    expect(checkPlan(stable, matchNeeds(stable))).toEqual([]);
  });

  it.each(Object.entries(shapes))('is the same in bulk and one by one: %s', (_, shape) => {
    const problem = buildProblem(withSettledPairs(instance(20261123, shape), 5));
    const [bulk, single] = [solve(problem, {}, true), solve(problem, {}, false)];
    expect(bulk.placement.nodeOf).toEqual(single.placement.nodeOf);
    expect(bulk.prices).toEqual(single.prices);
  });

  it('keeps pinned pairs, avoids forbidden ones, and is the same for shuffled rows', () => {
    const input = withSettledPairs(instance(7, shapes['scores of 0 and 1']!), 7);
    const plan = matchNeeds(input);
    expect(input.pinned!.length).toBeGreaterThan(50);
    expect(input.forbidden!.length).toBeGreaterThan(1000);
    expect(checkPlan(input, plan)).toEqual([]);
    expect(matchNeeds(shuffled(input, 8))).toEqual(plan);
  });

  it('draws equal plans by the published seed', () => {
    const input = instance(3, shapes['only ties']!);
    const other = matchNeeds({ ...input, seed: input.seed + 1 });
    expect(checkPlan({ ...input, seed: input.seed + 1 }, other)).toEqual([]);
    expect(choiceOf(input, other)).not.toEqual(choiceOf(input, matchNeeds(input)));
  });

  it('is solved in bulk from a certain size on', () => {
    const input = instance(5, { ...sizes, needs: BULK_FROM, units: 200, densityPercent: 10, scores: [0, 100], capacities: [3, 6] });
    const plan = matchNeeds(input);
    expect(checkPlan(input, plan)).toEqual([]);
    expect(matchNeeds(shuffled(input, 8))).toEqual(plan);
  });
});

describe('whoever watches', () => {
  const input = instance(1, { needs: 2000, units: 60, densityPercent: 30, scores: [0, 1000], capacities: [20, 40], penalties: [500, 500] });

  it.each([true, false])('sees progress, and stops the work within a few thousand steps (in bulk: %s)', (inBulk) => {
    const problem = buildProblem(input);
    const seen: [done: number, of: number][] = [];
    solve(problem, { onProgress: (done, of) => seen.push([done, of]) }, inBulk);
        expect(seen).toEqual([...seen].sort(([a], [b]) => a - b));
    expect(seen.at(-1)![0]).toBe(seen.at(-1)![1] - 1);
    let looks = 0;
    const signal = { get aborted(): boolean { return ++looks === 2; } };
    expect(() => solve(problem, { signal }, inBulk)).toThrow(new Refusal('MATCHING_CANCELLED', 'state'));
    expect(looks).toBe(2);
  });
});
