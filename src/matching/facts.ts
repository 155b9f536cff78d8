import type { Fen } from '../kernel/money.ts';
import type { LocalDate } from '../kernel/time.ts';
import type { PinnedPolicy } from '../policy/model.ts';

/** What a proposal asks for, as it stands when the run is frozen; nothing about residents. */
export interface ProposalFacts {
  readonly id: string;
  readonly category: string;
  /** What a unit must be able to do to lead it; a code of the same list as the category. */
  readonly capability: string;
  readonly communityId: string;
  /** Org path of the community's office. */
  readonly office?: string | undefined;
  readonly budgetFen: Fen;
  readonly hours: number;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  /** Rank of the most urgent need in it, 1 = routine … 3 = urgent. */
  readonly urgency: number;
  /** Public title and description. */
  readonly text: string;
}

/** What a unit still has to give under one offer, on the day the run is frozen. */
export interface OfferFacts {
  readonly id: string;
  readonly unitId: string;
  readonly categories: readonly string[];
  /** Communities it may serve: those the offer names, or those the unit is paired with. */
  readonly communityIds: readonly string[];
  /** Communities the unit is paired with: they count as near. */
  readonly pairedWith: readonly string[];
  /** Org paths of those communities' offices: their other communities count as neighbours. */
  readonly pairedOffices?: readonly string[] | undefined;
  /** Projects it can still lead, of those it registered. */
  readonly capacity: number;
  readonly registeredCapacity: number;
  /** Not yet pledged. */
  readonly fundsFen: Fen;
  /** Most hours that one project can have. */
  readonly hours: number;
  readonly fromOn: LocalDate;
  /** null = open end. */
  readonly untilOn: LocalDate | null;
  /** Last evaluation of the unit, 0 … 100; null without a record. */
  readonly gradePercent: number | null;
  /** Projects the unit leads today. */
  readonly load: number;
  readonly text: string;
  /** Proposals it asked for. */
  readonly prefers: readonly string[];
}

/** In the order in which they are asked; the first that applies is the answer. `RULED_OUT`: by hand, in this run. */
export const EXCLUSIONS = ['BLACKLIST', 'CONFLICT', 'REFUSED', 'RULED_OUT'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];
export type FilterReason = Exclusion | 'CATEGORY' | 'AREA' | 'DATES' | 'CAPACITY' | 'FUNDS';

/** Why a pair was not compared. `LIMIT`: not among the best so many; `LEFT_OUT`: a person keeps the proposal out of the plan. */
export const REASONS = [...EXCLUSIONS, 'CATEGORY', 'AREA', 'DATES', 'CAPACITY', 'FUNDS', 'LIMIT', 'LEFT_OUT'] as const;
export type StopReason = (typeof REASONS)[number];

/** A unit ruled out for one proposal, or (null) for every one. */
export interface ExcludedUnit {
  readonly unitId: string;
  readonly proposalId: string | null;
  readonly reason: Exclusion;
}

/** A person's change of the plan: this offer, or (null) none, whatever the points say; or anything but this offer. */
export interface Choice {
  readonly proposalId: string;
  readonly offerId: string | null;
  readonly forbid?: boolean | undefined;
}

/** Everything a run is decided by; frozen, hashed and kept, so that the decision can be made again. */
export interface FrozenFacts {
  readonly proposals: readonly ProposalFacts[];
  readonly offers: readonly OfferFacts[];
  readonly excluded: readonly ExcludedUnit[];
  readonly policy: PinnedPolicy<'matching'>;
  /** Published; draws the order that tells equal plans apart. */
  readonly seed: number;
}

/** So that the strongest reason is the one that stays. */
export function strongestLast(excluded: readonly ExcludedUnit[]): ExcludedUnit[] {
  return [...excluded].sort((a, b) => EXCLUSIONS.indexOf(b.reason) - EXCLUSIONS.indexOf(a.reason));
}

type MatchingValues = PinnedPolicy<'matching'>['values'];

/** Values that came later: a run that was pinned before goes on as it was, with every candidate and no neighbours. */
export function laterValues(values: Partial<MatchingValues>): Pick<MatchingValues, 'candidatesPerNeed' | 'rule' | 'neighbourPercent'> {
  const { candidatesPerNeed = Infinity, rule = 'optimal', neighbourPercent = 0 } = values;
  return { candidatesPerNeed, rule, neighbourPercent };
}

export class HardFilters {
  readonly #policy: MatchingValues;
  /** By unit, then by proposal; null = every one. */
  readonly #excluded = new Map<string, Map<string | null, Exclusion>>();

  constructor(policy: MatchingValues, excluded: readonly ExcludedUnit[]) {
    this.#policy = policy;
    for (const { unitId, proposalId, reason } of strongestLast(excluded)) {
      this.#excluded.set(unitId, (this.#excluded.get(unitId) ?? new Map<string | null, Exclusion>()).set(proposalId, reason));
    }
  }

  /** Why the offer cannot lead the proposal; undefined = it can. */
  reason(proposal: ProposalFacts, offer: OfferFacts): FilterReason | undefined {
    return this.#exclusion(proposal, offer) ?? this.#mismatch(proposal, offer) ?? this.#shortage(proposal, offer);
  }

  #exclusion(proposal: ProposalFacts, offer: OfferFacts): Exclusion | undefined {
    const own = this.#excluded.get(offer.unitId);
    return own?.get(null) ?? own?.get(proposal.id);
  }

  #mismatch(proposal: ProposalFacts, offer: OfferFacts): FilterReason | undefined {
    if (this.#policy.filterCategory && !offer.categories.includes(proposal.capability)) return 'CATEGORY';
    if (this.#policy.filterArea && !offer.communityIds.includes(proposal.communityId)) return 'AREA';
    const whole = offer.fromOn <= proposal.fromOn && (offer.untilOn === null || offer.untilOn >= proposal.untilOn);
    return this.#policy.filterDates && !whole ? 'DATES' : undefined;
  }

  #shortage(proposal: ProposalFacts, offer: OfferFacts): FilterReason | undefined {
    if (offer.capacity < 1 || offer.hours < proposal.hours) return 'CAPACITY';
    return this.#policy.filterFunds && offer.fundsFen < proposal.budgetFen ? 'FUNDS' : undefined;
  }
}
