import type { Alternative, AlternativeReason, Explained } from '../decision.ts';
import type { Question } from '../scoring.ts';
import { WhatIf } from '../solver/losses.ts';
import { NONE } from '../solver/problem.ts';
import type { Solution } from '../solver/reduced.ts';
import { lowestScores, type Compared, type OfferNotes } from './offers.ts';

/** Units × edges up to which every margin is worked out exactly: some seconds. */
const MOST_EXACT = 100_000_000;

interface Considered extends Compared {
  readonly order: number;
  /** What the plan would lose: exactly, or at least. */
  readonly loss: number;
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
    const losses = this.#whatIf?.losses(need);
    const considered = this.#considered(need, losses?.onEdge);
    const [next] = losses ? considered.filter(({ loss }) => loss < Infinity) : [];
    return {
      subject,
      outcome: best ? 'matched' : 'unmatched',
      ...(best && { best }),
      ...this.#notes.alternatives(row, considered, best),
      ...(next && {
        runnerUp: next.describe().target,
        counterfactual: { target: next.describe().target, pointsNeeded: next.loss + 1, onePlaceMore: losses!.onePlaceMore[next.order]! },
      }),
    };
  }

  /** All candidates but the chosen one, those that cost the plan least first; without exact losses those by prices. */
  #considered(need: number, exact: Float64Array | undefined): Considered[] {
    const { problem, placement } = this.#solution;
    const start = problem.start[need]!;
    const own = placement.edgeOf[need] === NONE ? -Infinity : problem.score[placement.edgeOf[need]!]!;
    const considered: Considered[] = [];
    for (let edge = start; edge < problem.start[need + 1]!; edge++) {
      if (edge === placement.edgeOf[need]) continue;
      const loss = exact?.[edge - start] ?? this.#solution.lossOnEdge(need, edge);
      const reasonCode = reasonOf(loss, problem.score[edge]! > own);
      considered.push({ order: edge - start, loss, reasonCode, describe: () => this.#describe(edge, reasonCode, loss, exact !== undefined) });
    }
    return considered.sort((a, b) => a.loss - b.loss || a.order - b.order);
  }

  #describe(edge: number, reasonCode: AlternativeReason, loss: number, isExact: boolean): Alternative {
    const { problem, prices } = this.#solution;
    const unit = problem.unit[edge]!;
    const lastIn = this.#lastIn.get(problem.unitRow[unit]!);
    const { target, unitId, score, scoreParts } = this.#notes.scored(problem.edgeRow[edge]!);
    const described: Writable<Alternative> = { target, unitId, score, scoreParts, eligible: true, reasonCode, clearingPrice: prices[unit]! };
    if (loss !== Infinity) {
      if (isExact) described.margin = loss;
      else described.marginAtLeast = loss;
    }
    if (lastIn !== undefined) described.lastIn = lastIn;
    return described;
  }
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function reasonOf(loss: number, betterForItself: boolean): AlternativeReason {
  if (loss === Infinity) return 'SETTLED';
  if (loss === 0) return 'DRAWN';
  return betterForItself ? 'OUTBID' : 'LESS_FITTING';
}
