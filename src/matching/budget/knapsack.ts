import { refuse } from '../../kernel/refusal.ts';
import type { Claim } from './claims.ts';
import type { BudgetFloor } from './model.ts';

/** About 50 MB and half a second; beyond it the answer is "too large", never a wait. */
const MOST_STATES = 1_000_000;

/** Choices of the last claims that no other choice beats: cost rises, and each has more value or more for the floor. */
interface Level {
  readonly cost: readonly number[];
  readonly value: readonly number[];
  /** Fen spent in the floor's group that is open at this level, up to what the floor asks. */
  readonly spent: readonly number[];
}

export interface Knapsack {
  readonly value: number;
  /** The best choice that comes first in the order of the claims, those of floors before the others. */
  readonly chosen: readonly Claim[];
  /** Choices that were looked at. */
  readonly states: number;
}

/**
 * The choice worth most within the budget that meets every floor; undefined where none meets them. Dynamic program
 * over undominated choices; a choice is dropped where even the relaxed rest cannot reach a known good one.
 * Refuses `BUDGET_TOO_LARGE` after a million choices: a count, so that every machine says the same.
 */
export function solveKnapsack(claims: readonly Claim[], budget: number, floors: readonly BudgetFloor[]): Knapsack | undefined {
  return new Program(claims, budget, floors).solve();
}

/** At least what any choice is worth: the relaxation in which claims may be cut. */
export function knapsackBound(claims: readonly Claim[], budget: number): number {
  const { price, gain } = relaxed(claims, budget);
  return Math.floor((budget * price + gain.at(-1)!) * (1 + 1e-12) + 1e-6);
}

/** Price of a fen, and what the first so many claims can earn above it: any choice of theirs is worth at most price × money + gain. */
function relaxed(claims: readonly Claim[], budget: number): { price: number; gain: number[] } {
  const byDensity = claims.toSorted((a, b) => b.score * a.cost - a.score * b.cost || a.lot - b.lot);
  let left = budget;
  let price = 0;
  for (const { score, cost } of byDensity) {
    left -= cost;
    if (left >= 0) continue;
    price = score / cost;
    break;
  }
  const gain = [0];
  for (const { score, cost } of claims) gain.push(gain.at(-1)! + Math.max(0, score - price * cost));
  return { price, gain };
}

class Program {
  readonly #claims: readonly Claim[];
  readonly #budget: number;
  readonly #least: ReadonlyMap<string | undefined, number>;
  readonly #levels: Level[] = [];
  #states = 0;

