import { describe, expect, it } from '@jest/globals';
import { checkPlan, type Finding } from '../../src/matching/check.ts';
import type { MatchInput, Plan } from '../../src/matching/solver/input.ts';
import { matchNeeds } from '../../src/matching/solver/match-needs.ts';
import type { Changeable } from './support/changeable.ts';

/** Two units with one place each; a and b both prefer u, and b loses less elsewhere. */
const input: MatchInput = {
  needs: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
  units: [{ id: 'u', capacity: 1 }, { id: 'v', capacity: 1 }],
  edges: { need: [0, 0, 1, 1, 2], unit: [0, 1, 0, 1, 1], score: [10, 2, 9, 5, 1] },
  rule: 'optimal',
  penalties: [20, 20, 20],
  seed: 1,
};

function changed(change: (plan: Changeable<Plan>) => void): Plan {
  const plan = structuredClone(matchNeeds(input)) as Changeable<Plan>;
  change(plan);
  return plan;
}

function codes(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ code }) => code))];
}

describe('the checker', () => {
  it('accepts the plan', () => {
    expect(checkPlan(input, matchNeeds(input))).toEqual([]);
  });

  it.each<[string, Plan]>([
    ['NEED_COUNT', changed((plan) => plan.placed.pop())],
    ['NEED_COUNT', changed((plan) => (plan.placed[1]!.need = plan.placed[0]!.need))],
    ['UNIT_COUNT', changed((plan) => plan.prices.pop())],
    ['NOT_CANDIDATE', changed((plan) => (plan.placed.find(({ need }) => need === 'c')!.unit = 'u'))],
    ['CAPACITY', changed((plan) => Object.assign(plan.placed.find(({ need }) => need === 'c')!, { unit: 'v', value: 1 }))],
    ['VALUE', changed((plan) => plan.placed[0]!.value++)],
    ['PRICE', changed((plan) => (plan.prices[0]!.price = -1))],
    ['PRICE', changed((plan) => (plan.prices[0]!.price = 0.5))],
    ['CERTIFICATE', changed((plan) => plan.certificate!.primal++)],
    ['CERTIFICATE', changed((plan) => (plan.prices[0]!.price += 100))],
  ])('finds %s', (code, plan) => {
    expect(codes(checkPlan(input, plan))).toContain(code);
  });

  it('finds a plan that is worse than it could be, however it states its sums', () => {
    const swapped = changed((plan) => {
      Object.assign(plan.placed.find(({ need }) => need === 'a')!, { unit: 'v', value: 2 });
      Object.assign(plan.placed.find(({ need }) => need === 'b')!, { unit: 'u', value: 9 });
      plan.certificate = { primal: -9, dual: -9, gap: 0 };
    });
    expect(codes(checkPlan(input, swapped))).toEqual(['CERTIFICATE', 'NOT_OPTIMAL']);
  });

  it('finds a forbidden pair and a broken pin', () => {
    const plan = matchNeeds(input);
    expect(codes(checkPlan({ ...input, forbidden: [{ need: 'a', unit: 'u' }] }, plan))).toEqual(['NOT_CANDIDATE']);
    expect(codes(checkPlan({ ...input, pinned: [{ need: 'a', unit: 'v' }] }, plan))).toContain('PIN_BROKEN');
  });

  it('finds an equal plan that does not come first', () => {
    const ties: MatchInput = { ...input, edges: { need: [0, 0, 1, 1], unit: [0, 1, 0, 1], score: [1, 1, 1, 1] } };
    const plan = matchNeeds(ties);
    const unitOf = new Map(plan.placed.map(({ need, unit }) => [need, unit]));
    const placed = plan.placed.map((row) => (row.unit === null ? row : { ...row, unit: unitOf.get(row.need === 'a' ? 'b' : 'a')! }));
    expect(codes(checkPlan(ties, { ...plan, placed }))).toEqual(['NOT_FIRST']);
  });

  it('finds needs and units that would both rather have each other', () => {
    const stable: MatchInput = { ...input, rule: 'stable' };
    const plan = matchNeeds(stable);
    const at = (need: string): Plan['placed'][number] => plan.placed.find((row) => row.need === need)!;
    expect([at('a').unit, at('b').unit, at('c').unit]).toEqual(['u', 'v', null]);
    expect(checkPlan(stable, plan)).toEqual([]);
    const swapped = structuredClone(plan) as Changeable<Plan>;
    Object.assign(swapped.placed.find(({ need }) => need === 'a')!, { unit: 'v', value: 2 });
    Object.assign(swapped.placed.find(({ need }) => need === 'b')!, { unit: 'u', value: 9 });
    expect(checkPlan(stable, swapped)).toEqual([{ code: 'BLOCKING', at: 'a' }]);
    const left = structuredClone(plan) as Changeable<Plan>;
    Object.assign(left.placed.find(({ need }) => need === 'b')!, { unit: null, value: -20 });
    left.prices.find(({ unit }) => unit === 'v')!.used = 0;
    expect(codes(checkPlan(stable, left))).toEqual(['BLOCKING']);
  });
});
