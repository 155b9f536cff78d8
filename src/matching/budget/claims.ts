import { drawOrder } from '../solver/lots.ts';
import type { BudgetInput, TieGroup } from './model.ts';

/** One eligible project, as the rules see it. */
export interface Claim {
  readonly id: string;
  readonly cost: number;
  readonly group: string | undefined;
  readonly score: number;
  readonly low: number;
  readonly high: number;
  readonly votes: number;
  /** Place in the panel's order; those it left out share the place after its last. */
  readonly panel: number;
  /** Place in the published draw. */
  readonly lot: number;
}

/** Who competes, in the published order, so that the order of the rows decides nothing. */
export interface Claims {
  readonly eligible: readonly Claim[];
  /** Below the threshold, or dearer than the whole budget. */
  readonly belowThreshold: readonly Claim[];
  readonly overBudget: readonly Claim[];
}

export function claimsOf(input: BudgetInput): Claims {
  const scores = new Map((input.scores ?? []).map((it) => [it.project, it]));
  const votes = votesOf(input);
  const panel = new Map((input.tieBreak.panel ?? []).map((id, place) => [id, place]));
  const order = drawOrder(input.tieBreak.seed, input.projects.map(({ id }) => id));
  const all = Array.from(order, (row, lot): Claim => {
    const { id, cost, group } = input.projects[row]!;
    const { score = 0, low = score, high = score } = scores.get(id) ?? {};
    return { id, cost, group, score, low, high, votes: votes.get(id) ?? 0, panel: panel.get(id) ?? panel.size, lot };
  });
  const threshold = input.eligibleFrom ?? -Infinity;
  const passed = all.filter(({ score }) => score >= threshold);
  return {
    eligible: passed.filter(({ cost }) => cost <= input.budget),
    belowThreshold: all.filter(({ score }) => score < threshold),
    overBudget: passed.filter(({ cost }) => cost > input.budget),
  };
}

function votesOf({ ballots = [] }: BudgetInput): Map<string, number> {
  const votes = new Map<string, number>();
  for (const { approves, count = 1 } of ballots) {
    for (const id of approves) votes.set(id, (votes.get(id) ?? 0) + count);
  }
  return votes;
}

/** Orders equal claims by the published criteria; never 0 for two different claims. */
export type Preference = (a: Claim, b: Claim) => number;

const CRITERIA = {
  votes: (a: Claim, b: Claim) => b.votes - a.votes,
  cost: (a: Claim, b: Claim) => a.cost - b.cost,
  panel: (a: Claim, b: Claim) => a.panel - b.panel,
  draw: (a: Claim, b: Claim) => a.lot - b.lot,
} as const satisfies Record<TieGroup['decidedBy'], Preference>;

function criteriaOf(by: readonly ('votes' | 'cost')[]): TieGroup['decidedBy'][] {
  return [...by, 'panel', 'draw'];
}

export function preferenceOf(by: readonly ('votes' | 'cost')[]): Preference {
  const criteria = criteriaOf(by);
  return (a, b) => {
    for (const name of criteria) {
      const difference = CRITERIA[name](a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

/** The criterion that told the winner apart from the closest of the others. */
export function decidingCriterion(by: readonly ('votes' | 'cost')[], winner: Claim, others: readonly Claim[]): TieGroup['decidedBy'] {
  const criteria = criteriaOf(by);
  const at = others.map((other) => criteria.findIndex((name) => CRITERIA[name](winner, other) !== 0));
  return criteria[Math.max(...at)] ?? 'draw';
}
