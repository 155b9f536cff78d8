import { BidHeaps } from './bid-heaps.ts';
import type { Pace } from './pace.ts';
import { Placement } from './placement.ts';
import { NONE, type Problem } from './problem.ts';

/** More than there can be needs: a score and a place in the order make one exact number. */
const ORDERED = 2 ** 21;

/**
 * Deferred acceptance (Gale & Shapley 1962): needs ask their units in turn, best score first; a full unit keeps the best
 * that asked. Equal scores are told apart by the published order on both sides, so there is exactly one outcome, the
 * best stable one for every need. A unit that scores below going without is never asked.
 */
export function deferredAcceptance(problem: Problem, pace: Pace): Placement {
  const { needCount, capacity, start, unit: unitOfEdge, score, penalty } = problem;
  const heaps = new BidHeaps(problem);
  const asked = start.slice();
  const waiting = Int32Array.from({ length: needCount }, (_, at) => needCount - 1 - at);
  const edgeOf = new Int32Array(needCount).fill(NONE);
  for (let last = needCount - 1; last >= 0; ) {
    pace.step();
    const need = waiting[last--]!;
    const edge = asked[need]!++;
    if (edge >= start[need + 1]! || score[edge]! < -penalty[need]!) continue;
    const unit = unitOfEdge[edge]!;
    const rank = score[edge]! * ORDERED - need;
    if (heaps.size[unit]! < capacity[unit]!) {
      edgeOf[need] = edge;
      heaps.add(unit, need, rank);
    } else if (capacity[unit]! > 0 && heaps.lowestBid(unit) < rank) {
      const dropped = heaps.lowestBidder(unit);
      edgeOf[need] = edge;
      edgeOf[dropped] = NONE;
      waiting[++last] = dropped;
      heaps.replaceLowest(unit, need, rank);
    } else {
      waiting[++last] = need;
    }
  }
  const placement = new Placement(problem);
  for (let need = 0; need < needCount; need++) if (edgeOf[need] !== NONE) placement.place(need, edgeOf[need]!);
  return placement;
}
