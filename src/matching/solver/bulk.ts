import { Applicants } from './applicants.ts';
import { auction, stepsOf, type Draft } from './auction.ts';
import type { Pace } from './pace.ts';
import { Placement } from './placement.ts';
import { NONE, type Problem } from './problem.ts';
import { Solution } from './reduced.ts';
import { Replanner } from './replanner.ts';

export function stagesInBulk(problem: Problem): number {
  return stepsOf(problem).length + 2;
}

/**
 * Solves large questions: an auction brings nearly the best plan, what its rounded prices do not prove is repaired by
 * shortest chains of moves. The end is exact, whatever the auction left behind.
 */
export function solveInBulk(problem: Problem, pace: Pace): Solution {
  const draft = auction(problem, pace);
  const placement = new Placement(problem);
  const left = adopt(problem, draft, placement);
  const { prices } = draft;
  const replanner = new Replanner(problem, placement, prices, pace);
  for (const need of left) replanner.enter(need);
  pace.nextStage();
  const applicants = new Applicants(problem);
  for (let unit = 0; unit < problem.unitCount; unit++) {
    while (placement.hasRoom(unit) && prices[unit]! > 0) replanner.fill(unit, applicants);
  }
  priceMissingPlaces(problem, placement, prices);
  pace.nextStage();
  return new Solution(problem, placement, prices);
}

/** Keeps what is best for a need at the rounded prices; answers the needs that have to enter anew. */
function adopt({ needCount, start, unit, score, penalty }: Problem, { prices, edgeOf }: Draft, placement: Placement): number[] {
  const kept = (edge: number): number => score[edge]! - prices[unit[edge]!]!;
  const mostOf = (need: number): number => {
    let most = -penalty[need]!;
    for (let edge = start[need]!; edge < start[need + 1]! && score[edge]! > most; edge++) most = Math.max(most, kept(edge));
    return most;
  };
  const displaced: number[] = [];
  for (let need = 0; need < needCount; need++) {
    const edge = edgeOf[need]!;
    if ((edge === NONE ? -penalty[need]! : kept(edge)) !== mostOf(need)) displaced.push(need);
    else if (edge !== NONE) placement.place(need, edge);
  }
  return displaced.filter((need) => {
    const most = mostOf(need);
    for (let edge = start[need]!; edge < start[need + 1]! && score[edge]! >= most; edge++) {
      if (kept(edge) !== most || !placement.hasRoom(unit[edge]!)) continue;
      placement.place(need, edge);
      return false;
    }
    return most !== -penalty[need]!;
  });
}

/** Where there is no place, the price is what makes nobody wish for one. */
function priceMissingPlaces({ needCount, unitCount, capacity, start, unit, score }: Problem, placement: Placement, prices: Float64Array): void {
  for (let at = 0; at < unitCount; at++) if (capacity[at] === 0) prices[at] = 0;
  for (let need = 0; need < needCount; need++) {
    const profit = placement.value[need]! - prices[placement.nodeOf[need]!]!;
    for (let edge = start[need]!; edge < start[need + 1]! && score[edge]! > profit; edge++) {
      const at = unit[edge]!;
      if (capacity[at] === 0) prices[at] = Math.max(prices[at]!, score[edge]! - profit);
    }
  }
}
