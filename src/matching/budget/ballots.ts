import type { Claim } from './claims.ts';
import type { BudgetInput } from './model.ts';

/** Ballots by their approvals: identical ones are one group with a weight. */
export interface Electorate {
  readonly voters: number;
  readonly weights: Float64Array;
  /** Per claim, the groups that approve it. */
  readonly supporters: readonly Int32Array[];
}

/** Empty ballots, and approvals of claims that do not compete, still count as voters. */
export function electorateOf({ ballots = [] }: BudgetInput, claims: readonly Claim[]): Electorate {
  const index = new Map(claims.map(({ id }, at) => [id, at]));
  const groups = new Map<string, { approved: number[]; weight: number }>();
  let voters = 0;
  for (const { approves, count = 1 } of ballots) {
    voters += count;
    const approved = approves.flatMap((id) => index.get(id) ?? []).sort((a, b) => a - b);
    if (approved.length === 0) continue;
    const key = approved.join();
    const group = groups.get(key);
    if (group) group.weight += count;
    else groups.set(key, { approved, weight: count });
  }
  // The order of the ballots must not reach the sums.
  const sorted = [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  const supporters: number[][] = claims.map(() => []);
  sorted.forEach(({ approved }, group) => approved.forEach((at) => supporters[at]!.push(group)));
  return {
    voters,
    weights: Float64Array.from(sorted, ({ weight }) => weight),
    supporters: supporters.map((groups) => Int32Array.from(groups)),
  };
}
