import type { Alternative, AlternativeReason, Counterfactual, Explained } from '../decision.ts';
import type { Question } from '../scoring.ts';
import { WhatIf } from '../solver/losses.ts';
import { NONE } from '../solver/problem.ts';
import type { Solution } from '../solver/reduced.ts';
import { lowestScores, type OfferNotes } from './offers.ts';

/** Units × edges up to which every margin is worked out exactly: some seconds. */
const MOST_EXACT = 100_000_000;

interface Considered {
  readonly alternative: Alternative;
  readonly order: number;
  /** Known where margins are exact. */
  readonly onePlaceMore?: boolean;
}

/** Says why each proposal goes where it goes in the best plan as a whole: prices, margins, and what was lacking. */
export class OptimalExplainer {
  readonly #solution: Solution;
  readonly #notes: OfferNotes;
  readonly #whatIf: WhatIf | undefined;
  readonly #rowOf: ReadonlyMap<string, number>;
  readonly #solvedAt: ReadonlyMap<number, number>;
  readonly #pinnedEdge: ReadonlyMap<number, number>;
  readonly #lastIn: ReadonlyMap<number, number>;

  constructor(question: Question, solution: Solution, notes: OfferNotes) {
    const { problem, placement } = solution;
    this.#solution = solution;
    this.#notes = notes;
    this.#whatIf = problem.unitCount * problem.unit.length <= MOST_EXACT ? new WhatIf(solution) : undefined;
    this.#rowOf = new Map(question.needs.map(({ id }, row) => [id, row]));
    this.#solvedAt = new Map(Array.from(problem.needRow, (row, at) => [row, at]));
    this.#pinnedEdge = new Map(problem.pinned.map(({ needRow, edgeRow }) => [needRow, edgeRow]));
    const held = Array.from(placement.edgeOf).filter((edge) => edge !== NONE).map((edge) => problem.edgeRow[edge]!);
    this.#lastIn = lowestScores(question, [...held, ...this.#pinnedEdge.values()]);
  }

  explain(subject: string): Explained {
    const row = this.#rowOf.get(subject)!;
    const pinned = this.#pinnedEdge.get(row);
    if (pinned !== undefined) return { subject, outcome: 'settled', best: this.#notes.scored(pinned), alternatives: [] };

    const { problem, placement } = this.#solution;
    const need = this.#solvedAt.get(row)!;
    const chosen = placement.edgeOf[need]!;
    const best = chosen === NONE ? undefined : this.#notes.scored(problem.edgeRow[chosen]!);
    const considered = this.#whatIf ? this.#exactly(need, this.#whatIf) : this.#roughly(need);
    const sorted = considered
      .filter(({ order }) => order !== NONE)
      .sort((a, b) => marginOf(a) - marginOf(b) || a.order - b.order);
    const [next] = sorted.filter(({ alternative }) => alternative.margin !== undefined);
    return {
      subject,
      outcome: best ? 'matched' : 'unmatched',
      ...(best && { best }),
      ...this.#notes.alternatives(row, sorted.map(({ alternative }) => alternative), best),
      ...(next && { runnerUp: next.alternative.target, counterfactual: counterfactual(next) }),
    };
  }

  #exactly(need: number, whatIf: WhatIf): Considered[] {
    const losses = whatIf.losses(need);
    return Array.from(losses.onEdge, (loss, at) => ({
      ...this.#considered(need, at, loss, loss < Infinity ? { margin: loss } : {}),
      onePlaceMore: losses.onePlaceMore[at]!,
    }));
  }

  #roughly(need: number): Considered[] {
    const { problem } = this.#solution;
    const start = problem.start[need]!;
    return Array.from({ length: problem.start[need + 1]! - start }, (_, at) => {
      const loss = this.#solution.lossOnEdge(need, start + at);
      return this.#considered(need, at, loss, { marginAtLeast: loss });
    });
  }

  #considered(need: number, at: number, loss: number, margin: Pick<Alternative, 'margin' | 'marginAtLeast'>): Considered {
    const { problem, placement, prices } = this.#solution;
    const edge = problem.start[need]! + at;
    const unit = problem.unit[edge]!;
    const lastIn = this.#lastIn.get(problem.unitRow[unit]!);
    return {
      order: edge === placement.edgeOf[need] ? NONE : at,
      alternative: {
        ...this.#notes.scored(problem.edgeRow[edge]!),
        eligible: true,
        reasonCode: reasonOf(loss, problem.score[edge]! > placement.valueOf(need)),
        clearingPrice: prices[unit]!,
        ...margin,
        ...(lastIn !== undefined && { lastIn }),
      },
    };
  }
}

function marginOf({ alternative }: Considered): number {
  return alternative.margin ?? alternative.marginAtLeast ?? Infinity;
}

function reasonOf(loss: number, betterForItself: boolean): AlternativeReason {
  if (loss === Infinity) return 'SETTLED';
  if (loss === 0) return 'DRAWN';
  return betterForItself ? 'OUTBID' : 'LESS_FITTING';
}

function counterfactual({ alternative, onePlaceMore = false }: Considered): Counterfactual {
  return { target: alternative.target, pointsNeeded: alternative.margin! + 1, onePlaceMore };
}
