import { BidHeaps } from './bid-heaps.ts';
import type { Pace } from './pace.ts';
import { NONE, type Problem } from './problem.ts';

/** A plan that is nearly the best, and whole prices that nearly prove it. */
export interface Draft {
  /** One more at the end, always 0, for needs without a unit; Infinity where there is no place at all. */
  readonly prices: Float64Array;
  readonly edgeOf: Int32Array;
}

/**
 * First step of a bid above the second best offer, as a part of the widest possible price. Where everything is worth the
 * same, needs outbid one another step by step up to the top: the fewer steps, the fewer bids. Measured, with the three
 * below, on scores at random, all equal, and of two values.
 */
const FIRST_STEP = 1 / 4;
/** Each phase repeats the auction with smaller steps. */
const FINER = 8;
/** The last step. Real prices are whole, so errors of a few steps vanish when they are rounded. */
const LAST_STEP = 1 / 8;
/** By how many steps of the last phase prices are lowered before the next: they were at most about so much too high. */
const LOWERED = 1;
/** Once steps are this small, a phase costs little more than one look at every edge, and lowering more saves repairs. */
const SMALL_STEP = 16;

/** The steps are powers of two: sums of whole numbers and steps stay exact. */
export function stepsOf(problem: Problem): number[] {
  let widest = 1;
  for (let need = 0; need < problem.needCount; need++) {
    const first = problem.start[need]!;
    if (first < problem.start[need + 1]!) widest = Math.max(widest, problem.score[first]! + problem.penalty[need]!);
  }
  const steps: number[] = [];
  for (let step = 2 ** Math.round(Math.log2(widest * FIRST_STEP)); step > LAST_STEP; step /= FINER) steps.push(step);
  return [...steps, LAST_STEP];
}

/**
 * Auction with ever smaller steps (Bertsekas & Castañón, The auction algorithm for the transportation problem, 1989).
 * Needs bid in turn for the place that leaves them most, as much above the price as makes the second best equal, and a
 * step more; a full unit drops its lowest bid, and its price is its lowest bid.
 */
export function auction(problem: Problem, pace: Pace): Draft {
  const { needCount, unitCount, capacity } = problem;
  const prices = new Float64Array(unitCount + 1);
  const edgeOf = new Int32Array(needCount);
  const waiting = new Int32Array(needCount);
  const heaps = new BidHeaps(problem);
  for (let unit = 0; unit < unitCount; unit++) if (capacity[unit] === 0) prices[unit] = Infinity;
  let before = 0;
  for (const step of stepsOf(problem)) {
    const lowered = before * LOWERED * (before < SMALL_STEP ? 2 : 1);
    for (let unit = 0; unit < unitCount; unit++) {
      // A place that stayed empty at a price was too dear for everybody.
      prices[unit] = heaps.size[unit]! < capacity[unit]! ? 0 : Math.max(0, prices[unit]! - lowered);
    }
    heaps.clear();
    edgeOf.fill(NONE);
    bidAll(problem, step, prices, edgeOf, waiting, heaps, pace);
    before = step;
    pace.nextStage();
  }
  for (let unit = 0; unit < unitCount; unit++) prices[unit] = Math.round(prices[unit]!);
  return { prices, edgeOf };
}

function bidAll(
  { needCount, start, unit: unitOfEdge, score, penalty, capacity }: Problem,
  step: number,
  prices: Float64Array,
  edgeOf: Int32Array,
  waiting: Int32Array,
  heaps: BidHeaps,
  pace: Pace,
): void {
  for (let need = 0; need < needCount; need++) waiting[need] = needCount - 1 - need;
  for (let last = needCount - 1; last >= 0; ) {
    pace.step();
    const need = waiting[last--]!;
    let most = -penalty[need]!;
    let second = -Infinity;
    let best = NONE;
    for (let edge = start[need]!, end = start[need + 1]!; edge < end; edge++) {
      const points = score[edge]!;
      if (points <= second) break;
      const kept = points - prices[unitOfEdge[edge]!]!;
      if (kept <= second) continue;
      if (kept > most) {
        second = most;
        most = kept;
        best = edge;
      } else {
        second = kept;
      }
    }
    edgeOf[need] = best;
    if (best === NONE) continue;
    const unit = unitOfEdge[best]!;
    const bid = prices[unit]! + most - second + step;
    if (heaps.size[unit]! < capacity[unit]!) {
      heaps.add(unit, need, bid);
      if (heaps.size[unit] === capacity[unit]) prices[unit] = Math.max(prices[unit]!, heaps.lowestBid(unit));
      continue;
    }
    const dropped = heaps.lowestBidder(unit);
    edgeOf[dropped] = NONE;
    waiting[++last] = dropped;
    heaps.replaceLowest(unit, need, bid);
    prices[unit] = heaps.lowestBid(unit);
  }
}
