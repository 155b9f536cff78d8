import type { Certificate, MatchInput, Placed, Plan, UnitPrice } from './input.ts';
import { drawOrder } from './lots.ts';
import { buildProblem, NONE, type Problem } from './problem.ts';
import { Solution } from './reduced.ts';
import { ShortestPaths } from './shortest-paths.ts';
import { smallestPrices } from './smallest-prices.ts';
import { settleTies } from './ties.ts';

/**
 * The best possible plan, and its proof. Refuses what `checkInput` refuses; everything else has an answer,
 * because each need may stay without a unit at the cost of its penalty. Deterministic, and the same for every
 * order of the rows.
 */
export function matchNeeds(input: MatchInput): Plan {
  return planOf(input, solve(buildProblem(input)));
}

export function solve(problem: Problem): Solution {
  const paths = new ShortestPaths(problem);
  for (let need = 0; need < problem.needCount; need++) paths.enter(need);
  const solved = new Solution(problem, paths.placement, paths.prices);
  const solution = new Solution(problem, paths.placement, smallestPrices(solved));
  settleTies(solution);
  return solution;
}

export function planOf(input: MatchInput, solution: Solution): Plan {
  const { problem, placement } = solution;
  const placed: Placed[] = [];
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
  const order = drawOrder(input.seed, input.needs.map((need) => need.id));
  return {
    rule: input.rule,
    seed: input.seed,
    placed: Array.from(order, (row) => placed[row]!),
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
