import { Refusal, refuse } from '../../kernel/refusal.ts';
import { electorateOf } from './ballots.ts';
import { checkBudgetInput } from './check-input.ts';
import { claimsOf, preferenceOf, type Claim, type Preference } from './claims.ts';
import { endowmentRaise } from './completion.ts';
import { decide } from './decide.ts';
import { explainedShares } from './equal-shares.ts';
import { fundInOrder } from './floors.ts';
import { fundByScore, pointsMissing } from './greedy.ts';
import { knapsackBound, solveKnapsack } from './knapsack.ts';
import type { Allocation, BudgetInput, TieGroup } from './model.ts';
import type { Outcome } from './outcome.ts';

/**
 * Which projects the budget pays for, why, and at what price. Refuses what `checkBudgetInput` refuses, floors that no
 * choice meets (`BUDGET_FLOORS_UNREACHABLE`) and what is too large to solve exactly (`BUDGET_TOO_LARGE`,
 * `BUDGET_TOO_MANY_STEPS`). The same for every order of the rows.
 */
export function allocateBudget(input: BudgetInput): Allocation {
  checkBudgetInput(input);
  const claims = claimsOf(input);
  const outcome = fund(input, claims.eligible);
  if (!input.floors?.length) return decide(input, claims, outcome);
  return decide(input, claims, outcome, fund({ ...input, floors: [] }, claims.eligible));
}

function fund(input: BudgetInput, claims: readonly Claim[]): Outcome {
  const preference = preferenceOf(input.tieBreak.by);
  switch (input.rule) {
    case 'score-greedy':
      return byScore(input, claims, preference);
    case 'knapsack':
      return byKnapsack(input, claims.toSorted(preference));
    case 'equal-shares':
      return byEqualShares(input, claims, preference);
  }
}

function byScore(input: BudgetInput, claims: readonly Claim[], preference: Preference): Outcome {
  const greedy = fundByScore(input, claims, preference);
  return {
    ...greedy,
    tied: tiedLosers(greedy.ties, claims),
    best: bestValue(input, claims),
    pointsMissing: (loser) => pointsMissing(input, claims, preference, loser),
  };
}

function tiedLosers(ties: readonly TieGroup[], claims: readonly Claim[]): Set<Claim> {
  const losers = new Set(ties.flatMap(({ projects, funded }) => projects.filter((id) => !funded.includes(id))));
  return new Set(claims.filter(({ id }) => losers.has(id)));
}

function bestValue(input: BudgetInput, claims: readonly Claim[]): { value: number; isExact: boolean } {
  try {
    const solved = solveKnapsack(claims, input.budget, input.floors ?? []);
    if (solved) return { value: solved.value, isExact: true };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'BUDGET_TOO_LARGE') throw error;
  }
  return { value: knapsackBound(claims, input.budget), isExact: false };
}

/** Re-solving for every loser costs about as much as the first time; larger rounds go without this figure. */
const MOST_EXPLAINED_STATES = 5_000_000;

function byKnapsack(input: BudgetInput, claims: readonly Claim[]): Outcome {
  const floors = input.floors ?? [];
  const solved = solveKnapsack(claims, input.budget, floors);
  if (!solved) refuse('BUDGET_FLOORS_UNREACHABLE', 'rule', { floors: floors.length });
  const isExplained = solved.states * claims.length <= MOST_EXPLAINED_STATES;
  const marginOf = (loser: Claim): number | undefined => {
    if (!isExplained) return undefined;
    const others = claims.filter((claim) => claim !== loser);
    const rest = floors.map((floor) => (floor.group === loser.group ? { ...floor, least: Math.max(0, floor.least - loser.cost) } : floor));
    const forced = solveKnapsack(others, input.budget - loser.cost, rest);
    return forced && solved.value - forced.value - loser.score;
  };
  const chosen = new Set(solved.chosen);
  const margins = new Map(claims.flatMap((claim) => (chosen.has(claim) ? [] : [[claim, marginOf(claim)] as const])));
  return {
    funded: solved.chosen,
    best: { value: solved.value, isExact: true },
    tied: new Set([...margins].flatMap(([claim, margin]) => (margin === 0 ? [claim] : []))),
    pointsMissing: (loser) => {
      const margin = margins.get(loser);
      return margin === undefined ? undefined : margin + 1;
    },
  };
}

function byEqualShares(input: BudgetInput, claims: readonly Claim[], preference: Preference): Outcome {
  const electorate = electorateOf(input, claims);
  const { voters } = electorate;
  if (voters === 0) refuse('BUDGET_BALLOTS_MISSING', 'rule', { at: 'ballots', errors: 1 });
  const raised = endowmentRaise(claims, electorate, input.budget, input.completion, preference, input.increment);
  const run = explainedShares(claims, electorate, input.budget + raised * voters, preference, input.tieBreak.by);
  const isBought = new Set(run.bought);
  const bought = run.bought.map((at) => claims[at]!);
  const byVotes = claims.filter((_, at) => !isBought.has(at)).sort((a, b) => b.votes - a.votes || preference(a, b));
  const fills = input.completion === 'add1+utilitarian';
  const isWanted = new Set(fills ? [...bought, ...byVotes.filter(({ votes }) => votes > 0)] : bought);
  return {
    funded: fundInOrder([...bought, ...byVotes], input.budget, input.floors ?? [], (claim) => isWanted.has(claim)),
    ties: run.ties,
    tied: new Set([...run.tied].map((at) => claims[at]!)),
    endowment: { raised, voters },
    support: new Map([...run.support].map(([at, support]) => [claims[at]!, support])),
    pointsMissing: () => undefined,
  };
}

