/**
 * `score-greedy` in the order of the scores, each that still fits · `knapsack` the set worth most, exact ·
 * `equal-shares` the Method of Equal Shares for approval ballots, utility = cost (Peters, Pierczyński, Skowron 2021).
 */
export type BudgetRule = 'score-greedy' | 'knapsack' | 'equal-shares';

/**
 * What equal shares does with money left over. `none` leaves it · `add1` raises every voter's endowment step by step
 * and keeps the last outcome within the budget · `add1-exhaustive` does so but stops once nothing more fits ·
 * `add1+utilitarian` then funds by votes what still fits.
 */
export type Completion = 'none' | 'add1' | 'add1-exhaustive' | 'add1+utilitarian';

export interface BudgetProject {
  readonly id: string;
  /** Whole fen, at least 1. */
  readonly cost: number;
  /** Category or community that a floor may name. */
  readonly group?: string;
}

/** Whole points, 0 … 10⁹, with the interval that calibration gives them. */
export interface ProjectScore {
  readonly project: string;
  readonly score: number;
  readonly low?: number;
  readonly high?: number;
}

export interface Ballot {
  readonly approves: readonly string[];
  /** So many voters cast this very ballot; 1 when left out. An empty ballot is a voter too. */
  readonly count?: number;
}

/** At least this many fen go to projects of the group; one group, one floor. */
export interface BudgetFloor {
  readonly group: string;
  readonly least: number;
}

/** How equal claims are told apart: by these criteria in turn, then the panel's order, then the draw. */
export interface TieBreak {
  readonly by: readonly ('votes' | 'cost')[];
  /** Project ids as the panel ranked them; those it left out come after them. */
  readonly panel?: readonly string[];
  /** Seed of the public draw, 0 … 2³²−1. */
  readonly seed: number;
}

export interface BudgetInput {
  readonly projects: readonly BudgetProject[];
  /** Whole fen. */
  readonly budget: number;
  readonly rule: BudgetRule;
  /** Needed by the first two rules; with equal shares they only decide who is eligible. */
  readonly scores?: readonly ProjectScore[];
  readonly ballots?: readonly Ballot[];
  readonly completion: Completion;
  /** Fen by which a step raises every voter's endowment; 100 when left out. */
  readonly increment?: number;
  readonly tieBreak: TieBreak;
  readonly floors?: readonly BudgetFloor[];
  /** Least score of an eligible project: the only way in which scores and ballots meet. */
  readonly eligibleFrom?: number;
  /**
   * Score-greedy only: what happens to projects whose intervals overlap at the line. `flag` names them ·
   * `draw` orders them by lot · `panel` leaves them undecided, with the money they compete for.
   */
  readonly nearLine?: 'flag' | 'draw' | 'panel';
}

/**
 * Why not: `BUDGET` the money left did not suffice · `SUPPORT` that of its supporters did not, or nobody voted for it ·
 * `OUTBID` others are worth more together · `TIE` an equal claim was preferred · `FLOOR` it made way for a floor ·
 * `SCORE` below the threshold · `NEAR_LINE` the panel decides.
 */
export type BudgetReason = 'BUDGET' | 'SUPPORT' | 'OUTBID' | 'TIE' | 'FLOOR' | 'SCORE' | 'NEAR_LINE';

/** What equal shares found behind a project when it was bought, or fell out. */
export interface Support {
  /** Fen its supporters had left, rounded down. */
  readonly money: number;
  /** Supporters it would have if all paid alike, hundredths rounded down; absent where it could not be paid for. */
  readonly effectiveVotes?: number;
  /** Fen it lacked, rounded up; 0 where it was bought. */
  readonly shortBy: number;
  /** Purchases made before it was bought, or fell out. */
  readonly step: number;
}

/** Data of "needs +37 points", or "lacked 1,200 yuan". */
export type BudgetCounterfactual =
  /** With so many more points it would be funded, whatever the draw. */
  | { readonly kind: 'points'; readonly points: number }
  /** Points it lacks to compete at all. */
  | { readonly kind: 'threshold'; readonly points: number }
  /** Fen its supporters lacked when it fell out. */
  | { readonly kind: 'money'; readonly fen: number };

export interface BudgetDecision {
  readonly project: string;
  readonly outcome: 'funded' | 'rejected' | 'undecided';
  readonly reasonCode?: BudgetReason;
  readonly score?: number;
  readonly votes?: number;
  readonly support?: Support;
  /** The interval lies on both sides of the line, or of the threshold. */
  readonly crossesLine?: boolean;
  readonly counterfactual?: BudgetCounterfactual;
}

/** Equal claims of which only some could be met. */
export interface TieGroup {
  readonly projects: readonly string[];
  readonly funded: readonly string[];
  readonly decidedBy: 'votes' | 'cost' | 'panel' | 'draw';
}

export interface FloorPrice {
  readonly group: string;
  readonly least: number;
  readonly spent: number;
}

export interface Allocation {
  readonly rule: BudgetRule;
  readonly completion: Completion;
  /** In the order in which the rule chose them. */
  readonly funded: readonly string[];
  readonly spent: number;
  readonly left: number;
  /** Sum of the scores of what is funded; of its votes under equal shares. */
  readonly value: number;
  /** Score-greedy: the most any choice of this money is worth. Not exact = too large to solve, an upper bound. */
  readonly best?: { readonly value: number; readonly isExact: boolean };
  /** Equal shares: the endowment of a voter is (budget + raised × voters) ÷ voters, in fen. */
  readonly endowment?: { readonly raised: number; readonly voters: number };
  readonly decisions: readonly BudgetDecision[];
  readonly ties: readonly TieGroup[];
  /** Projects around the line that only a panel or the draw can tell apart. */
  readonly nearLine: readonly string[];
  readonly floors: readonly FloorPrice[];
  /** What the floors cost: the value without them, who makes way and who comes in. */
  readonly floorsPrice?: { readonly valueWithout: number; readonly displaced: readonly string[]; readonly added: readonly string[] };
}
