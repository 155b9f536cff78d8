import type { SolveProgram } from '../programs.ts';
import type { Placed } from '../solver/input.ts';
import { NONE } from '../solver/problem.ts';
import { sizedProblem, type SizedInput, type SizedPlan, type SizedProblem } from './model.ts';
import { repaired, type SizedPlacing } from './placing.ts';

/** Prices are whole multiples of 1/SCALE points, so that the bound they prove is worked out without rounding. */
const SCALE = 1_000_000;

/**
 * Needs of different size, each led by one unit, within the units' capacities: relaxed to fractions, repaired, then
 * searched within the time limit. The gap to what could be better at most is reported, never hidden. The same for every
 * order of the rows, unless the time was up. Refuses as `sizedProblem` does.
 */
export function matchSized(input: SizedInput, solveProgram: SolveProgram): SizedPlan {
  const problem = sizedProblem(input);
  const program = programOf(problem);
  const { secondsLimit } = input;
  const relaxed = solveProgram(program, { whole: false, secondsLimit });
  const first = repaired(problem, relaxed.x ?? new Float64Array(problem.score.length));
  const byPrices = boundByPrices(problem, relaxed.rowPrices.subarray(problem.size.length));
  if (first.value === byPrices) return planOf(problem, first, { bound: byPrices, boundBy: 'prices', finished: true });

  const known = Float64Array.from(problem.score, () => 0);
  for (const edge of first.edgeOf) if (edge !== NONE) known[edge] = 1;
  const searched = solveProgram(program, { whole: true, secondsLimit, known });
  const second = repaired(problem, searched.x ?? known);
  const best = second.value > first.value ? second : first;
  // Values are whole: what lies between two of them bounds like the lower one; the solver's tolerance is left to it.
  const bySearch = Math.floor(searched.bound - sum(problem.penalty) + 1e-6 * Math.max(1, Math.abs(searched.bound)));
  const isSearchBetter = Number.isFinite(bySearch) && bySearch < byPrices;
  return planOf(problem, best, {
    bound: Math.max(best.value, isSearchBetter ? bySearch : byPrices),
    boundBy: isSearchBetter ? 'search' : 'prices',
    finished: searched.finished,
  });
}

/** Gains over leaving the need without a unit; one row for each need, then one for each unit. */
function programOf({ size, capacity, penalty, start, unit, score }: SizedProblem): Parameters<SolveProgram>[0] {
  const count = score.length;
  const needOf = new Int32Array(count);
  for (let need = 0; need < size.length; need++) needOf.fill(need, start[need]!, start[need + 1]!);
  const row = new Int32Array(count * 2);
  const value = new Float64Array(count * 2);
  for (let edge = 0; edge < count; edge++) {
    const need = needOf[edge]!;
    row.set([need, size.length + unit[edge]!], edge * 2);
    // In shares of the capacity: money and hours are numbers of the same kind to the solver.
    value.set([1, size[need]! / Math.max(1, capacity[unit[edge]!]!)], edge * 2);
  }
  return {
    gain: score.map((points, edge) => points + penalty[needOf[edge]!]!),
    most: new Float64Array(size.length + capacity.length).fill(1),
    start: Int32Array.from({ length: count + 1 }, (_, edge) => edge * 2),
    row,
    value,
  };
}

/**
 * Weak duality in whole numbers: at any prices no plan is worth more than what every need could keep after paying for
 * its size, plus the worth of all capacity. Whoever doubts the solver's prices only gets a weaker bound.
 */
function boundByPrices({ size, capacity, penalty, start, unit, score }: SizedProblem, shares: Float64Array): number {
  const price = Array.from(shares, (share, at) => BigInt(Math.max(0, Math.round((share / Math.max(1, capacity[at]!)) * SCALE))));
  let bound = price.reduce((total, each, at) => total + each * BigInt(capacity[at]!), 0n);
  for (let need = 0; need < size.length; need++) {
    let most = BigInt(-penalty[need]!) * BigInt(SCALE);
    for (let edge = start[need]!; edge < start[need + 1]!; edge++) {
      const kept = BigInt(score[edge]!) * BigInt(SCALE) - BigInt(size[need]!) * price[unit[edge]!]!;
      if (kept > most) most = kept;
    }
    bound += most;
  }
  const scale = BigInt(SCALE);
  const floor = bound / scale - (bound % scale < 0n ? 1n : 0n);
  return Number(floor);
}

function planOf(
  { input, needRow, unitRow, capacity, penalty, unit, score }: SizedProblem,
  placing: SizedPlacing,
  { bound, boundBy, finished }: { bound: number; boundBy: SizedPlan['boundBy']; finished: boolean },
): SizedPlan {
  const placed = Array.from(needRow, (row, need): Placed => {
    const edge = placing.edgeOf[need]!;
    const target = edge === NONE ? null : input.units[unitRow[unit[edge]!]!]!.id;
    return { need: input.needs[row]!.id, unit: target, value: edge === NONE ? -penalty[need]! : score[edge]! };
  });
  const primal = placing.value;
  return {
    seed: input.seed,
    placed,
    units: Array.from(unitRow, (row, at) => ({ unit: input.units[row]!.id, used: capacity[at]! - placing.left[at]!, capacity: capacity[at]! })),
    certificate: { primal, dual: bound, gap: bound - primal },
    boundBy,
    finished,
  };
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, number) => total + number, 0);
}
