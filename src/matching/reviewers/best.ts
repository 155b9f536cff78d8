import { Pace, type Watch } from '../solver/pace.ts';
import { Chains } from './chains.ts';
import { largestPrices } from './largest-prices.ts';
import type { Shortage } from './model.ts';
import type { ReviewProblem } from './problem.ts';
import { Seating } from './seating.ts';
import { shortageOf } from './shortage.ts';

export interface Best {
  readonly seating: Seating;
  readonly prices: Float64Array;
}

/** The best seating without a floor, seat by seat in the published order, or why there is none. */
export function bestSeating(problem: ReviewProblem, watch?: Watch): Best | Shortage {
  const seating = new Seating(problem);
  const chains = new Chains(seating, new Pace(watch));
  const isOpen = new Uint8Array(problem.applications.length).fill(1);
  for (let round = 0; round < problem.perApplication; round++) {
    for (let application = 0; application < isOpen.length; application++) {
      // Once there is no chain for it, there never will be.
      if (isOpen[application] === 1 && !chains.enter(application)) isOpen[application] = 0;
    }
  }
  return shortageOf(seating) ?? { seating, prices: largestPrices(seating, chains.prices) };
}
