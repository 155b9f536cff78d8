import { DistanceHeap } from './heap.ts';
import { NONE } from './problem.ts';
import type { Solution } from './reduced.ts';

/**
 * Lowers the prices of an optimal solution to the smallest ones that still prove it. Optimal prices form a
 * lattice, so there is exactly one smallest vector, whatever algorithm solved the plan, and it says what one
 * more place at a unit would add to the plan: price − distance from the pool of unused places, in reduced costs
 * (Demange, Gale & Sotomayor 1986).
 */
export function smallestPrices(solution: Solution): Float64Array {
  const { problem, placement, prices } = solution;
  const heap = new DistanceHeap(problem.unitCount);
  heap.clear();
  const offerEdges = (need: number, given: number): void => {
    for (let edge = problem.start[need]!; edge < problem.start[need + 1]!; edge++) {
      heap.offer(problem.unit[edge]!, given + solution.lossOnEdge(need, edge));
    }
  };

  for (let unit = 0; unit < problem.unitCount; unit++) {
    if (placement.used[unit]! > 0) heap.offer(unit, prices[unit]!);
  }
  for (let need = 0; need < problem.needCount; need++) {
    if (placement.edgeOf[need] === NONE) offerEdges(need, 0);
  }
  while (heap.nearest < Infinity) {
    const unit = heap.pop();
    const given = heap.distance[unit]!;
    for (let need = placement.firstHolder(unit); need !== NONE; need = placement.nextHolder(need)) offerEdges(need, given);
  }
  return prices.map((price, unit) => (heap.wasReached(unit) ? Math.max(0, price - heap.distance[unit]!) : 0));
}
