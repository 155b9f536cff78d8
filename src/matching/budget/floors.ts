import { refuse } from '../../kernel/refusal.ts';
import type { Claim } from './claims.ts';
import type { BudgetFloor } from './model.ts';

/** Sums of costs kept in all; a count, so that every machine refuses alike. */
const MOST_SUMS = 1_000_000;

/** What one floor's claims can still add up to, from each of them on. */
class Reserve {
  readonly #least: number;
  /** Per claim of the group: sums that the claims from there on can make, below the floor, and the first above. */
  readonly #sums: readonly (readonly number[])[];
  #next = 0;
  #spent = 0;

  constructor(least: number, costs: readonly number[]) {
    this.#least = least;
    const sums: number[][] = [[0]];
    let kept = 0;
    for (const cost of costs.toReversed()) {
      const grown = [...new Set([...sums[0]!, ...sums[0]!.map((sum) => sum + cost)])].sort((a, b) => a - b);
      const above = grown.findIndex((sum) => sum >= least);
      sums.unshift(above < 0 ? grown : grown.slice(0, above + 1));
      kept += sums[0]!.length;
      if (kept > MOST_SUMS) refuse('BUDGET_TOO_LARGE', 'rule', { projects: costs.length });
    }
    this.#sums = sums;
  }

  /** Least money that meets the floor once its next `seen` claims are decided and `more` fen of them spent. */
  needed(seen = 0, more = 0): number {
    const open = this.#least - this.#spent - more;
    return open <= 0 ? 0 : (this.#sums[this.#next + seen]!.find((sum) => sum >= open) ?? Infinity);
  }

  get isMet(): boolean {
    return this.#spent >= this.#least;
  }

  decide(spent: number): void {
    this.#next++;
    this.#spent += spent;
  }
}

/**
 * Funds claims in the given order, each that fits into the money not needed for the floors. Unwanted claims are taken
 * only where a floor needs them. Refuses `BUDGET_FLOORS_UNREACHABLE` where no choice meets the floors.
 */
export function fundInOrder(
  ranking: readonly Claim[],
  budget: number,
  floors: readonly BudgetFloor[],
  isWanted: (claim: Claim) => boolean = () => true,
): Claim[] {
  const reserves = new Map(
    floors.map(({ group, least }) => {
      const costs = ranking.filter((claim) => claim.group === group).map(({ cost }) => cost);
      return [group, new Reserve(least, costs)];
    }),
  );
  let reserved = [...reserves.values()].reduce((sum, reserve) => sum + reserve.needed(), 0);
  if (reserved > budget) refuse('BUDGET_FLOORS_UNREACHABLE', 'rule', { floors: floors.length });
  let left = budget;
  return ranking.filter((claim) => {
    const own = claim.group === undefined ? undefined : reserves.get(claim.group);
    const others = reserved - (own?.needed() ?? 0);
    const fits = left - claim.cost >= others + (own?.needed(1, claim.cost) ?? 0);
    const isFunded = fits && (isWanted(claim) || own?.isMet === false);
    own?.decide(isFunded ? claim.cost : 0);
    reserved = others + (own?.needed() ?? 0);
    if (isFunded) left -= claim.cost;
    return isFunded;
  });
}
