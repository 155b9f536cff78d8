import { deepEqual, equal, ok } from 'node:assert/strict';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { checkPlan } from '../../../src/matching/check.ts';
import type { MatchInput, Plan } from '../../../src/matching/solver/input.ts';
import { LivePlan } from '../../../src/matching/solver/live-plan.ts';
import { matchNeeds, solve } from '../../../src/matching/solver/match-needs.ts';
import { buildProblem } from '../../../src/matching/solver/problem.ts';
import { acceptInTurns, enumerate } from './brute-force.ts';
import { attempt, drawChange, planOfLive, proveChange } from './changes.ts';
import { drawShape, instance, numbers, shuffled, withSettledPairs } from './instances.ts';

function drawn(seed: number): MatchInput {
  const draw = numbers(seed);
  const input = instance(draw(0, 2 ** 31), drawShape(draw));
  return draw(0, 2) === 0 ? withSettledPairs(input, seed) : input;
}

function unitsChosen(input: MatchInput, plan: { readonly placed: readonly { readonly need: string; readonly unit: string | null }[] }): number[] {
  const unitOf = new Map(plan.placed.map(({ need, unit }) => [need, unit]));
  return input.needs.map(({ id }) => input.units.findIndex((unit) => unit.id === unitOf.get(id)));
}

/** The same plan with other units: each need's value is that of its edge, or minus its penalty. */
function chosen(input: MatchInput, plan: Plan, units: readonly number[]): Plan {
  const { edges } = input;
  const rowOf = new Map(input.needs.map(({ id }, row) => [id, row]));
  const valueOf = (need: number): number => {
    const edge = [...Array(edges.need.length).keys()].find((at) => edges.need[at] === need && edges.unit[at] === units[need]);
    return edge === undefined ? -input.penalties[need]! : edges.score[edge]!;
  };
  const placed = plan.placed.map(({ need }) => {
    const row = rowOf.get(need)!;
    return { need, unit: input.units[units[row]!]?.id ?? null, value: valueOf(row) };
  });
  const prices = plan.prices.map((row) => ({ ...row, used: placed.filter(({ unit }) => unit === row.unit).length }));
  return { ...plan, placed, prices };
}

/** Both algorithms against every plan there is; throws on the first difference. */
export function fuzzOptimal(seed: number): void {
  const input = drawn(seed);
  const plan = matchNeeds(input);
  const { best, first, equals } = enumerate(input);
  deepEqual(plan.certificate, { primal: best, dual: best, gap: 0 });
  deepEqual(unitsChosen(input, plan), first);
  deepEqual(checkPlan(input, plan), []);
  for (const later of equals.slice(1, 4)) {
    const findings = checkPlan(input, chosen(input, plan, later));
    ok(findings.length > 0 && findings.every(({ code }) => code === 'NOT_FIRST'));
  }
  const problem = buildProblem(input);
  const [bulk, single] = [solve(problem, {}, true), solve(problem, {}, false)];
  deepEqual(bulk.placement.nodeOf, single.placement.nodeOf);
  deepEqual(bulk.prices, single.prices);
  deepEqual(matchNeeds(shuffled(input, seed)), plan);
}

/** Questions too large to enumerate: the two algorithms against each other and the checker. */
export function fuzzAlgorithms(seed: number): void {
  const draw = numbers(seed);
  const shape = { ...drawShape(draw), needs: draw(5, 60), units: draw(1, 12) };
  const input = draw(0, 2) === 0 ? withSettledPairs(instance(seed, shape), seed) : instance(seed, shape);
  const problem = buildProblem(input);
  const [bulk, single] = [solve(problem, {}, true), solve(problem, {}, false)];
  deepEqual(bulk.placement.nodeOf, single.placement.nodeOf);
  deepEqual(bulk.prices, single.prices);
  deepEqual(checkPlan(input, matchNeeds(input)), []);
}

/** Against a second, plainer algorithm and the checker. */
export function fuzzStable(seed: number): void {
  const input: MatchInput = { ...drawn(seed), rule: 'stable' };
  const plan = matchNeeds(input);
  deepEqual(unitsChosen(input, plan), acceptInTurns(input));
  deepEqual(checkPlan(input, plan), []);
  deepEqual(matchNeeds(shuffled(input, seed)), plan);
}

/** A live plan against starting anew after every change. */
export function fuzzChanges(seed: number, changes = 6): void {
  const draw = numbers(seed ^ 0x2545f491);
  let input = drawn(seed);
  const live = new LivePlan(input);
  for (let serial = 0; serial < changes; serial++) {
    const old = planOfLive(input, live);
    const tried = drawChange(draw, input, serial);
    const change = attempt(live, tried);
    if (change) {
      const wanted = matchNeeds(tried.after).certificate!.primal;
      proveChange(input, tried.after, old, live, change, wanted);
      input = tried.after;
      continue;
    }
    deepEqual(planOfLive(input, live), old);
    if (tried.after !== input) refusedAnew(tried.after);
  }
  equal(live.value, matchNeeds(input).certificate!.primal);
}

function refusedAnew(input: MatchInput): void {
  try {
    matchNeeds(input);
  } catch (error) {
    ok(error instanceof Refusal);
    return;
  }
  throw new Error('the live plan refused what can be solved');
}

export const NEED_FUZZES = { optimal: fuzzOptimal, algorithms: fuzzAlgorithms, stable: fuzzStable, changes: fuzzChanges };
