import type { Fen } from '../kernel/money.ts';
import { within, type OrgPath } from '../kernel/scope.ts';
import type { LocalDate } from '../kernel/time.ts';

/** What a proposal asks for; checkable facts only, no words of residents. */
export interface ProposalFacts {
  readonly id: string;
  /** Code of the taxonomy; deeper levels after a slash (`elderly/meals`). */
  readonly category: string;
  /** The community where it is carried out. */
  readonly orgPath: OrgPath;
  readonly budgetFen: Fen;
  readonly neededHours: number;
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
  /** Codes of skills or equipment that the work needs. */
  readonly capabilities: readonly string[];
  /** 0 = can wait … 3 = urgent: raises the cost of leaving it out. */
  readonly urgency: number;
}

/** What a unit can give, as it stands on the day the run is frozen. */
export interface UnitFacts {
  readonly id: string;
  readonly categories: readonly string[];
  readonly capabilities: readonly string[];
  /** Places it serves, each with everything below it. */
  readonly areas: readonly OrgPath[];
  /** Projects it can still lead in this run, and what it registered in all. */
  readonly capacity: number;
  readonly registeredCapacity: number;
  /** Not yet pledged elsewhere. */
  readonly fundsFen: Fen;
  readonly hours: number;
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
  /** Last evaluation, 0 … 100; null without a record. */
  readonly gradePercent: number | null;
  /** Projects it led in the past year. */
  readonly load: number;
  /** Way to a community, in metres; an area that is not listed counts as near. */
  readonly metresTo: Readonly<Record<string, number>>;
  /** Proposals it asked for. */
  readonly prefers: readonly string[];
}

/** In the order in which they are asked; the first that applies is the answer. */
export const EXCLUSIONS = ['BLACKLIST', 'CONFLICT', 'REFUSED'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];
export type FilterReason = Exclusion | 'CATEGORY' | 'AREA' | 'DATES' | 'CAPACITY' | 'FUNDS';

/** A pair ruled out by what happened between the two; without a proposal: the unit is out altogether. */
export interface ExcludedPair {
  readonly unit: string;
  readonly proposal: string | null;
  readonly reason: Exclusion;
}

/** The part of the policy pack that matching reads; percentages are whole. */
export interface MatchingPolicy {
  readonly version: string;
  /** Most points of each part. */
  readonly weights: Readonly<Record<ScorePart, number>>;
  /** What an offer for a whole branch of the taxonomy is worth for one of its leaves. */
  readonly branchFitPercent: number;
  /** From this way on a unit gets no points for nearness. */
  readonly farMetres: number;
  /** Share of the budget that the lead unit must be able to carry itself. */
  readonly leadFundsPercent: number;
  /** Grade assumed where there is no record. */
  readonly ungradedPercent: number;
  /** Points lost by leaving a proposal out, and what each step of urgency adds. */
  readonly unmatchedPoints: number;
  readonly urgencyPoints: number;
}

/** Published order of the columns in `parts`. */
export const SCORE_PARTS = ['category', 'distance', 'capacity', 'funds', 'grade', 'fairness', 'preference'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];

/** 100 for the same code, less for the branch above it, 0 for another one. */
export function categoryFit(category: string, offered: readonly string[], policy: MatchingPolicy): number {
  if (offered.includes(category)) return 100;
  return offered.some((branch) => category.startsWith(`${branch}/`)) ? policy.branchFitPercent : 0;
}

export class HardFilters {
  readonly #policy: MatchingPolicy;
  readonly #excluded = new Map<string, Exclusion>();

  constructor(policy: MatchingPolicy, excluded: readonly ExcludedPair[]) {
    this.#policy = policy;
    const strongestLast = [...excluded].sort((a, b) => EXCLUSIONS.indexOf(b.reason) - EXCLUSIONS.indexOf(a.reason));
    for (const { unit, proposal, reason } of strongestLast) this.#excluded.set(pairKey(unit, proposal), reason);
  }

  /** Why the unit cannot lead the proposal; undefined = it can. */
  reason(proposal: ProposalFacts, unit: UnitFacts): FilterReason | undefined {
    const excluded = this.#excluded.get(pairKey(unit.id, null)) ?? this.#excluded.get(pairKey(unit.id, proposal.id));
    if (excluded) return excluded;
    if (categoryFit(proposal.category, unit.categories, this.#policy) === 0) return 'CATEGORY';
    if (!unit.areas.some((area) => within(proposal.orgPath, area))) return 'AREA';
    if (unit.fromOn > proposal.fromOn || unit.toOn < proposal.toOn) return 'DATES';
    if (unit.capacity < 1 || unit.hours < proposal.neededHours) return 'CAPACITY';
    return unit.fundsFen * 100 < proposal.budgetFen * this.#policy.leadFundsPercent ? 'FUNDS' : undefined;
  }
}

function pairKey(unit: string, proposal: string | null): string {
  return `${unit} ${proposal ?? ''}`;
}
