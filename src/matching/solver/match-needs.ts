import type { Certificate, MatchInput, Placed, Plan, UnitPrice } from './input.ts';
import { solveInBulk, stagesInBulk } from './bulk.ts';
import { solveOneByOne } from './one-by-one.ts';
import { Pace, type Watch } from './pace.ts';
import { buildProblem, NONE, type Problem } from './problem.ts';
import { Solution } from './reduced.ts';
import { smallestPrices } from './smallest-prices.ts';
import { settleTies } from './ties.ts';

/** From so many needs on the auction is the faster way; both end at the same plan. */
export const BULK_FROM = 5_000;

/**
 * The best possible plan, and its proof. Refuses what `checkInput` refuses, and `MATCHING_CANCELLED` when told so;
 * everything else has an answer, because each need may stay without a unit at the cost of its penalty. Deterministic,
 * and the same for every order of the rows.
 */
export function matchNeeds(input: MatchInput, watch?: Watch): Plan {
  return planOf(input, solve(buildProblem(input), watch));
}

export function solve(problem: Problem, watch?: Watch): Solution {
  const inBulk = problem.needCount >= BULK_FROM;
  const pace = new Pace(watch, 1 + (inBulk ? stagesInBulk(problem) : 1));
  const solved = inBulk ? solveInBulk(problem, pace) : solveOneByOne(problem, pace);
  return first(solved, pace);
}

/** The one optimal solution that stands for all equal ones: smallest prices, first plan in the published order. */
export function first(solved: Solution, pace = new Pace()): Solution {
  const solution = new Solution(solved.problem, solved.placement, smallestPrices(solved));
  pace.nextStage();
  settleTies(solution, pace);
  return solution;
}

export function planOf(input: MatchInput, solution: Solution): Plan {
  const { problem, placement } = solution;
  const placed = new Array<Placed>(input.needs.length);
  const pinnedAt = new Map<number, number>();
  for (const { needRow, unitRow, edgeRow } of problem.pinned) {
    placed[needRow] = { need: input.needs[needRow]!.id, unit: input.units[unitRow]!.id, value: input.edges.score[edgeRow]! };
    pinnedAt.set(unitRow, (pinnedAt.get(unitRow) ?? 0) + 1);
  }
  problem.needRow.forEach((row, need) => {
    const unit = placement.unitOf(need);
    const id = unit === NONE ? null : input.units[problem.unitRow[unit]!]!.id;
    placed[row] = { need: input.needs[row]!.id, unit: id, value: placement.valueOf(need) };
  });
  const prices = Array.from(problem.unitRow, (row, unit): UnitPrice => ({
    unit: input.units[row]!.id,
    used: placement.used[unit]! + (pinnedAt.get(row) ?? 0),
    price: solution.prices[unit]!,
  }));
  return {
    rule: input.rule,
    seed: input.seed,
    placed: Array.from(problem.drawn, (row) => placed[row]!),
    prices,
    certificate: certificate(input, solution),
  };
}

/** Pinned pairs count the same on both sides: they are settled in every plan. */
function certificate(input: MatchInput, solution: Solution): Certificate {
  const { problem, placement, prices } = solution;
  let primal = problem.pinned.reduce((sum, { edgeRow }) => sum + input.edges.score[edgeRow]!, 0);
  let dual = primal;
  for (let need = 0; need < problem.needCount; need++) {
    primal += placement.valueOf(need);
    dual += solution.profit(need);
  }
  for (let unit = 0; unit < problem.unitCount; unit++) dual += problem.capacity[unit]! * prices[unit]!;
  return { primal, dual, gap: dual - primal };
}
