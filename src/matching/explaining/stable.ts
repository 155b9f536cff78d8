import type { Alternative, AlternativeReason, Explained } from '../decision.ts';
import type { Question } from '../scoring.ts';
import type { Plan } from '../solver/input.ts';
import { lowestScores, type OfferNotes } from './offers.ts';

/** Says why each proposal goes where it goes in a stable plan: the cut-off of every unit that it would rather have. */
export class StableExplainer {
  readonly #question: Question;
  readonly #notes: OfferNotes;
  readonly #rowOf: ReadonlyMap<string, number>;
  readonly #edgesOf: Int32Array;
  readonly #heldBy: ReadonlyMap<string, number>;
  readonly #pinned: ReadonlySet<string>;
  readonly #lastIn: ReadonlyMap<number, number>;

  constructor(question: Question, plan: Plan, notes: OfferNotes) {
    this.#question = question;
    this.#notes = notes;
    this.#rowOf = new Map(question.needs.map(({ id }, row) => [id, row]));
    this.#edgesOf = startsOf(question);
    this.#pinned = new Set((question.pinned ?? []).map(({ need }) => need));
    const held = new Map<string, number>();
    for (const { need, unit } of plan.placed) {
      const edge = this.#edges(this.#rowOf.get(need)!).find((at) => question.units[question.edges.unit[at]!]!.id === unit);
      if (edge !== undefined) held.set(need, edge);
    }
    this.#heldBy = held;
    // Places of chosen pairs are out of reach.
    this.#lastIn = lowestScores(question, [...held].flatMap(([need, edge]) => (this.#pinned.has(need) ? [] : [edge])));
  }

  explain(subject: string): Explained {
    const row = this.#rowOf.get(subject)!;
    const held = this.#heldBy.get(subject);
    const best = held === undefined ? undefined : this.#notes.scored(held);
    if (this.#pinned.has(subject) && best) return { subject, outcome: 'settled', best, alternatives: [] };
    const eligible = this.#edges(row)
      .filter((edge) => edge !== held)
      .map((edge) => this.#alternative(edge, held))
      .sort((a, b) => b.score! - a.score! || (a.target < b.target ? -1 : 1));
    const lacking = ({ lastIn, score }: Alternative): number => lastIn! - score!;
    const [next] = eligible.filter(({ reasonCode }) => reasonCode === 'CUT_OFF').sort((a, b) => lacking(a) - lacking(b));
    return {
      subject,
      outcome: best ? 'matched' : 'unmatched',
      ...(best && { best }),
      ...this.#notes.alternatives(row, eligible.map((offer) => ({ reasonCode: offer.reasonCode, describe: () => offer })), best),
      ...(next && {
        runnerUp: next.target,
        counterfactual: { target: next.target, pointsNeeded: lacking(next) + 1, onePlaceMore: false },
      }),
    };
  }

  /** Rather than its own it would have what scores at least as much; equal ones were told apart by the published order. */
  #alternative(edge: number, held: number | undefined): Alternative {
    const { score, unit } = this.#question.edges;
    const lastIn = this.#lastIn.get(unit[edge]!);
    const rather = held === undefined || score[edge]! >= score[held]!;
    return { ...this.#notes.scored(edge), eligible: true, reasonCode: reasonOf(rather, score[edge]!, lastIn), ...(lastIn !== undefined && { lastIn }) };
  }

  #edges(row: number): number[] {
    const start = this.#edgesOf[row]!;
    return Array.from({ length: this.#edgesOf[row + 1]! - start }, (_, at) => start + at);
  }
}

function reasonOf(rather: boolean, score: number, lastIn: number | undefined): AlternativeReason {
  if (!rather) return 'LESS_FITTING';
  if (lastIn === undefined) return 'SETTLED';
  return score < lastIn ? 'CUT_OFF' : 'DRAWN';
}

/** Edges come in the order of the needs (`EdgeList`). */
function startsOf({ needs, edges }: Question): Int32Array {
  const start = new Int32Array(needs.length + 1);
  for (const need of edges.need) start[need + 1]!++;
  for (let need = 0; need < needs.length; need++) start[need + 1]! += start[need]!;
  return start;
}
