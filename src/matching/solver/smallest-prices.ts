import { DistanceHeap } from './heap.ts';
import { NONE } from './problem.ts';
import type { Solution } from './reduced.ts';

/**
 * Lowers the prices of an optimal solution to the smallest ones that still prove it. Optimal prices form a
 * lattice, so there is exactly one smallest vector, whatever algorithm solved the plan, and it says what one
 * more place at a unit would add to the plan: price − distance from the pool of unused places, in reduced costs
 * (Demange, Gale & Sotomayor 1986).
 */
export function smallestPrices({ problem, placement, prices }: Solution): Float64Array {
  const { needCount, unitCount, start, unit: unitOfEdge, score } = problem;
  const heap = new DistanceHeap(unitCount);
  heap.clear();
  /** `unpaid` = what the need would have to gain on an edge to be drawn there. */
  const offerEdges = (need: number, unpaid: number): void => {
    // Beyond the break a unit would be reached at more than its price, which says nothing about it.
    for (let edge = start[need]!, end = start[need + 1]!; edge < end && score[edge]! > unpaid; edge++) {
      const unit = unitOfEdge[edge]!;
      heap.offer(unit, unpaid - score[edge]! + prices[unit]!);
    }
  };

  for (let unit = 0; unit < unitCount; unit++) {
    if (placement.used[unit]! > 0) heap.offer(unit, prices[unit]!);
  }
  for (let need = 0; need < needCount; need++) {
    if (placement.edgeOf[need] === NONE) offerEdges(need, placement.value[need]!);
  }
  while (heap.nearest < Infinity) {
    const unit = heap.pop();
    const before = heap.distance[unit]! - prices[unit]!;
    for (let need = placement.firstHolder(unit); need !== NONE; need = placement.nextHolder(need)) {
      offerEdges(need, before + placement.value[need]!);
    }
  }
  return Float64Array.from({ length: unitCount }, (_, unit) =>
    heap.wasReached(unit) ? Math.max(0, prices[unit]! - heap.distance[unit]!) : 0,
  );
}
