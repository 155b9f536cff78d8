/** What is to be matched: a proposal, or a single need. */
export interface MatchNeed {
  readonly id: string;
}

export interface MatchUnit {
  readonly id: string;
  /** Needs this unit can lead at most, pinned ones included. */
  readonly capacity: number;
}

/**
 * Pairs that passed every hard filter, as parallel columns: row `e` says that the need at index `need[e]` may go
 * to the unit at index `unit[e]` for `score[e]` points (a whole number, more is better).
 */
export interface Edges {
  readonly need: ArrayLike<number>;
  readonly unit: ArrayLike<number>;
  readonly score: ArrayLike<number>;
}

export interface Pair {
  readonly need: string;
  readonly unit: string;
}

export interface MatchInput {
  readonly needs: readonly MatchNeed[];
  readonly units: readonly MatchUnit[];
  readonly edges: Edges;
  /** `optimal`: most points as a whole. `stable`: no need and unit would both rather have each other. */
  readonly rule: 'optimal' | 'stable';
  /** Points lost by leaving the need at the same index without a unit; whole and not negative. */
  readonly penalties: ArrayLike<number>;
  /** Settled pairs (accepted, or offered and unanswered): they stay and use a place. Each must be an edge. */
  readonly pinned?: readonly Pair[];
  /** Pairs that may not come back (refused, withdrawn, expired). */
  readonly forbidden?: readonly Pair[];
  /** Draws the order that tells equal plans apart; 0 … 2³²−1, published with the plan. */
  readonly seed: number;
}

export interface Placed {
  readonly need: string;
  /** null: left without a unit, at the cost of its penalty. */
  readonly unit: string | null;
  /** Points of the pair, or minus the penalty. */
  readonly value: number;
}

export interface UnitPrice {
  readonly unit: string;
  readonly used: number;
  /** Points that one more place at this unit would add to the whole plan; the smallest such prices. A stable plan has none: 0. */
  readonly price: number;
}

/** `primal` = sum of the values; `dual` bounds every possible plan from above; equal sums prove optimality. */
export interface Certificate {
  readonly primal: number;
  readonly dual: number;
  readonly gap: number;
}

/** Rows in the published order (`drawOrder`), so that the same question gives the same plan, byte for byte. */
export interface Plan {
  readonly rule: 'optimal' | 'stable';
  readonly seed: number;
  readonly placed: readonly Placed[];
  readonly prices: readonly UnitPrice[];
  /** Of an optimal plan. A stable one is proved by having no need and unit that would both rather have each other. */
  readonly certificate?: Certificate;
}