  constructor(claims: readonly Claim[], budget: number, floors: readonly BudgetFloor[]) {
    this.#budget = budget;
    this.#least = new Map(floors.filter(({ least }) => least > 0).map(({ group, least }) => [group, least]));
    const place = new Map([...this.#least.keys()].sort().map((group, at) => [group, at]));
    const placeOf = ({ group }: Claim): number => place.get(group) ?? place.size;
    // Sorting is stable: inside a group the claims stay in the order that decides between equal choices.
    this.#claims = claims.toSorted((a, b) => placeOf(a) - placeOf(b));
  }

  solve(): Knapsack | undefined {
    const claims = this.#claims;
    if ([...this.#least.keys()].some((group) => !claims.some((claim) => claim.group === group))) return undefined;
    const known = this.#knownValue();
    const { price, gain } = relaxed(claims, this.#budget);
    this.#levels[claims.length] = { cost: [0], value: [0], spent: [0] };
    for (let at = claims.length - 1; at >= 0; at--) {
      const level = this.#close(at, this.#extend(at));
      // Doubles: a choice goes only if it is short by more than any rounding.
      const reach = (row: number): number => level.value[row]! + (this.#budget - level.cost[row]!) * price + gain[at]!;
      const kept = filter(level, (row) => reach(row) >= known - 1e-6 - 1e-9 * known);
      this.#levels[at] = kept;
      this.#states += kept.cost.length;
      if (this.#states > MOST_STATES) refuse('BUDGET_TOO_LARGE', 'rule', { projects: claims.length });
    }
    const value = this.#best(0, this.#budget, 0);
    return value < 0 ? undefined : { value, chosen: this.#reconstruct(value), states: this.#states };
  }

  /** A choice that is there anyway; with floors it might not meet them, so nothing is known. */
  #knownValue(): number {
    if (this.#least.size > 0) return 0;
    let left = this.#budget;
    let value = 0;
    for (const { cost, score } of this.#claims.toSorted((a, b) => b.score * a.cost - a.score * b.cost)) {
      if (cost > left) continue;
      left -= cost;
      value += score;
    }
    return value;
  }

  #isFirstOfFloor(at: number): boolean {
    const { group } = this.#claims[at]!;
    return this.#least.has(group) && this.#claims[at - 1]?.group !== group;
  }

  #isLastOfFloor(at: number): boolean {
    const { group } = this.#claims[at]!;
    return this.#least.has(group) && this.#claims[at + 1]?.group !== group;
  }

  /** The level behind, with and without this claim: two sorted lists merged, the dominated left out. */
  #extend(at: number): Level {
    const { cost, score, group } = this.#claims[at]!;
    const least = this.#least.get(group) ?? 0;
    const behind = this.#levels[at + 1]!;
    const merged = new Undominated();
    let without = 0;
    let taken = 0;
    while (without < behind.cost.length || taken < behind.cost.length) {
      const costTaken = taken < behind.cost.length ? behind.cost[taken]! + cost : Infinity;
      if (without < behind.cost.length && behind.cost[without]! <= costTaken) {
        merged.add(behind.cost[without]!, behind.value[without]!, behind.spent[without]!);
        without++;
      } else {
        if (costTaken > this.#budget) break;
        merged.add(costTaken, behind.value[taken]! + score, Math.min(least, behind.spent[taken]! + cost));
        taken++;
      }
      if (this.#states + merged.level.cost.length > MOST_STATES) refuse('BUDGET_TOO_LARGE', 'rule', { projects: this.#claims.length });
    }
    return merged.level;
  }

  /** At the front of a floor's claims only the choices that meet it go on. */
  #close(at: number, level: Level): Level {
    if (!this.#isFirstOfFloor(at)) return level;
    const least = this.#least.get(this.#claims[at]!.group)!;
    const merged = new Undominated();
    level.cost.forEach((cost, row) => {
      if (level.spent[row]! >= least) merged.add(cost, level.value[row]!, 0);
    });
    return merged.level;
  }

  /** Most value of the claims from `at` on, within the money, with at least `needed` for the open floor; −1 = none. */
  #best(at: number, money: number, needed: number): number {
    const { cost, value, spent } = this.#levels[at]!;
    let best = -1;
    for (let row = 0; row < cost.length && cost[row]! <= money; row++) {
      if (spent[row]! >= needed) best = Math.max(best, value[row]!);
    }
    return best;
  }

  #reconstruct(most: number): Claim[] {
    const chosen: Claim[] = [];
    let money = this.#budget;
    let value = most;
    let needed = 0;
    this.#claims.forEach((claim, at) => {
      if (this.#isFirstOfFloor(at)) needed = this.#least.get(claim.group)!;
      const neededAfter = Math.max(0, needed - claim.cost);
      const isMet = !this.#isLastOfFloor(at) || neededAfter === 0;
      if (isMet && claim.cost <= money) {
        const rest = this.#best(at + 1, money - claim.cost, this.#isLastOfFloor(at) ? 0 : neededAfter);
        if (rest >= 0 && rest + claim.score === value) {
          chosen.push(claim);
          money -= claim.cost;
          value = rest;
          needed = neededAfter;
        }
      }
      if (this.#isLastOfFloor(at)) needed = 0;
    });
    return chosen;
  }
}

function filter(level: Level, isKept: (row: number) => boolean): Level {
  const rows = [...level.cost.keys()].filter(isKept);
  if (rows.length === level.cost.length) return level;
  const pick = (column: readonly number[]): number[] => rows.map((row) => column[row]!);
  return { cost: pick(level.cost), value: pick(level.value), spent: pick(level.spent) };
}

/** Takes choices by rising cost and keeps those that no cheaper one equals in both value and floor. */
class Undominated {
  readonly level = { cost: [] as number[], value: [] as number[], spent: [] as number[] };
  /** The kept choices that none of the kept equals in both; few, as floors are met soon. */
  #front: { value: number; spent: number }[] = [];

  add(cost: number, value: number, spent: number): void {
    if (this.#front.some((other) => other.value >= value && other.spent >= spent)) return;
    this.#front = this.#front.filter((other) => other.value > value || other.spent > spent);
    this.#front.push({ value, spent });
    this.level.cost.push(cost);
    this.level.value.push(value);
    this.level.spent.push(spent);
  }
}
