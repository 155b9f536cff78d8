import { Placement } from './placement.ts';
import { NONE, type Problem } from './problem.ts';

/** An optimal placement with the prices that prove it, and the reduced costs between the two. */
export class Solution {
  readonly problem: Problem;
  readonly placement: Placement;
  readonly prices: Float64Array;

  constructor(problem: Problem, placement: Placement, prices: Float64Array) {
    this.problem = problem;
    this.placement = placement;
    this.prices = prices;
  }

  /** What the need keeps after paying its unit's price: at an optimum the most it could keep anywhere. */
  profit(need: number): number {
    const unit = this.placement.unitOf(need);
    return this.placement.valueOf(need) - (unit === NONE ? 0 : this.prices[unit]!);
  }

  /** What the need would lose on this edge at today's prices; 0 = as good as where it is. */
  lossOnEdge(need: number, edge: number): number {
    return this.profit(need) - this.problem.score[edge]! + this.prices[this.problem.unit[edge]!]!;
  }

  lossOutside(need: number): number {
    return this.profit(need) + this.problem.penalty[need]!;
  }
}
