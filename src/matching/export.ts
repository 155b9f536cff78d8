import type { Exclusion, FrozenFacts } from './facts.ts';
import { SCORE_PARTS, type Question, type ScorePart } from './scoring.ts';
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
    readonly rule: 'optimal';
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
}

export function planFile(facts: FrozenFacts, question: Question, plan: Plan, inputHash: string): PlanFile {
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
      excluded: facts.excluded.flatMap(({ unitId, proposalId, reason }) =>
        facts.offers.filter((offer) => offer.unitId === unitId).map(({ id }) => ({ need: proposalId, unit: id, reason })),
      ),
    },
    plan,
  };
}
