import type { StopReason } from './facts.ts';
import type { ScorePart } from './points.ts';
import type { Certificate } from './solver/input.ts';

/**
 * Why an eligible unit was not chosen: `OUTBID` its places are worth more to the plan elsewhere ·
 * `LESS_FITTING` the proposal is better off where it is · `DRAWN` equally good, the published order decided ·
 * `SETTLED` every place there is held by a chosen pair · `CUT_OFF` (stable rule) below the last one taken there.
 */
export type AlternativeReason = StopReason | 'OUTBID' | 'LESS_FITTING' | 'DRAWN' | 'SETTLED' | 'CUT_OFF';

/** Points are hundredths of the policy's. */
export interface Scored {
  /** The offer, and whose it is. */
  readonly target: string;
  readonly unitId: string;
  readonly score: number;
  readonly scoreParts: Readonly<Record<ScorePart, number>>;
}

export interface Alternative extends Partial<Scored> {
  readonly target: string;
  readonly unitId: string;
  readonly eligible: boolean;
  readonly reasonCode: AlternativeReason;
  /** What one more place at this unit would add to the plan, in points. */
  readonly clearingPrice?: number;
  /** What the whole plan would lose if the proposal went there and the rest were planned anew; exact. */
  readonly margin?: number;
  /** In plans too large for every exact margin: what it would lose at least, by the prices that prove the plan. */
  readonly marginAtLeast?: number;
  /** Lowest score among those who hold a place there, and under the stable rule the cut-off: a number only, never whose. */
  readonly lastIn?: number;
}

/** Data of the sentence "needs +37 points, or one more place at this unit". */
export interface Counterfactual {
  readonly target: string;
  /**
   * With this many more points the proposal would go there for certain; under the stable rule it would be taken there,
   * unless somebody whom it displaces comes back for that place.
   */
  readonly pointsNeeded: number;
  readonly onePlaceMore: boolean;
}

/** What is said of one proposal. */
export interface Explained {
  readonly subject: string;
  readonly outcome: 'matched' | 'unmatched' | 'settled';
  readonly best?: Scored;
  /** Eligible ones first, by what they would cost the plan, then those that were not compared. */
  readonly alternatives: readonly Alternative[];
  /** Offers that are not listed, counted by why they are none. */
  readonly omitted?: Readonly<Partial<Record<AlternativeReason, number>>>;
  readonly runnerUp?: string;
  readonly counterfactual?: Counterfactual;
}

export interface Decision extends Explained {
  readonly ruleId: 'matching.optimal' | 'matching.stable';
  /** Version of the pinned policy pack. */
  readonly ruleVersion: number;
  readonly inputHash: string;
  readonly seed: number;
  readonly certificate?: Certificate;
}
