import type { Decision } from './decision.ts';
import { OfferNotes } from './explaining/offers.ts';
import { OptimalExplainer } from './explaining/optimal.ts';
import { StableExplainer } from './explaining/stable.ts';
import type { Choice, FrozenFacts } from './facts.ts';
import type { Question } from './scoring.ts';
import { drawOrder } from './solver/lots.ts';
import type { Plan } from './solver/input.ts';
import type { Solution } from './solver/reduced.ts';

export interface Explainable {
  readonly facts: FrozenFacts;
  readonly choices: readonly Choice[];
  readonly question: Question;
  readonly plan: Plan;
  /** What proves an optimal plan; a stable one needs none. */
  readonly solution?: Solution | undefined;
  /** Names the frozen facts. */
  readonly inputHash: string;
}

/** One decision object after the other, in the published order: a whole city's are never held at once. */
export function* explainPlan({ facts, choices, question, plan, solution, inputHash }: Explainable): Generator<Decision> {
  const notes = new OfferNotes(facts, question, choices, drawOrder(facts.seed, facts.offers.map(({ id }) => id)));
  const explainer = solution ? new OptimalExplainer(question, solution, notes) : new StableExplainer(question, plan, notes);
  for (const { need } of plan.placed) {
    yield {
      ruleId: `matching.${plan.rule}`,
      ruleVersion: facts.policy.version,
      inputHash,
      seed: facts.seed,
      ...(plan.certificate && { certificate: plan.certificate }),
      ...explainer.explain(need),
    };
  }
}
