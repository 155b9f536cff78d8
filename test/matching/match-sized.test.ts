import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchSized } from '../../src/matching/sized/match-sized.ts';
import type { SizedInput, SizedPlan } from '../../src/matching/sized/model.ts';
import { loadPrograms, type SolveProgram } from '../../src/platform/programs/linear.ts';
import { instance, numbers, shuffled } from './support/instances.ts';

let solve: SolveProgram;
beforeAll(async () => {
  solve = await loadPrograms();
});

function sized(seed: number, needs: number, units: number): SizedInput {
  const draw = numbers(seed ^ 0x2545f491);
  const question = instance(seed, { needs, units, densityPercent: 70, scores: [-5, 40], capacities: [0, 12], penalties: [0, 20] });
  return { ...question, needs: question.needs.map(({ id }) => ({ id, size: draw(0, 9) })), secondsLimit: 10 };
}

/** Every plan there is. */
function bestOf({ needs, units, edges, penalties }: SizedInput): number {
  const left = units.map(({ capacity }) => capacity);
  const walk = (need: number): number => {
    if (need === needs.length) return 0;
    let best = walk(need + 1) - penalties[need]!;
    for (let edge = 0; edge < edges.need.length; edge++) {
      const unit = edges.unit[edge]!;
      if (edges.need[edge] !== need || left[unit]! < needs[need]!.size) continue;
      left[unit]! -= needs[need]!.size;
      best = Math.max(best, walk(need + 1) + edges.score[edge]!);
      left[unit]! += needs[need]!.size;
    }
    return best;
  };
  return walk(0);
}

function check(input: SizedInput, plan: SizedPlan): void {
  const used = new Map<string, number>();
  let value = 0;
  for (const { need, unit, value: points } of plan.placed) {
    const row = input.needs.findIndex(({ id }) => id === need);
    const edge = Array.from(input.edges.need).findIndex((at, index) => at === row && input.units[input.edges.unit[index]!]!.id === unit);
    expect(points).toBe(unit === null ? -input.penalties[row]! : input.edges.score[edge]);
    if (unit !== null) used.set(unit, (used.get(unit) ?? 0) + input.needs[row]!.size);
    value += points;
  }
  for (const { id, capacity } of input.units) expect(used.get(id) ?? 0).toBeLessThanOrEqual(capacity);
  expect(new Set(plan.placed.map(({ need }) => need)).size).toBe(input.needs.length);
  expect(plan.certificate).toEqual({ primal: value, dual: value + plan.certificate.gap, gap: plan.certificate.gap });
}

describe('needs of different size', () => {
  it('go where the plan is worth most, and the bound says so', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 3 }), (seed, needs, units) => {
        const input = sized(seed, needs, units);
        const plan = matchSized(input, solve);
        check(input, plan);
        expect(plan.finished).toBe(true);
        expect(plan.certificate.primal).toBe(bestOf(input));
        expect(plan.certificate.gap).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('do so whatever the order of the rows', () => {
    const input = sized(4, 12, 4);
    const sizes = new Map(input.needs.map(({ id, size }) => [id, size]));
    const other = shuffled({ ...input, rule: 'optimal' }, 99);
    const again = { ...other, needs: other.needs.map(({ id }) => ({ id, size: sizes.get(id)! })), secondsLimit: 10 };
    expect(matchSized(again, solve)).toEqual(matchSized(input, solve));
  });

  it('report the gap where the time was up, with a bound that prices prove', () => {
    const input = { ...sized(8, 24, 6), secondsLimit: 0.000_001 };
    const plan = matchSized(input, solve);
    check(input, plan);
    const whole = matchSized({ ...input, secondsLimit: 5 }, solve);
    check(input, whole);
    expect(plan.certificate.dual).toBeGreaterThanOrEqual(whole.certificate.primal);
    expect(whole.certificate.primal).toBeGreaterThanOrEqual(plan.certificate.primal);
  });

  it.each<[string, (input: SizedInput) => SizedInput, string]>([
    ['a negative size', (input) => ({ ...input, needs: [{ id: 'need-0', size: -1 }, ...input.needs.slice(1)] }), 'MATCHING_SIZE_INVALID'],
    ['half a size', (input) => ({ ...input, needs: [{ id: 'need-0', size: 1.5 }, ...input.needs.slice(1)] }), 'MATCHING_SIZE_INVALID'],
    ['a negative capacity', (input) => ({ ...input, units: [{ id: 'unit-0', capacity: -1 }, ...input.units.slice(1)] }), 'MATCHING_CAPACITY_INVALID'],
    ['a score that is no number', (input) => ({ ...input, edges: { need: [0], unit: [0], score: [NaN] } }), 'MATCHING_SCORE_INVALID'],
    ['no time', (input) => ({ ...input, secondsLimit: 0 }), 'MATCHING_SECONDS_INVALID'],
    ['an id twice', (input) => ({ ...input, needs: input.needs.map(({ size }) => ({ id: 'x', size })) }), 'MATCHING_ID_TWICE'],
  ])('refuse %s', (_, change, code) => {
    expect(() => matchSized(change(sized(1, 3, 2)), solve)).toThrow(code);
  });
});
