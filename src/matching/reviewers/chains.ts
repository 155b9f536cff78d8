import { DistanceHeap } from '../solver/heap.ts';
import type { Pace } from '../solver/pace.ts';
import { NONE, type ReviewProblem } from './problem.ts';
import type { Seating } from './seating.ts';

/** Above what any chain of moves can gain or lose: a seat that brings a reviewer to the least load outweighs all points. */
export function leastLoadWorth({ points, reviewers }: ReviewProblem): number {
  const widest = points.reduce((most, each) => Math.max(most, each), 0);
  return 2 * (reviewers.length + 1) * widest + 1;
}

/**
 * Shortest chains of moves through the one network of applications (so many seats each), pairs (once) and reviewers
 * (between least and most load), in reduced costs (Ahuja, Magnanti & Orlin, Network Flows, §9.7). The search runs over
 * reviewers only: whoever reads an application may hand it on to another. A load below the least is a place that is
 * worth more than all points, so that both bounds hold in the same search.
 */
export class Chains {
  readonly #seating: Seating;
  readonly #pace: Pace;
  /** Duals of the reviewers: free between the bounds is 0, at the most load not below, at the least load not above. */
  readonly prices: Float64Array;
  readonly #least: number;
  readonly #heap: DistanceHeap;
  readonly #viaPair: Int32Array;
  readonly #givenUp: Int32Array;
  readonly #settled: Int32Array;
  #settledCount = 0;
  #best = Infinity;
  #end = NONE;

  constructor(seating: Seating, pace: Pace) {
    const { problem } = seating;
    this.#seating = seating;
    this.#pace = pace;
    this.#least = leastLoadWorth(problem);
    this.prices = Float64Array.from(problem.min, (min) => (min > 0 ? -this.#least : 0));
    this.#heap = new DistanceHeap(problem.reviewers.length);
    this.#viaPair = new Int32Array(problem.reviewers.length);
    this.#givenUp = new Int32Array(problem.reviewers.length);
    this.#settled = new Int32Array(problem.reviewers.length);
  }

  /** Gives the application one more seat, the best for all; false if there is no chain to a free place. */
  enter(application: number): boolean {
    this.#best = Infinity;
    this.#end = NONE;
    this.#settledCount = 0;
    this.#heap.clear();
    this.#relax(application, 0, NONE);
    while (this.#heap.nearest < this.#best) this.#expand();
    if (this.#end === NONE) return false;
    for (let at = 0; at < this.#settledCount; at++) {
      const reviewer = this.#settled[at]!;
      this.prices[reviewer]! += this.#best - this.#heap.distance[reviewer]!;
    }
    this.#shift();
    return true;
  }

  #expand(): void {
    this.#pace.step();
    const seating = this.#seating;
    const { points, applicationOf } = seating.problem;
    const reviewer = this.#heap.pop();
    this.#settled[this.#settledCount++] = reviewer;
    const before = this.#heap.distance[reviewer]! - this.prices[reviewer]!;
    for (let pair = seating.firstPair(reviewer); pair !== NONE; pair = seating.nextPair(pair)) {
      this.#relax(applicationOf[pair]!, before + points[pair]!, pair);
    }
  }

  #relax(application: number, given: number, givenUp: number): void {
    const { problem, isSeated, load } = this.#seating;
    const { start, reviewer: reviewerOf, points, min, max } = problem;
    for (let pair = start[application]!, end = start[application + 1]!; pair < end; pair++) {
      if (isSeated[pair] === 1) continue;
      const reviewer = reviewerOf[pair]!;
      const distance = given - points[pair]! + this.prices[reviewer]!;
      if (distance >= this.#best || !this.#heap.offer(reviewer, distance)) continue;
      this.#viaPair[reviewer] = pair;
      this.#givenUp[reviewer] = givenUp;
      if (load[reviewer]! >= max[reviewer]!) continue;
      const whole = distance - this.prices[reviewer]! - (load[reviewer]! < min[reviewer]! ? this.#least : 0);
      if (whole >= this.#best) continue;
      this.#best = whole;
      this.#end = reviewer;
    }
  }

  #shift(): void {
    const { reviewer } = this.#seating.problem;
    for (let at = this.#end; ; ) {
      const givenUp = this.#givenUp[at]!;
      if (givenUp !== NONE) this.#seating.unseat(givenUp);
      this.#seating.seat(this.#viaPair[at]!);
      if (givenUp === NONE) return;
      at = reviewer[givenUp]!;
    }
  }
}
