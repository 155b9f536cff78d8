import { drawOrder } from '../../../src/matching/solver/lots.ts';
import type { Allocation, BudgetInput, BudgetProject } from '../../../src/matching/budget/model.ts';

/** The definitions, written down plainly and slowly: every voter alone, every choice enumerated. */

interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}

function ratio(over: bigint, under: bigint): Ratio {
  let [x, y] = [over < 0n ? -over : over, under];
  while (y !== 0n) [x, y] = [y, x % y];
  return { over: over / x || 0n, under: under / x };
}

const minus = (a: Ratio, b: Ratio): Ratio => ratio(a.over * b.under - b.over * a.under, a.under * b.under);
const plus = (a: Ratio, b: Ratio): Ratio => ratio(a.over * b.under + b.over * a.under, a.under * b.under);
const isLess = (a: Ratio, b: Ratio): boolean => a.over * b.under < b.over * a.under;

function votersOf(input: BudgetInput): (readonly string[])[] {
  return (input.ballots ?? []).flatMap(({ approves, count = 1 }) => Array.from({ length: count }, () => approves));
}

export function votesFor(input: BudgetInput, id: string): number {
  return votersOf(input).filter((approves) => approves.includes(id)).length;
}

/** All ids, an earlier one preferred to a later one where claims are equal. */
function preferred(input: BudgetInput): BudgetProject[] {
  const drawn = Array.from(drawOrder(input.tieBreak.seed, input.projects.map(({ id }) => id)), (row) => input.projects[row]!);
  const panel = input.tieBreak.panel ?? [];
  const place = (id: string): number => (panel.includes(id) ? panel.indexOf(id) : panel.length);
  const keys = (it: BudgetProject): number[] => [
    ...input.tieBreak.by.map((name) => (name === 'cost' ? it.cost : -votesFor(input, it.id))),
    place(it.id),
    drawn.indexOf(it),
  ];
  return [...input.projects].sort((a, b) => {
    const [x, y] = [keys(a), keys(b)];
    const at = x.findIndex((key, index) => key !== y[index]);
    return at < 0 ? 0 : x[at]! - y[at]!;
  });
}

/** What everybody pays alike when those with less pay all they have. */
function payment(cost: number, money: readonly Ratio[]): Ratio | undefined {
  const sorted = [...money].sort((a, b) => (isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0));
  let open = ratio(BigInt(cost), 1n);
  for (const [at, own] of sorted.entries()) {
    const each = ratio(open.over, open.under * BigInt(sorted.length - at));
    if (!isLess(own, each)) return each;
    open = minus(open, own);
  }
  return undefined;
}

function oneRun(input: BudgetInput, competing: readonly BudgetProject[], raised: number): string[] {
  const voters = votersOf(input);
  const money = voters.map(() => plus(ratio(BigInt(input.budget), BigInt(voters.length)), ratio(BigInt(raised), 1n)));
  const bought: string[] = [];
  for (;;) {
    let best: { id: string; each: Ratio; share: Ratio } | undefined;
    for (const { id, cost } of competing.filter((it) => !bought.includes(it.id))) {
      const each = payment(cost, money.filter((_, voter) => voters[voter]!.includes(id)));
      if (!each) continue;
      const share = ratio(each.over, each.under * BigInt(cost));
      if (!best || isLess(share, best.share)) best = { id, each, share };
    }
    if (!best) return bought;
    const { id, each } = best;
    bought.push(id);
    voters.forEach((approves, voter) => {
      if (approves.includes(id)) money[voter] = isLess(money[voter]!, each) ? ratio(0n, 1n) : minus(money[voter]!, each);
    });
  }
}

/** Equal shares without floors, by the definition of each completion. */
export function referenceShares(input: BudgetInput): string[] {
  const eligible = (id: string): boolean =>
    input.eligibleFrom === undefined || input.scores!.find(({ project }) => project === id)!.score >= input.eligibleFrom;
  const competing = preferred(input).filter(({ id, cost }) => cost <= input.budget && eligible(id));
  const costOf = (ids: readonly string[]): number => competing.filter(({ id }) => ids.includes(id)).reduce((sum, { cost }) => sum + cost, 0);
  const supported = competing.filter(({ id }) => votesFor(input, id) > 0);
  let found = oneRun(input, competing, 0);
  if (input.completion === 'none') return found;
  const fitting = (): BudgetProject[] => supported.filter(({ id, cost }) => !found.includes(id) && costOf(found) + cost <= input.budget);
  for (let raised = input.increment ?? 100; found.length < supported.length; raised += input.increment ?? 100) {
    if (input.completion === 'add1-exhaustive' && fitting().length === 0) break;
    const next = oneRun(input, competing, raised);
    if (costOf(next) > input.budget) break;
    found = next;
  }
  if (input.completion !== 'add1+utilitarian') return found;
  const byVotes = [...supported].sort((a, b) => votesFor(input, b.id) - votesFor(input, a.id));
  for (const { id } of byVotes) if (fitting().some((it) => it.id === id)) found = [...found, id];
  return found;
}

/** Most points of any choice within the budget and the floors; undefined where no choice meets them. */
export function referenceKnapsack(input: BudgetInput): number | undefined {
  const { projects, floors = [] } = input;
  let best: number | undefined;
  for (let choice = 0; choice < 2 ** projects.length; choice++) {
    const chosen = projects.filter((_, at) => (choice >> at) & 1);
    const spent = (group?: string): number => chosen.filter((it) => group === undefined || it.group === group).reduce((sum, { cost }) => sum + cost, 0);
    if (spent() > input.budget || floors.some(({ group, least }) => spent(group) < least)) continue;
    const value = chosen.reduce((sum, { id }) => sum + input.scores!.find(({ project }) => project === id)!.score, 0);
    best = Math.max(best ?? 0, value);
  }
  return best;
}

/** What holds for every allocation whatever the rule; empty = all of it. */
export function brokenPromises(input: BudgetInput, allocation: Allocation): string[] {
  const broken: string[] = [];
  const costs = new Map(input.projects.map(({ id, cost }) => [id, cost]));
  const groups = new Map(input.projects.map(({ id, group }) => [id, group]));
  const sum = (ids: readonly string[]): number => ids.reduce((total, id) => total + costs.get(id)!, 0);
  const { funded, decisions } = allocation;
  if (new Set(funded).size !== funded.length) broken.push('something is funded twice');
  if (sum(funded) !== allocation.spent || allocation.spent > input.budget) broken.push('the money does not add up');
  if (allocation.left !== input.budget - allocation.spent) broken.push('what is left does not add up');
  const names = decisions.filter(({ outcome }) => outcome === 'funded').map(({ project }) => project);
  if (names.sort().join() !== [...funded].sort().join()) broken.push('decisions and plan differ');
  if (decisions.length !== input.projects.length) broken.push('a project is without a decision');
  if (decisions.some(({ outcome, reasonCode }) => (outcome === 'funded') !== (reasonCode === undefined))) broken.push('a rejection is without a reason');
  const isOpen = decisions.some(({ outcome }) => outcome === 'undecided');
  for (const { group, least } of input.floors ?? []) {
    const spent = sum(funded.filter((id) => groups.get(id) === group));
    if (spent < least && !isOpen) broken.push(`the floor of ${group} is not met`);
  }
  return broken;
}
