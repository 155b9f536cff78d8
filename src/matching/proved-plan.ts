import { checkPlan } from './check.ts';
import { explainPlan, type Decision } from './explain.ts';
import type { Choice, FrozenFacts } from './facts.ts';
import { askQuestion, type Question } from './scoring.ts';
import type { Plan } from './solver/input.ts';
import { planOf, solve } from './solver/match-needs.ts';
import { buildProblem } from './solver/problem.ts';

export interface ProvedPlan {
  readonly question: Question;
  readonly plan: Plan;
  readonly decisions: readonly Decision[];
}

/**
 * From frozen facts to a plan that the independent checker has proved, with a reason for every pair. Refuses what
 * `checkInput` refuses; a plan that cannot be proved is a defect and leaves nothing behind.
 */
export function provedPlan(facts: FrozenFacts, choices: readonly Choice[], inputHash: string): ProvedPlan {
  const question = askQuestion(facts, choices);
  const solution = solve(buildProblem(question));
  const plan = planOf(question, solution);
  const [finding] = checkPlan(question, plan);
  if (finding) throw new Error(`the plan is not proved: ${finding.code} at ${finding.at}`);
  return { question, plan, decisions: explainPlan(facts, question, solution, inputHash) };
}
