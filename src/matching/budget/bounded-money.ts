import type { Claim } from './claims.ts';
import type { Electorate } from './ballots.ts';

/** Relative error of one operation on doubles, twice over: what rounding can do is never underestimated. */
const ROUNDING = 2 ** -52;

/**
 * What a claim's supporters must pay for each fen of its cost: between `low` and `high`, proved. `unsure` = doubles
 * cannot tell whether they can pay at all.
 */
export type Estimate =
  | {
      readonly state: 'payable';
      readonly low: number;
      readonly high: number;
      readonly payment: number;
      readonly error: number;
      /** Proved: nobody has less than the payment, so the share is 1 ÷ votes exactly. */
      readonly paidByAll: boolean;
    }
  | { readonly state: 'unpayable' }
  | { readonly state: 'unsure' };

/**
 * Voters' money as doubles with a proved bound of their error. A bound decides nothing that it does not prove:
 * whatever is too close to tell is asked of `ExactMoney`.
 */
export class BoundedMoney {
  readonly #claims: readonly Claim[];
  readonly #electorate: Electorate;
  readonly #money: Float64Array;
  readonly #endowment: number;
  /** No group's money is further from the truth. */
  #error: number;
  /** Groups looked at: the measure of work. */
  touched = 0;

  constructor(claims: readonly Claim[], electorate: Electorate, total: number) {
    this.#claims = claims;
    this.#electorate = electorate;
    this.#endowment = total / electorate.voters;
    this.#money = new Float64Array(electorate.weights.length).fill(this.#endowment);
    this.#error = this.#endowment * ROUNDING;
  }

  estimate(claim: number): Estimate {
    const { cost, votes } = this.#claims[claim]!;
    const supporters = this.#electorate.supporters[claim]!;
    const { weights } = this.#electorate;
    const money = this.#money;
    this.touched += supporters.length;
    const rounding = (supporters.length + 4) * ROUNDING;
    let sum = 0;
    for (const group of supporters) sum += weights[group]! * money[group]!;
    const sumError = (votes * this.#error + rounding * sum) * 1.01;
    if (sum + sumError < cost) return { state: 'unpayable' };
    if (sum - sumError < cost) return { state: 'unsure' };

    let payment = cost / votes;
    let payers = votes;
    for (;;) {
      let paid = 0;
      let rich = 0;
      for (const group of supporters) {
        if (money[group]! < payment) paid += weights[group]! * money[group]!;
        else rich += weights[group]!;
      }
      if (rich === 0) return { state: 'unsure' };
      if (rich === payers) break;
      payers = rich;
      payment = (cost - paid) / rich;
    }

    // How far is the true payment? What `payment` raises is off by `missing`; those well above it share the difference.
    const margin = payment * 2 ** -20;
    let raised = 0;
    let wellAbove = 0;
    for (const group of supporters) {
      raised += weights[group]! * Math.min(money[group]!, payment);
      if (money[group]! >= payment + margin) wellAbove += weights[group]!;
    }
    const missing = Math.abs(raised - cost) + (votes - wellAbove) * this.#error + rounding * raised;
    const error = (missing / wellAbove) * 1.01 + payment * ROUNDING;
    if (wellAbove === 0 || error + 2 * this.#error > margin) return { state: 'unsure' };
    return {
      state: 'payable',
      low: ((payment - error) / cost) * (1 - 4 * ROUNDING),
      high: ((payment + error) / cost) * (1 + 4 * ROUNDING),
      payment,
      error,
      paidByAll: wellAbove === votes,
    };
  }

  buy(claim: number, payment: number, error: number): void {
    for (const group of this.#electorate.supporters[claim]!) {
      const left = this.#money[group]! - payment;
      this.#money[group] = left > 0 ? left : 0;
    }
    this.#error += error + this.#endowment * ROUNDING;
  }
}
