import { candidates } from './candidates.ts';
import type { ScoredEdges } from './edge-list.ts';
import { laterValues, type Choice, type FrozenFacts } from './facts.ts';
import { HUNDREDTHS } from './points.ts';
import type { MatchInput, Pair } from './solver/input.ts';

/** The solver's needs are proposals, its units are offers. */
export interface Question extends MatchInput {
  readonly edges: ScoredEdges;
  /** Why offers are no candidates, counted: `stopped[proposal × REASONS.length + reason]`. */
  readonly stopped: Int32Array;
}

/**
 * Turns frozen facts into the question for `matchNeeds`: filters first, then points. What a filter stops, nobody
 * can choose either: the solver then refuses the choice as `MATCHING_PIN_NOT_CANDIDATE`.
 */
export function askQuestion(facts: FrozenFacts, choices: readonly Choice[] = [], onProgress?: (done: number) => void): Question {
  const { outsidePenalty } = facts.policy.values;
  const { rule } = laterValues(facts.policy.values);
  return {
    needs: facts.proposals.map(({ id }) => ({ id })),
    units: facts.offers.map(({ id, capacity }) => ({ id, capacity })),
    ...candidates(facts, choices, onProgress),
    rule,
    penalties: facts.proposals.map(({ urgency }) => outsidePenalty * HUNDREDTHS * urgency),
    pinned: choices.flatMap(({ proposalId, offerId, forbid }): Pair[] => (offerId === null || forbid ? [] : [{ need: proposalId, unit: offerId }])),
    seed: facts.seed,
  };
}
