import { HardFilters, type FilterReason, type FrozenFacts } from './facts.ts';
import { SCORE_PARTS, type Question, type ScorePart } from './scoring.ts';
import type { Certificate } from './solver/input.ts';
import { WhatIf, type Losses } from './solver/losses.ts';
import { planOf } from './solver/match-needs.ts';
import { NONE } from './solver/problem.ts';
import type { Solution } from './solver/reduced.ts';

/**
 * Why an eligible unit was not chosen: `OUTBID` its places are worth more to the plan elsewhere ·
 * `LESS_FITTING` the proposal is better off where it is · `DRAWN` equally good, the published order decided ·
 * `SETTLED` every place there is held by a chosen pair · `LEFT_OUT` a person keeps the proposal out of the plan.
 */
export type AlternativeReason = FilterReason | 'OUTBID' | 'LESS_FITTING' | 'DRAWN' | 'SETTLED' | 'LEFT_OUT';

/** Points are hundredths of the policy's. */
export interface Scored {
  /** The offer, and whose it is. */
  readonly target: string;
  readonly unitId: string;
  readonly score: number;
  readonly scoreParts: Readonly<Record<ScorePart, number>>;
}

export interface Alternative extends Partial<Scored> {
  readonly target: string;
  readonly unitId: string;
  readonly eligible: boolean;
  readonly reasonCode: AlternativeReason;
  /** What one more place at this unit would add to the plan, in points. */
  readonly clearingPrice?: number;
  /** What the whole plan would lose if the proposal went there and the rest were planned anew; exact. */
  readonly margin?: number;
  /** Lowest score among those who hold a place there: a number only, never whose. */
  readonly lastIn?: number;
}

/** Data of the sentence "needs +37 points, or one more place at this unit". */
export interface Counterfactual {
  readonly target: string;
  /** With this many more points the proposal would go there for certain. */
  readonly pointsNeeded: number;
  readonly onePlaceMore: boolean;
}

export interface Decision {
  readonly subject: string;
  readonly outcome: 'matched' | 'unmatched' | 'settled';
  readonly ruleId: 'matching.optimal';
  /** Version of the pinned policy pack. */
  readonly ruleVersion: number;
  readonly inputHash: string;
  readonly seed: number;
  readonly best?: Scored;
  /** Eligible ones by what they would cost the plan, then those that a filter stopped. */
  readonly alternatives: readonly Alternative[];
  readonly runnerUp?: string;
  readonly counterfactual?: Counterfactual;
  readonly certificate: Certificate;
}

/** One decision object for each proposal, in the published order. `inputHash` names the frozen facts. */
export function explainPlan(facts: FrozenFacts, question: Question, solution: Solution, inputHash: string): Decision[] {
  const explainer = new Explainer(facts, question, solution);
  const plan = planOf(question, solution);
  return plan.placed.map(({ need }) => ({
    ruleId: 'matching.optimal',
    ruleVersion: facts.policy.version,
    inputHash,
    seed: facts.seed,
    certificate: plan.certificate,
    ...explainer.explain(need),
  }));
}

type Explained = Pick<Decision, 'subject' | 'outcome' | 'best' | 'alternatives' | 'runnerUp' | 'counterfactual'>;

class Explainer {
  readonly #facts: FrozenFacts;
  readonly #question: Question;
  readonly #solution: Solution;
  readonly #filters: HardFilters;
  readonly #whatIf: WhatIf;
  readonly #rowOf: ReadonlyMap<string, number>;
  readonly #solvedAt: ReadonlyMap<number, number>;
  readonly #pinnedEdge: ReadonlyMap<number, number>;
  readonly #lastIn: ReadonlyMap<number, number>;

  constructor(facts: FrozenFacts, question: Question, solution: Solution) {
    const { problem, placement } = solution;
    this.#facts = facts;
    this.#question = question;
    this.#solution = solution;
    this.#filters = new HardFilters(facts.policy.values, facts.excluded);
    this.#whatIf = new WhatIf(solution);
    this.#rowOf = new Map(question.needs.map(({ id }, row) => [id, row]));
    this.#solvedAt = new Map(Array.from(problem.needRow, (row, at) => [row, at]));
    this.#pinnedEdge = new Map(problem.pinned.map(({ needRow, edgeRow }) => [needRow, edgeRow]));
    const held = Array.from(placement.edgeOf).filter((edge) => edge !== NONE).map((edge) => problem.edgeRow[edge]!);
    this.#lastIn = lowestScores(question, [...held, ...this.#pinnedEdge.values()]);
  }

