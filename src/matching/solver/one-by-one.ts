import type { Pace } from './pace.ts';
import { Placement } from './placement.ts';
import type { Problem } from './problem.ts';
import { Solution } from './reduced.ts';
import { Replanner } from './replanner.ts';

/** Solves small questions: needs enter one after the other, and the plan is the best for those inside after each. */
export function solveOneByOne(problem: Problem, pace: Pace): Solution {
  const placement = new Placement(problem);
  const prices = new Float64Array(problem.unitCount + 1);
  const replanner = new Replanner(problem, placement, prices, pace);
  for (let need = 0; need < problem.needCount; need++) replanner.enter(need);
  return new Solution(problem, placement, prices);
}
