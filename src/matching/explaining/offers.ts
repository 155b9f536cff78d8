import type { Alternative, AlternativeReason, Scored } from '../decision.ts';
import { ExclusionIndex } from '../exclusions.ts';
import { HardFilters, REASONS, type Choice, type FrozenFacts, type StopReason } from '../facts.ts';
import { SCORE_PARTS, type ScorePart } from '../points.ts';
import type { Question } from '../scoring.ts';

/** Up to so many offers each is listed; beyond, people could not read them and a city's plan could not hold them. */
const ALL_LISTED = 50;
/** Candidates listed of a longer list; of the others only the number is kept. */
const FEW = 5;

/** An offer that was compared; it is put into words only where it is listed. */
export interface Compared {
  readonly reasonCode: AlternativeReason;
  describe(): Alternative;
}

/** What is said of offers, whatever the rule. */
export class OfferNotes {
  readonly #facts: FrozenFacts;
  readonly #question: Question;
  readonly #filters: HardFilters;
  readonly #exclusions: ExclusionIndex;
  readonly #leftOut: ReadonlySet<string>;
  /** Offers in the published order. */
  readonly #order: readonly number[];

  constructor(facts: FrozenFacts, question: Question, choices: readonly Choice[], order: Iterable<number>) {
    this.#facts = facts;
    this.#question = question;
    this.#filters = new HardFilters(facts.policy.values, facts.excluded);
    this.#exclusions = new ExclusionIndex(facts, choices);
    this.#leftOut = new Set(choices.filter(({ offerId, forbid }) => offerId === null && !forbid).map(({ proposalId }) => proposalId));
    this.#order = [...order];
  }

  scored(edge: number): Scored {
    const { edges } = this.#question;
    const { id, unitId } = this.#facts.offers[edges.unit[edge]!]!;
    const from = edge * SCORE_PARTS.length;
    // Filled key by key: a city has half a million of them, and lists of pairs in between cost several times as much.
    const scoreParts = {} as Record<ScorePart, number>;
    for (let at = 0; at < SCORE_PARTS.length; at++) scoreParts[SCORE_PARTS[at]!] = edges.parts[from + at]!;
    return { target: id, unitId, score: edges.score[edge]!, scoreParts };
  }

  /** The candidates that are listed, then why every other offer is none: by name while they are few, else by number. */
  alternatives(row: number, compared: readonly Compared[], best?: Scored): { alternatives: Alternative[]; omitted?: Partial<Record<AlternativeReason, number>> } {
    if (this.#order.length <= ALL_LISTED) {
      const eligible = compared.map((offer) => offer.describe());
      const known = new Set([...eligible, ...(best ? [best] : [])].map(({ target }) => target));
      return { alternatives: [...eligible, ...this.#stopped(row, known)] };
    }
    const omitted: Partial<Record<AlternativeReason, number>> = {};
    for (const { reasonCode } of compared.slice(FEW)) omitted[reasonCode] = (omitted[reasonCode] ?? 0) + 1;
    REASONS.forEach((reason, at) => {
      const count = this.#question.stopped[row * REASONS.length + at]!;
      if (count > 0) omitted[reason] = count;
    });
    return { alternatives: compared.slice(0, FEW).map((offer) => offer.describe()), omitted };
  }

  #stopped(row: number, known: ReadonlySet<string>): Alternative[] {
    const proposal = this.#facts.proposals[row]!;
    this.#exclusions.visit(proposal.id);
    const rest: StopReason = this.#leftOut.has(proposal.id) ? 'LEFT_OUT' : 'LIMIT';
    return this.#order.flatMap((at): Alternative[] => {
      const offer = this.#facts.offers[at]!;
      if (known.has(offer.id)) return [];
      const reasonCode = this.#exclusions.reason(at) ?? this.#filters.reason(proposal, offer) ?? rest;
      return [{ target: offer.id, unitId: offer.unitId, eligible: false, reasonCode }];
    });
  }
}

/** Lowest score among those who hold a place at each unit, by the edges they hold. */
export function lowestScores(question: Question, heldEdges: Iterable<number>): Map<number, number> {
  const lowest = new Map<number, number>();
  for (const edge of heldEdges) {
    const unit = question.edges.unit[edge]!;
    lowest.set(unit, Math.min(lowest.get(unit) ?? Infinity, question.edges.score[edge]!));
  }
  return lowest;
}
