import { checkPlan } from './check.ts';
import type { Decision } from './decision.ts';
import { valueOf } from './difference.ts';
import { explainPlan } from './explain.ts';
import type { Choice, FrozenFacts } from './facts.ts';
import { askQuestion } from './scoring.ts';
import type { Plan } from './solver/input.ts';
import { answer, matchNeeds } from './solver/match-needs.ts';

export interface ProvedPlan {
  readonly plan: Plan;
  /** Worked out while they are read; only once. */
  readonly decisions: Iterable<Decision>;
}

/** `done` of `total` steps of a phase. */
export type OnPhase = (phase: 'candidates' | 'solving' | 'checking' | 'explaining', done: number, total: number) => void;

/**
 * From frozen facts to a plan that the independent checker has proved, with a reason for every pair. Refuses what
 * `checkInput` refuses; a plan that cannot be proved is a defect and leaves nothing behind.
 */
export function provedPlan(facts: FrozenFacts, choices: readonly Choice[], inputHash: string, onPhase: OnPhase = () => {}): ProvedPlan {
  const total = facts.proposals.length;
  const question = askQuestion(facts, choices, (done) => onPhase('candidates', done, total));
  const { plan, solution } = answer(question, { onProgress: (done, of) => onPhase('solving', done, of) });
  onPhase('checking', 0, total);
  const [finding] = checkPlan(question, plan);
  if (finding) throw new Error(`the plan is not proved: ${finding.code} at ${finding.at}`);
  return { plan, decisions: explainPlan({ facts, choices, question, plan, solution, inputHash }) };
}

/** What the best plan is worth when nobody chooses anything, in hundredths of points. */
export function bestValueOf(facts: FrozenFacts): number {
  return valueOf(matchNeeds(askQuestion(facts)));
}
