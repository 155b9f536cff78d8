import { decidingCriterion, type Claim, type Preference } from './claims.ts';
import { fundInOrder } from './floors.ts';
import type { BudgetInput, TieGroup } from './model.ts';

/** Re-running the rule for every loser is quadratic; larger rounds go without this figure. */
const MOST_EXPLAINED = 1_000;

export interface Greedy {
  /** In the order in which they were funded. */
  readonly funded: readonly Claim[];
  /** Nobody can say yet: their intervals overlap at the line and the panel has not ranked them. */
  readonly undecided: readonly Claim[];
  readonly nearLine: readonly Claim[];
  readonly ties: readonly TieGroup[];
}

export function fundByScore(input: BudgetInput, claims: readonly Claim[], preference: Preference): Greedy {
  const floors = input.floors ?? [];
  const byScore = claims.toSorted((a, b) => b.score - a.score || preference(a, b));
  const first = fundInOrder(byScore, input.budget, floors);
  const rivals = rivalsOf(input.budget, byScore, first, (funded, rejected) => rejected.high >= funded.low);
  const nearLine = byScore.filter((claim) => rivals.has(claim));
  const isRanked = nearLine.every(({ panel }) => panel < (input.tieBreak.panel?.length ?? 0));
  if ((input.nearLine ?? 'flag') === 'flag' || nearLine.length === 0) {
    return { funded: first, undecided: [], nearLine, ties: tiesOf(input, byScore, first) };
  }
  const sure = first.filter((claim) => !rivals.has(claim));
  if (input.nearLine === 'panel' && !isRanked) {
    return { funded: sure, undecided: nearLine, nearLine, ties: [] };
  }
  const decided = nearLine.toSorted((a, b) => (input.nearLine === 'panel' ? a.panel - b.panel : a.lot - b.lot));
  const isPlaced = new Set([...sure, ...decided]);
  const ranking = [...isPlaced, ...byScore.filter((claim) => !isPlaced.has(claim))];
  const funded = fundInOrder(ranking, input.budget, floors);
  return { funded, undecided: [], nearLine, ties: [] };
}

/** Funded claims and those their money would have gone to, where `areClose` says that their order is not certain. */
function rivalsOf(
  budget: number,
  byScore: readonly Claim[],
  funded: readonly Claim[],
  areClose: (funded: Claim, rejected: Claim) => boolean,
): Set<Claim> {
  const isFunded = new Set(funded);
  const left = budget - funded.reduce((sum, { cost }) => sum + cost, 0);
  const rejected = byScore.filter((claim) => !isFunded.has(claim));
  const rivals = new Set<Claim>();
  for (const winner of funded) {
    for (const loser of rejected) {
      if (loser.score > winner.score || loser.cost > left + winner.cost || !areClose(winner, loser)) continue;
      rivals.add(winner).add(loser);
    }
  }
  return rivals;
}

function tiesOf(input: BudgetInput, byScore: readonly Claim[], funded: readonly Claim[]): TieGroup[] {
  const isFunded = new Set(funded);
  const rivals = rivalsOf(input.budget, byScore, funded, (winner, loser) => winner.score === loser.score);
  const scores = [...new Set([...rivals].map(({ score }) => score))];
  return scores.map((score) => {
    const equal = byScore.filter((claim) => claim.score === score && rivals.has(claim));
    const winners = equal.filter((claim) => isFunded.has(claim));
    return {
      projects: equal.map(({ id }) => id),
      funded: winners.map(({ id }) => id),
      decidedBy: decidingCriterion(input.tieBreak.by, winners.at(-1)!, equal.filter((claim) => !isFunded.has(claim))),
    };
  });
}

/** Points that would fund the loser for certain; undefined where none would, or where the round is too large. */
export function pointsMissing(input: BudgetInput, claims: readonly Claim[], preference: Preference, loser: Claim): number | undefined {
  if (claims.length > MOST_EXPLAINED) return undefined;
  const others = claims.filter((claim) => claim !== loser).toSorted((a, b) => b.score - a.score || preference(a, b));
  const isFundedWith = (score: number): boolean => {
    const ranking = [...others.filter((it) => it.score >= score), loser, ...others.filter((it) => it.score < score)];
    return fundInOrder(ranking, input.budget, input.floors ?? []).includes(loser);
  };
  const steps = [...new Set(others.map(({ score }) => score + 1))].filter((score) => score > loser.score).sort((a, b) => a - b);
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isFundedWith(steps[middle]!)) high = middle;
    else low = middle + 1;
  }
  const score = steps[low];
  return score === undefined ? undefined : score - loser.score;
}
