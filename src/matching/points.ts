import { laterValues, type FrozenFacts, type OfferFacts, type ProposalFacts } from './facts.ts';
import { Wordings } from './likeness.ts';

/** Published order of the columns in `parts`. */
export const SCORE_PARTS = ['category', 'distance', 'capacity', 'funds', 'grade', 'load', 'text', 'preference'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];

/** Scores and prices count hundredths of the policy's points, so that no part is ever rounded. */
export const HUNDREDTHS = 100;

type MatchingValues = FrozenFacts['policy']['values'];

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

type Kind = Pick<ProposalFacts, 'category' | 'capability' | 'communityId' | 'office'>;

/**
 * Points for pairs of one run, in hundredths: weight × how well the point is met in whole percent. What is the same for
 * every proposal of one kind and place (`settled`) is kept apart from what each pair must be asked for.
 */
export class Points {
  readonly weights: Record<ScorePart, number>;
  readonly #offers: readonly OfferFacts[];
  /** Capacity, grade and load: by offer alone. */
  readonly #capacity: Int32Array;
  readonly #grade: Int32Array;
  readonly #load: Int32Array;
  readonly #funds: Float64Array;
  readonly #inCategory: ReadonlyMap<string, Uint8Array>;
  readonly #pairedWith: ReadonlyMap<string, Uint8Array>;
  readonly #pairedOffices: ReadonlyMap<string, Uint8Array>;
  readonly #neighbourPercent: number;
  readonly #none: Uint8Array;
  readonly #wordings: Wordings;
  #category: Uint8Array;
  #capability: Uint8Array;
  #paired: Uint8Array;
  #neighbours: Uint8Array;

  constructor({ policy, offers }: Pick<FrozenFacts, 'policy' | 'offers'>) {
    this.weights = weights(policy.values);
    this.#offers = offers;
    // A unit without a record is taken for an average one: newcomers are neither favoured nor kept out.
    const ungraded = average(offers.flatMap(({ gradePercent }) => gradePercent ?? []));
    this.#capacity = Int32Array.from(offers, (offer) => this.weights.capacity * share(offer.capacity, offer.registeredCapacity));
    this.#grade = Int32Array.from(offers, ({ gradePercent }) => this.weights.grade * (gradePercent ?? ungraded));
    this.#load = Int32Array.from(offers, ({ load }) => this.weights.load * Math.floor(100 / (1 + load)));
    this.#funds = Float64Array.from(offers, ({ fundsFen }) => fundsFen);
    this.#inCategory = flags(offers, ({ categories }) => categories);
    this.#pairedWith = flags(offers, ({ pairedWith }) => pairedWith);
    this.#pairedOffices = flags(offers, ({ pairedOffices = [] }) => pairedOffices);
    this.#neighbourPercent = laterValues(policy.values).neighbourPercent;
    this.#none = new Uint8Array(offers.length);
    this.#wordings = new Wordings(offers.map(({ text }) => text));
    this.#category = this.#capability = this.#paired = this.#neighbours = this.#none;
  }

  /** From now on answers are about proposals of this kind in that community. */
  ofKind({ category, capability, communityId, office }: Kind): void {
    this.#category = this.#inCategory.get(category) ?? this.#none;
    this.#capability = this.#inCategory.get(capability) ?? this.#none;
    this.#paired = this.#pairedWith.get(communityId) ?? this.#none;
    this.#neighbours = (office === undefined ? undefined : this.#pairedOffices.get(office)) ?? this.#none;
  }

  /** Category, distance, capacity, grade and load: the same for all proposals of the kind. */
  settled(at: number): number {
    return this.#categoryPoints(at) + this.#distancePoints(at) + this.#capacity[at]! + this.#grade[at]! + this.#load[at]!;
  }

  funds(budgetFen: number, at: number): number {
    return this.weights.funds * share(this.#funds[at]!, budgetFen);
  }

  /** From now on `text` compares with this proposal, which is of the kind. */
  compareWith({ text }: ProposalFacts): void {
    this.#wordings.compareWith(text);
  }

  /** Only within a category: what else sounds alike says nothing. */
  text(at: number): number {
    return this.#category[at] || this.#capability[at] ? this.weights.text * this.#wordings.percent(at) : 0;
  }

  /** Of the proposal that `compareWith` took last, in the published order. */
  parts(proposal: ProposalFacts, at: number): number[] {
    const points: Record<ScorePart, number> = {
      category: this.#categoryPoints(at),
      distance: this.#distancePoints(at),
      capacity: this.#capacity[at]!,
      funds: this.funds(proposal.budgetFen, at),
      grade: this.#grade[at]!,
      load: this.#load[at]!,
      text: this.text(at),
      preference: this.#offers[at]!.prefers.includes(proposal.id) ? this.weights.preference * 100 : 0,
    };
    return SCORE_PARTS.map((part) => points[part]);
  }

  #categoryPoints(at: number): number {
    const met = this.#category[at]! + (this.#category === this.#capability ? this.#category[at]! : this.#capability[at]!);
    return this.weights.category * met * 50;
  }

  #distancePoints(at: number): number {
    const percent = this.#paired[at] ? 100 : this.#neighbours[at]! * this.#neighbourPercent;
    return this.weights.distance * percent;
  }
}

/** By key: which offers have it. */
function flags(offers: readonly OfferFacts[], keys: (offer: OfferFacts) => readonly string[]): Map<string, Uint8Array> {
  const known = new Map<string, Uint8Array>();
  offers.forEach((offer, at) => {
    for (const key of keys(offer)) {
      const row = known.get(key) ?? new Uint8Array(offers.length);
      row[at] = 1;
      known.set(key, row);
    }
  });
  return known;
}
