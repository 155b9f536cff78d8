import type { Certificate } from '../solver/input.ts';

/** How many applications a reviewer reads. */
export interface Load {
  readonly min: number;
  readonly max: number;
}

export interface Conflict {
  readonly application: string;
  readonly reviewer: string;
  /** A code, kept with the decision. */
  readonly reason: string;
}

export interface ReviewerInput {
  readonly applications: readonly { readonly id: string }[];
  /** `load` where somebody may read less or more than the others. */
  readonly reviewers: readonly { readonly id: string; readonly load?: Load }[];
  /** Columns of the pairs that may be seated, by index; whole points 0 … 10⁶ say how well they fit. Others never meet. */
  readonly affinity: { readonly application: ArrayLike<number>; readonly reviewer: ArrayLike<number>; readonly points: ArrayLike<number> };
  readonly conflicts: readonly Conflict[];
  /** So many different reviewers read each application. */
  readonly perApplication: number;
  readonly load: Load;
  /** Points that every application's reviewers reach together; `max`: the most that all can have. */
  readonly floor?: number | 'max';
  /** Seed of the published draw, 0 … 2³²−1, by which equal choices are told apart. */
  readonly seed: number;
  /** For the search of a floor; 10 when left out. */
  readonly secondsLimit?: number;
}

export interface Seat {
  readonly application: string;
  readonly reviewer: string;
  readonly points: number;
}

/**
 * Why this reviewer: `FIT` nobody without a conflict fits better · `LOAD` those who fit better are full, or this one had
 * less than the least load · `FLOOR` so that every application reaches the floor · `SUBSTITUTE` in the place of one who
 * stepped aside · `KEPT` from before somebody stepped aside, though now another would be better for all.
 */
export type SeatReason = 'FIT' | 'LOAD' | 'FLOOR' | 'SUBSTITUTE' | 'KEPT';

/**
 * Why not: `CONFLICT` as declared · `OUTBID` those seated fit better · `TIE` fits as well as one who is seated · `LOAD`
 * fits better, but the place is worth more elsewhere, or the work went to somebody below the least load · `FLOOR` made way for a floor ·
 * `KEPT` would be better now, but others were not to be moved for a substitute.
 */
export type PassedReason = 'CONFLICT' | 'OUTBID' | 'TIE' | 'LOAD' | 'FLOOR' | 'KEPT';

export interface Passed {
  readonly reviewer: string;
  readonly reasonCode: PassedReason;
  readonly points: number | null;
  /** The declared reason of a conflict. */
  readonly conflict?: string;
  /** The pair would have to fit better by at least so many points; only where the best assignment stands. */
  readonly marginAtLeast?: number;
}

export interface ReviewDecision {
  readonly application: string;
  readonly total: number;
  readonly seats: readonly { readonly reviewer: string; readonly points: number; readonly because: SeatReason }[];
  /** All conflicts, then the best-fitting others, ten at most. */
  readonly passed: readonly Passed[];
  /** Reviewers who were not named, by reason. */
  readonly others: Readonly<Partial<Record<PassedReason, number>>>;
}

export interface ReviewerLoad extends Load {
  readonly reviewer: string;
  readonly load: number;
  /**
   * Whole points, of the best assignment: above 0 what one place less would cost, below 0 what one less of least load
   * would gain, at the margin.
   */
  readonly price: number;
}

export interface FloorFound {
  readonly asked: number | 'max';
  /** Points of the application that has least. */
  readonly reached: number;
  /** Proved: no assignment gives every application more. */
  readonly most: number;
  /** No assignment with the asked floor, or with the one reached, is worth more. */
  readonly bound: number;
  /** False: the time was up before the floor and its best assignment were proved. */
  readonly finished: boolean;
}

export interface Assignment {
  readonly outcome: 'assigned';
  readonly seed: number;
  /** Applications and reviewers in the published order. */
  readonly seats: readonly Seat[];
  readonly total: number;
  /**
   * The best there is without floor and without keeping anybody's seat, proved by the prices. What fairness costs is
   * `best.certificate.primal − total`.
   */
  readonly best: { readonly certificate: Certificate; readonly seats: readonly Seat[] };
  readonly floor?: FloorFound;
  readonly reviewers: readonly ReviewerLoad[];
  readonly decisions: readonly ReviewDecision[];
}

/**
 * Nobody could do it. `seats`: the applications ask for `needed` seats, but all they can have of the full reviewers and
 * of everybody else is `available` · `load`: the reviewers' least loads add up to `needed`, but applications can give
 * them `available`.
 */
export interface Shortage {
  readonly outcome: 'short';
  readonly of: 'seats' | 'load';
  readonly needed: number;
  readonly available: number;
  readonly applications: readonly { readonly application: string; readonly candidates: number; readonly missing: number }[];
  readonly reviewers: readonly { readonly reviewer: string; readonly load: number; readonly missing: number }[];
}
