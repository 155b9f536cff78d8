import type { PinnedPolicy } from '../policy/model.ts';
import { HardFilters, type Choice, type FrozenFacts, type OfferFacts, type ProposalFacts } from './facts.ts';
import { bigrams, likenessPercent } from './likeness.ts';
import type { Edges, MatchInput, Pair } from './solver/input.ts';

/** Published order of the columns in `parts`. */
export const SCORE_PARTS = ['category', 'distance', 'capacity', 'funds', 'grade', 'load', 'text', 'preference'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];

/** Scores and prices count hundredths of the policy's points, so that no part is ever rounded. */
export const HUNDREDTHS = 100;

/** Edges with the parts of each score: `parts[edge × SCORE_PARTS.length + part]`. */
export interface ScoredEdges extends Edges {
  readonly need: Int32Array;
  readonly unit: Int32Array;
  readonly score: Int32Array;
  readonly parts: Int32Array;
}

/** The solver's needs are proposals, its units are offers. */
export interface Question extends MatchInput {
  readonly edges: ScoredEdges;
}

type MatchingValues = PinnedPolicy<'matching'>['values'];

function weights(policy: MatchingValues): Record<ScorePart, number> {
  return {
    category: policy.categoryWeight,
    distance: policy.distanceWeight,
    capacity: policy.capacityWeight,
    funds: policy.fundsWeight,
    grade: policy.gradeWeight,
    load: policy.loadWeight,
    text: policy.textWeight,
    preference: policy.preferenceBound,
  };
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 100 : Math.min(100, Math.floor((part * 100) / whole));
}

function average(grades: readonly number[]): number {
  return grades.length === 0 ? 0 : Math.floor(grades.reduce((sum, grade) => sum + grade, 0) / grades.length);
}

/** Points for pairs of one run; what is the same for many pairs is worked out once. */
class Scorer {
  readonly #weights: Record<ScorePart, number>;
  /** A unit without a record is taken for an average one: newcomers are neither favoured nor kept out. */
  readonly #ungraded: number;
  readonly #wordings: ReadonlyMap<string, ReadonlySet<string>>;

  constructor({ policy, proposals, offers }: FrozenFacts) {
    this.#weights = weights(policy.values);
    this.#ungraded = average(offers.flatMap(({ gradePercent }) => gradePercent ?? []));
    this.#wordings = new Map([...proposals, ...offers].map(({ id, text }) => [id, bigrams(text)]));
  }

  /** Hundredths of points, in the published order: weight × how well the point is met in whole percent. */
  parts(proposal: ProposalFacts, offer: OfferFacts): number[] {
    const percent = this.#percents(proposal, offer);
    return SCORE_PARTS.map((part) => this.#weights[part] * percent[part]);
  }

  #percents(proposal: ProposalFacts, offer: OfferFacts): Record<ScorePart, number> {
    const asked = [...new Set([proposal.category, proposal.capability])];
    const met = asked.filter((code) => offer.categories.includes(code));
    const likeness = () => likenessPercent(this.#wordings.get(proposal.id)!, this.#wordings.get(offer.id)!);
    return {
      category: share(met.length, asked.length),
      distance: offer.pairedWith.includes(proposal.communityId) ? 100 : 0,
      capacity: share(offer.capacity, offer.registeredCapacity),
      funds: share(offer.fundsFen, proposal.budgetFen),
      grade: offer.gradePercent ?? this.#ungraded,
      load: Math.floor(100 / (1 + offer.load)),
      text: met.length > 0 ? likeness() : 0,
      preference: offer.prefers.includes(proposal.id) ? 100 : 0,
    };
  }
}

/**
 * Turns frozen facts into the question for `matchNeeds`: filters first, then points. What a filter stops, nobody
 * can choose either: the solver then refuses the choice as `MATCHING_PIN_NOT_CANDIDATE`.
 */
export function askQuestion(facts: FrozenFacts, choices: readonly Choice[] = []): Question {
  const filters = new HardFilters(facts.policy.values, facts.excluded);
  const scorer = new Scorer(facts);
  const leftOut = new Set(choices.filter(({ offerId }) => offerId === null).map(({ proposalId }) => proposalId));
  const need: number[] = [];
  const unit: number[] = [];
  const parts: number[] = [];
  facts.proposals.forEach((proposal, row) => {
    if (leftOut.has(proposal.id)) return;
    facts.offers.forEach((offer, column) => {
      if (filters.reason(proposal, offer)) return;
      need.push(row);
      unit.push(column);
      parts.push(...scorer.parts(proposal, offer));
    });
  });
  const width = SCORE_PARTS.length;
  return {
    needs: facts.proposals.map(({ id }) => ({ id })),
    units: facts.offers.map(({ id, capacity }) => ({ id, capacity })),
    edges: {
      need: Int32Array.from(need),
      unit: Int32Array.from(unit),
      parts: Int32Array.from(parts),
      score: Int32Array.from(need, (_, edge) => sum(parts.slice(edge * width, (edge + 1) * width))),
    },
    rule: 'optimal',
    penalties: facts.proposals.map(({ urgency }) => facts.policy.values.outsidePenalty * HUNDREDTHS * urgency),
    pinned: choices.flatMap(({ proposalId, offerId }): Pair[] => (offerId === null ? [] : [{ need: proposalId, unit: offerId }])),
    seed: facts.seed,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
