import { DistanceHeap } from '../solver/heap.ts';
import type { Seating } from './seating.ts';

/**
 * Raises the prices of the best seating to the largest that still prove it: a price then is what one place less at a
 * reviewer would cost, or (below 0) what one less of least load would gain.
 */
export function largestPrices(seating: Seating, prices: Float64Array): Float64Array {
  const { problem, isSeated, load } = seating;
  const { applicationOf, reviewer: reviewerOf, points, start, max } = problem;
  const candidates = pairsByReviewer(seating);
  const heap = new DistanceHeap(problem.reviewers.length);
  heap.clear();
  for (let reviewer = 0; reviewer < max.length; reviewer++) {
    // Reduced cost of passing a load on to a free place here.
    if (load[reviewer]! < max[reviewer]!) heap.offer(reviewer, -prices[reviewer]!);
  }
  while (heap.nearest < Infinity) {
    const reviewer = heap.pop();
    const after = heap.distance[reviewer]! + prices[reviewer]!;
    for (let at = candidates.start[reviewer]!; at < candidates.start[reviewer + 1]!; at++) {
      const pair = candidates.pair[at]!;
      if (isSeated[pair] === 1) continue;
      const application = applicationOf[pair]!;
      for (let held = start[application]!; held < start[application + 1]!; held++) {
        if (isSeated[held] === 1) heap.offer(reviewerOf[held]!, after + points[held]! - points[pair]! - prices[reviewerOf[held]!]!);
      }
    }
  }
  const raised = prices.map((price, reviewer) => (heap.wasReached(reviewer) ? price + heap.distance[reviewer]! : price));
  priceTheFull(seating, raised, (reviewer) => heap.wasReached(reviewer));
  return raised;
}

/**
 * Reviewers from whom no chain leads to a free place keep their differences and rise together, as little as proves that
 * nobody would rather have them. Who reads nothing and may not is priced at what makes nobody wish for it.
 */
function priceTheFull({ problem, isSeated, load }: Seating, prices: Float64Array, isOpen: (reviewer: number) => boolean): void {
  const { applications, start, reviewer: reviewerOf, points } = problem;
  const isWorking = (reviewer: number): boolean => !isOpen(reviewer) && load[reviewer]! > 0;
  const isIdle = (reviewer: number): boolean => !isOpen(reviewer) && load[reviewer] === 0;
  /** What an application keeps of its least seat, of those told; Infinity where it has none of them. */
  const leastKept = (application: number, counts: (reviewer: number) => boolean): number => {
    let least = Infinity;
    for (let pair = start[application]!; pair < start[application + 1]!; pair++) {
      const reviewer = reviewerOf[pair]!;
      if (isSeated[pair] === 1 && counts(reviewer)) least = Math.min(least, points[pair]! - prices[reviewer]!);
    }
    return least;
  };
  let rise = 0;
  prices.forEach((price, reviewer) => isWorking(reviewer) && (rise = Math.max(rise, -price)));
  applications.forEach((_, application) => {
    const least = leastKept(application, isOpen);
    for (let pair = start[application]!; pair < start[application + 1]!; pair++) {
      const reviewer = reviewerOf[pair]!;
      if (isSeated[pair] === 0 && isWorking(reviewer)) rise = Math.max(rise, points[pair]! - prices[reviewer]! - least);
    }
  });
  prices.forEach((_, reviewer) => {
    if (isWorking(reviewer)) prices[reviewer]! += rise;
    else if (isIdle(reviewer)) prices[reviewer] = 0;
  });
  applications.forEach((_, application) => {
    const least = leastKept(application, () => true);
    for (let pair = start[application]!; pair < start[application + 1]!; pair++) {
      const reviewer = reviewerOf[pair]!;
      if (isIdle(reviewer)) prices[reviewer] = Math.max(prices[reviewer]!, points[pair]! - least);
    }
  });
}

function pairsByReviewer({ problem: { reviewer, reviewers } }: Seating): { start: Int32Array; pair: Int32Array } {
  const start = new Int32Array(reviewers.length + 1);
  for (const at of reviewer) start[at + 1]!++;
  for (let at = 0; at < reviewers.length; at++) start[at + 1]! += start[at]!;
  const fill = start.slice();
  const pair = new Int32Array(reviewer.length);
  reviewer.forEach((at, row) => (pair[fill[at]!++] = row));
  return { start, pair };
}