  explain(subject: string): Explained {
    const row = this.#rowOf.get(subject)!;
    const pinned = this.#pinnedEdge.get(row);
    if (pinned !== undefined) return { subject, outcome: 'settled', best: this.#scored(pinned), alternatives: [] };

    const { problem, placement } = this.#solution;
    const need = this.#solvedAt.get(row)!;
    const chosen = placement.edgeOf[need]!;
    const losses = this.#whatIf.losses(need);
    const eligible = this.#eligible(need, losses);
    const [next] = eligible.filter(({ alternative }) => alternative.margin !== undefined);
    return {
      subject,
      outcome: chosen === NONE ? 'unmatched' : 'matched',
      ...(chosen !== NONE && { best: this.#scored(problem.edgeRow[chosen]!) }),
      alternatives: [...eligible.map(({ alternative }) => alternative), ...this.#stopped(row, need)],
      ...(next && { runnerUp: next.alternative.target, counterfactual: counterfactual(next) }),
    };
  }

  #eligible(need: number, losses: Losses): Considered[] {
    const { problem, placement, prices } = this.#solution;
    const start = problem.start[need]!;
    const considered = [...losses.onEdge.keys()].map((at): Considered & { order: number } => {
      const edge = start + at;
      const unit = problem.unit[edge]!;
      const loss = losses.onEdge[at]!;
      const lastIn = this.#lastIn.get(problem.unitRow[unit]!);
      return {
        order: edge === placement.edgeOf[need] ? NONE : at,
        onePlaceMore: losses.onePlaceMore[at]!,
        alternative: {
          ...this.#scored(problem.edgeRow[edge]!),
          eligible: true,
          reasonCode: reasonOf(loss, problem.score[edge]! > placement.valueOf(need)),
          clearingPrice: prices[unit]!,
          ...(loss < Infinity && { margin: loss }),
          ...(lastIn !== undefined && { lastIn }),
        },
      };
    });
    return considered
      .filter(({ order }) => order !== NONE)
      .sort((a, b) => (a.alternative.margin ?? Infinity) - (b.alternative.margin ?? Infinity) || a.order - b.order);
  }

  #stopped(row: number, need: number): Alternative[] {
    const { problem } = this.#solution;
    const open = new Set(problem.unit.subarray(problem.start[need]!, problem.start[need + 1]!));
    return Array.from(problem.unitRow).flatMap((unitRow, unit): Alternative[] => {
      if (open.has(unit)) return [];
      const offer = this.#facts.offers[unitRow]!;
      const reasonCode = this.#filters.reason(this.#facts.proposals[row]!, offer) ?? 'LEFT_OUT';
      return [{ target: offer.id, unitId: offer.unitId, eligible: false, reasonCode }];
    });
  }

  #scored(edgeRow: number): Scored {
    const { edges } = this.#question;
    const { id, unitId } = this.#facts.offers[edges.unit[edgeRow]!]!;
    const from = edgeRow * SCORE_PARTS.length;
    const parts = SCORE_PARTS.map((part, at) => [part, edges.parts[from + at]!] as const);
    return {
      target: id,
      unitId,
      score: edges.score[edgeRow]!,
      scoreParts: Object.fromEntries(parts) as Record<ScorePart, number>,
    };
  }
}

interface Considered {
  readonly alternative: Alternative;
  readonly onePlaceMore: boolean;
}

function reasonOf(loss: number, betterForItself: boolean): AlternativeReason {
  if (loss === Infinity) return 'SETTLED';
  if (loss === 0) return 'DRAWN';
  return betterForItself ? 'OUTBID' : 'LESS_FITTING';
}

function counterfactual({ alternative, onePlaceMore }: Considered): Counterfactual {
  return { target: alternative.target, pointsNeeded: alternative.margin! + 1, onePlaceMore };
}

function lowestScores(question: Question, heldEdges: readonly number[]): Map<number, number> {
  const lowest = new Map<number, number>();
  for (const edge of heldEdges) {
    const unit = question.edges.unit[edge]!;
    lowest.set(unit, Math.min(lowest.get(unit) ?? Infinity, question.edges.score[edge]!));
  }
  return lowest;
}
