import type { Claim, Claims } from './claims.ts';
import type { Allocation, BudgetCounterfactual, BudgetDecision, BudgetInput, BudgetReason } from './model.ts';
import type { Outcome } from './outcome.ts';

/** The outcome told project by project; `without` is the outcome that the floors changed. */
export function decide(input: BudgetInput, claims: Claims, outcome: Outcome, without?: Outcome): Allocation {
  const valueOf = (funded: readonly Claim[]): number =>
    funded.reduce((sum, { score, votes }) => sum + (input.rule === 'equal-shares' ? votes : score), 0);
  const spent = sumOfCosts(outcome.funded);
  const { ties = [], nearLine = [], best, endowment } = outcome;
  const added = outcome.funded.filter((claim) => without && !without.funded.includes(claim));
  const displaced = without?.funded.filter((claim) => !outcome.funded.includes(claim)) ?? [];
  return {
    rule: input.rule,
    completion: input.completion,
    funded: namesOf(outcome.funded),
    spent,
    left: input.budget - spent,
    value: valueOf(outcome.funded),
    ...(best && { best }),
    ...(endowment && { endowment }),
    decisions: decisionsOf(input, claims, outcome, new Set(displaced)),
    ties,
    nearLine: namesOf(nearLine),
    floors: (input.floors ?? []).map(({ group, least }) => ({
      group,
      least,
      spent: sumOfCosts(outcome.funded.filter((claim) => claim.group === group)),
    })),
    ...(without && {
      floorsPrice: { valueWithout: valueOf(without.funded), displaced: namesOf(displaced), added: namesOf(added) },
    }),
  };
}

function namesOf(claims: readonly Claim[]): string[] {
  return claims.map(({ id }) => id);
}

function sumOfCosts(claims: readonly Claim[]): number {
  return claims.reduce((sum, { cost }) => sum + cost, 0);
}

/** In the published order. */
function decisionsOf(input: BudgetInput, claims: Claims, outcome: Outcome, displaced: ReadonlySet<Claim>): BudgetDecision[] {
  const funded = new Set(outcome.funded);
  const undecided = new Set(outcome.undecided);
  const nearLine = new Set(outcome.nearLine);
  const below = new Set(claims.belowThreshold);
  const reasonOf = (claim: Claim): BudgetReason => {
    if (below.has(claim)) return 'SCORE';
    if (claims.overBudget.includes(claim)) return 'BUDGET';
    if (undecided.has(claim)) return 'NEAR_LINE';
    if (displaced.has(claim)) return 'FLOOR';
    if (outcome.tied.has(claim)) return 'TIE';
    if (input.rule === 'knapsack') return 'OUTBID';
    return input.rule === 'equal-shares' && outcome.support?.get(claim)?.shortBy !== 0 ? 'SUPPORT' : 'BUDGET';
  };
  const all = [...claims.eligible, ...claims.belowThreshold, ...claims.overBudget].sort((a, b) => a.lot - b.lot);
  return all.map((claim) => {
    const isOpen = undecided.has(claim);
    const isRejected = !funded.has(claim) && !isOpen;
    const support = outcome.support?.get(claim);
    const counterfactual = isRejected ? counterfactualOf(input, claim, below.has(claim), outcome) : undefined;
    const threshold = input.eligibleFrom ?? -Infinity;
    const crosses = nearLine.has(claim) || (claim.low < threshold && claim.high >= threshold);
    return {
      project: claim.id,
      outcome: isOpen ? 'undecided' : isRejected ? 'rejected' : 'funded',
      ...((isRejected || isOpen) && { reasonCode: reasonOf(claim) }),
      ...(input.scores && { score: claim.score, crossesLine: crosses }),
      ...(input.ballots && { votes: claim.votes }),
      ...(support && { support }),
      ...(counterfactual && { counterfactual }),
    };
  });
}

function counterfactualOf(input: BudgetInput, claim: Claim, isBelow: boolean, outcome: Outcome): BudgetCounterfactual | undefined {
  if (isBelow) return { kind: 'threshold', points: input.eligibleFrom! - claim.score };
  if (claim.cost > input.budget) return undefined;
  const shortBy = outcome.support?.get(claim)?.shortBy ?? 0;
  if (shortBy > 0) return { kind: 'money', fen: shortBy };
  const points = outcome.pointsMissing(claim);
  return points === undefined ? undefined : { kind: 'points', points };
}
