import type { Choice, Exclusion, FrozenFacts } from './facts.ts';
import type { HumanDecisionOn } from './human.ts';
import { SCORE_PARTS, type ScorePart } from './points.ts';
import type { Question } from './scoring.ts';
import type { Pair, Plan } from './solver/input.ts';

/**
 * What an auditor needs to prove a plan without the project: `tools/verify-plan.mjs` reads it. Ids and points
 * only. Edges refer to needs and units by index and carry the points of each part.
 */
export interface PlanFile {
  readonly format: 'cobuild.plan/1';
  /** SHA-256 of the frozen facts, as the journal holds it. */
  readonly inputHash: string;
  readonly question: {
    readonly rule: Plan['rule'];
    readonly seed: number;
    readonly scoreParts: readonly ScorePart[];
    readonly needs: readonly { readonly id: string; readonly penalty: number }[];
    readonly units: readonly { readonly id: string; readonly capacity: number }[];
    readonly edges: readonly (readonly [need: number, unit: number, parts: readonly number[]])[];
    readonly pinned: readonly Pair[];
    /** Pairs that must not appear, with the reason; `need` null: the unit altogether. */
    readonly excluded: readonly { readonly need: string | null; readonly unit: string; readonly reason: Exclusion }[];
  };
  readonly plan: Plan;
  /** What people changed, and who confirmed; reasons by their ids. */
  readonly humanDecisions: readonly HumanDecisionOn[];
}

export interface Exported {
  readonly facts: FrozenFacts;
  readonly question: Question;
  readonly plan: Plan;
  readonly inputHash: string;
  readonly choices: readonly Choice[];
  readonly humanDecisions: readonly HumanDecisionOn[];
}

export function planFile({ facts, question, plan, inputHash, choices, humanDecisions }: Exported): PlanFile {
  const { edges } = question;
  const width = SCORE_PARTS.length;
  return {
    format: 'cobuild.plan/1',
    inputHash,
    question: {
      rule: question.rule,
      seed: question.seed,
      scoreParts: SCORE_PARTS,
      needs: question.needs.map(({ id }, row) => ({ id, penalty: question.penalties[row]! })),
      units: question.units,
      edges: Array.from(edges.need, (need, row) => [
        need,
        edges.unit[row]!,
        [...edges.parts.subarray(row * width, (row + 1) * width)],
      ]),
      pinned: question.pinned ?? [],
      excluded: [...declared(facts), ...ruledOut(choices)],
    },
    plan,
    humanDecisions,
  };
}

type Excluded = PlanFile['question']['excluded'][number];

function declared({ excluded, offers }: FrozenFacts): Excluded[] {
  const offersOf = new Map<string, string[]>();
  for (const { id, unitId } of offers) offersOf.set(unitId, [...(offersOf.get(unitId) ?? []), id]);
  return excluded.flatMap(({ unitId, proposalId, reason }) => (offersOf.get(unitId) ?? []).map((unit) => ({ need: proposalId, unit, reason })));
}

function ruledOut(choices: readonly Choice[]): Excluded[] {
  return choices.flatMap(({ proposalId, offerId, forbid }) => (forbid && offerId !== null ? [{ need: proposalId, unit: offerId, reason: 'RULED_OUT' }] : []));
}
