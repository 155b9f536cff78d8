import type { Certificate, MatchInput, Placed, Plan, UnitPrice } from './input.ts';
import { solveInBulk, stagesInBulk } from './bulk.ts';
import { solveOneByOne } from './one-by-one.ts';
import { Pace, type Watch } from './pace.ts';
import { buildProblem, NONE, type Problem } from './problem.ts';
import { Solution } from './reduced.ts';
import { smallestPrices } from './smallest-prices.ts';
import { deferredAcceptance } from './stable.ts';
import { settleTies } from './ties.ts';

/**
 * From so many needs on the auction is the faster way: at 2,000 it takes less than half as long, below 1,000 both take
 * some milliseconds. Both end at the same plan.
 */
export const BULK_FROM = 1_000;

/** A plan, and, if it is an optimal one, what proves and explains it. */
export interface Answer {
  readonly plan: Plan;
  readonly solution?: Solution;
}

/**
 * The best possible plan with its proof, or the stable one, as the rule says. Refuses what `checkInput` refuses, and
 * `MATCHING_CANCELLED` when told so; everything else has an answer, because each need may stay without a unit at the
 * cost of its penalty. Deterministic, and the same for every order of the rows.
 */
export function matchNeeds(input: MatchInput, watch?: Watch): Plan {
  return answer(input, watch).plan;
}

export function answer(input: MatchInput, watch?: Watch): Answer {
  const problem = buildProblem(input);
  if (input.rule === 'stable') {
    const placement = deferredAcceptance(problem, new Pace(watch));
    return { plan: planOf(input, { problem, placement }) };
  }
  const solution = solve(problem, watch);
  return { plan: { ...planOf(input, solution), certificate: certificate(input, solution) }, solution };
}

/** Both ways give the same solution; `inBulk` is for those who compare them. */
export function solve(problem: Problem, watch?: Watch, inBulk = problem.needCount >= BULK_FROM): Solution {
  const pace = new Pace(watch, 2 + (inBulk ? stagesInBulk(problem) : 0));
  const solved = inBulk ? solveInBulk(problem, pace) : solveOneByOne(problem, pace);
  return first(solved, pace);
}

/** The one optimal solution that stands for all equal ones: smallest prices, first plan in the published order. */
function first(solved: Solution, pace: Pace): Solution {
  const solution = new Solution(solved.problem, solved.placement, smallestPrices(solved));
  pace.nextStage();
  settleTies(solution, pace);
  return solution;
}

type Filled = Pick<Solution, 'problem' | 'placement'> & Partial<Pick<Solution, 'prices'>>;

function planOf(input: MatchInput, { problem, placement, prices }: Filled): Plan {
  const placed = new Array<Placed>(input.needs.length);
  const pinnedAt = new Map<number, number>();
  for (const { needRow, unitRow, edgeRow } of problem.pinned) {
    placed[needRow] = { need: input.needs[needRow]!.id, unit: input.units[unitRow]!.id, value: input.edges.score[edgeRow]! };
    pinnedAt.set(unitRow, (pinnedAt.get(unitRow) ?? 0) + 1);
  }
  problem.needRow.forEach((row, need) => {
    const unit = placement.unitOf(need);
    const id = unit === NONE ? null : input.units[problem.unitRow[unit]!]!.id;
    placed[row] = { need: input.needs[row]!.id, unit: id, value: placement.value[need]! };
  });
  return {
    rule: input.rule,
    seed: input.seed,
    placed: Array.from(problem.drawn, (row) => placed[row]!),
    prices: Array.from(problem.unitRow, (row, unit): UnitPrice => ({
      unit: input.units[row]!.id,
      used: placement.used[unit]! + (pinnedAt.get(row) ?? 0),
      price: prices?.[unit] ?? 0,
    })),
  };
}

/** Pinned pairs count the same on both sides: they are settled in every plan. */
function certificate(input: MatchInput, solution: Solution): Certificate {
  const { problem, placement, prices } = solution;
  let primal = problem.pinned.reduce((sum, { edgeRow }) => sum + input.edges.score[edgeRow]!, 0);
  let dual = primal;
  for (let need = 0; need < problem.needCount; need++) {
    primal += placement.value[need]!;
    dual += solution.profit(need);
  }
  for (let unit = 0; unit < problem.unitCount; unit++) dual += problem.capacity[unit]! * prices[unit]!;
  return { primal, dual, gap: dual - primal };
}
