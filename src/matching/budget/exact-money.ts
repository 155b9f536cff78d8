import type { Claim } from './claims.ts';
import type { Electorate } from './ballots.ts';

/** What each supporter would pay for a claim: numerator ÷ denominator, in units of the shared scale. */
export interface Price {
  readonly payment: bigint;
  readonly payers: bigint;
}

/**
 * Voters' money as exact rationals with one shared denominator, which grows with each purchase. A group's numerator
 * is brought up to date only when somebody asks for it.
 */
export class ExactMoney {
  readonly #claims: readonly Claim[];
  readonly #electorate: Electorate;
  readonly #weights: readonly bigint[];
  readonly #amounts: bigint[];
  /** Purchase after which the amount was written. */
  readonly #writtenAt: Int32Array;
  /** Denominator after each purchase. */
  readonly #scales: bigint[];
  /** Factor from the scale of then to that of now. */
  #factors: (bigint | undefined)[] = [];
  /** Groups looked at: the measure of work. */
  touched = 0;

  /** Every voter starts with `total` ÷ voters fen. */
  constructor(claims: readonly Claim[], electorate: Electorate, total: number) {
    this.#claims = claims;
    this.#electorate = electorate;
    const common = greatestDivisor(BigInt(total), BigInt(electorate.voters));
    this.#weights = Array.from(electorate.weights, BigInt);
    this.#amounts = this.#weights.map(() => BigInt(total) / common);
    this.#writtenAt = new Int32Array(this.#weights.length);
    this.#scales = [BigInt(electorate.voters) / common];
  }

  get scale(): bigint {
    return this.#scales.at(-1)!;
  }

  get purchases(): number {
    return this.#scales.length - 1;
  }

  #amount(group: number): bigint {
    const then = this.#writtenAt[group]!;
    const factor = (this.#factors[then] ??= this.scale / this.#scales[then]!);
    return this.#amounts[group]! * factor;
  }

  /** What the supporters of a claim have left together, in units of the scale. */
  behind(claim: number): bigint {
    let sum = 0n;
    for (const group of this.#electorate.supporters[claim]!) sum += this.#weights[group]! * this.#amount(group);
    return sum;
  }

  /** The least equal payment that covers the cost, those with less paying all they have; undefined = not covered. */
  price(claim: number): Price | undefined {
    const cost = BigInt(this.#claims[claim]!.cost) * this.scale;
    this.touched += this.#electorate.supporters[claim]!.length;
    let rich = Array.from(this.#electorate.supporters[claim]!, (group) => ({ weight: this.#weights[group]!, amount: this.#amount(group) }));
    let payment = cost;
    let payers = rich.reduce((sum, { weight }) => sum + weight, 0n);
    if (rich.reduce((sum, { weight, amount }) => sum + weight * amount, 0n) < cost || payers === 0n) return undefined;
    for (;;) {
      const poor = rich.filter(({ amount }) => amount * payers < payment);
      if (poor.length === 0) return { payment, payers };
      rich = rich.filter(({ amount }) => amount * payers >= payment);
      for (const { weight, amount } of poor) {
        payment -= weight * amount;
        payers -= weight;
      }
    }
  }

  buy(claim: number, { payment, payers }: Price): void {
    const common = greatestDivisor(payment, payers);
    const factor = payers / common;
    const paid = payment / common;
    const supporters = this.#electorate.supporters[claim]!;
    const left = Array.from(supporters, (group) => this.#amount(group) * factor - paid);
    this.#scales.push(this.scale * factor);
    this.#factors = [];
    supporters.forEach((group, at) => {
      this.#amounts[group] = left[at]! > 0n ? left[at]! : 0n;
      this.#writtenAt[group] = this.purchases;
    });
  }
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** A ratio of whole numbers of any length as the nearest double but a few units in the last place. */
export function toDouble(numerator: bigint, denominator: bigint): number {
  return Number((numerator << 64n) / denominator) / 2 ** 64;
}
