import type { Electorate } from './ballots.ts';
import { BoundedMoney } from './bounded-money.ts';
import { decidingCriterion, type Claim, type Preference } from './claims.ts';
import { ExactMoney, toDouble, type Price } from './exact-money.ts';
import type { Support, TieGroup } from './model.ts';

/** The exact ledger takes so many times as long for a group. */
const EXACT_TOUCHES = 30;

export interface Shares {
  /** Places among the claims, in the order of purchase. */
  readonly bought: readonly number[];
  readonly spent: number;
  readonly touched: number;
}

/** Everything a run can say about itself; slower, for the run that counts. */
export interface ExplainedShares extends Shares {
  readonly support: ReadonlyMap<number, Support>;
  readonly ties: readonly TieGroup[];
  /** Claims that once lost an equal claim. */
  readonly tied: ReadonlySet<number>;
}

interface Contender {
  readonly claim: number;
  readonly low: number;
  readonly high: number;
  readonly payment: number;
  readonly error: number;
  readonly paidByAll: boolean;
}

/** What looks at a run; the runs of a completion go without. */
interface Witness {
  fell(claim: number, exact: ExactMoney): void;
  /** Called before the money is taken. */
  buys(winner: number, price: Price, exact: ExactMoney, equals: readonly number[]): void;
}

/**
 * One run of the Method of Equal Shares: every voter starts with `total` ÷ voters; bought is, again and again, the
 * claim whose supporters pay least for each fen of its cost. That share can only grow as money is spent, so an old
 * share is a lower bound, and a claim is looked at anew only when its bound could win.
 */
export function equalShares(claims: readonly Claim[], electorate: Electorate, total: number, preference: Preference): Shares {
  return new Run(claims, electorate, total, preference).run();
}

export function explainedShares(
  claims: readonly Claim[],
  electorate: Electorate,
  total: number,
  preference: Preference,
  by: readonly ('votes' | 'cost')[],
): ExplainedShares {
  const support = new Map<number, Support>();
  const ties: TieGroup[] = [];
  const tied = new Set<number>();
  const witness: Witness = {
    fell: (claim, exact) => {
      const money = exact.behind(claim);
      const lacking = BigInt(claims[claim]!.cost) * exact.scale - money;
      const shortBy = Number((lacking + exact.scale - 1n) / exact.scale);
      support.set(claim, { money: Number(money / exact.scale), shortBy, step: exact.purchases });
    },
    buys: (winner, { payment, payers }, exact, equals) => {
      const hundredths = (100n * BigInt(claims[winner]!.cost) * exact.scale * payers) / payment;
      const money = Number(exact.behind(winner) / exact.scale);
      support.set(winner, { money, effectiveVotes: Number(hundredths) / 100, shortBy: 0, step: exact.purchases });
      if (equals.length < 2) return;
      const losers = equals.filter((claim) => claim !== winner);
      losers.forEach((claim) => tied.add(claim));
      const decidedBy = decidingCriterion(by, claims[winner]!, losers.map((claim) => claims[claim]!));
      ties.push({ projects: equals.map((claim) => claims[claim]!.id), funded: [claims[winner]!.id], decidedBy });
    },
  };
  return { ...new Run(claims, electorate, total, preference, witness).run(), support, ties, tied };
}

class Run {
  readonly #claims: readonly Claim[];
  readonly #preference: Preference;
  readonly #bounded: BoundedMoney;
  readonly #electorate: Electorate;
  readonly #total: number;
  readonly #witness: Witness | undefined;
  #exact: ExactMoney | undefined;
  /** Least payment for each fen of the cost, as last seen. */
  readonly #low: Float64Array;
  readonly #alive: Set<number>;
  readonly #bought: number[] = [];

  constructor(claims: readonly Claim[], electorate: Electorate, total: number, preference: Preference, witness?: Witness) {
    this.#claims = claims;
    this.#preference = preference;
    this.#witness = witness;
    this.#bounded = new BoundedMoney(claims, electorate, total);
    this.#electorate = electorate;
    this.#total = total;
    this.#low = Float64Array.from(claims, ({ votes }) => (1 - 2 ** -50) / votes);
    this.#alive = new Set(claims.flatMap(({ votes }, at) => (votes > 0 ? [at] : [])));
  }

  run(): Shares {
    for (;;) {
      if (this.#witness) this.#dropUnpayable(this.#witness);
      const contenders = this.#contenders();
      const [first] = contenders;
      if (!first) break;
      if (this.#witness) this.#buyExactly(contenders);
      else if (contenders.length === 1 && first.high < Infinity) this.#buy(first);
      else if (contenders.every(({ paidByAll }) => paidByAll)) this.#buy(this.#mostVotes(contenders));
      else this.#buyExactly(contenders);
    }
    const spent = this.#bought.reduce((sum, claim) => sum + this.#claims[claim]!.cost, 0);
    return { bought: this.#bought, spent, touched: this.#bounded.touched + EXACT_TOUCHES * (this.#exact?.touched ?? 0) };
  }

  /** Every claim that could be the next: no other is proved to be cheaper for its supporters. */
  #contenders(): Contender[] {
    const order = [...this.#alive].sort((a, b) => this.#low[a]! - this.#low[b]! || a - b);
    const found: Contender[] = [];
    let least = Infinity;
    for (const claim of order) {
      if (this.#low[claim]! > least) break;
      const estimate = this.#bounded.estimate(claim);
      if (estimate.state === 'unpayable') this.#alive.delete(claim);
      else if (estimate.state === 'unsure') found.push({ claim, low: this.#low[claim]!, high: Infinity, payment: 0, error: 0, paidByAll: false });
      else {
        this.#low[claim] = Math.max(this.#low[claim]!, estimate.low);
        least = Math.min(least, estimate.high);
        found.push({ claim, ...estimate });
      }
    }
    return found.filter(({ low }) => low <= least);
  }

  /** At once, so that everyone learns when their claim fell out; without a witness it is found out when needed. */
  #dropUnpayable(witness: Witness): void {
    for (const claim of this.#alive) {
      if (this.#bounded.estimate(claim).state === 'payable') continue;
      const exact = this.#catchUp();
      if (exact.price(claim)) continue;
      this.#alive.delete(claim);
      witness.fell(claim, exact);
    }
  }

  #buy({ claim, payment, error }: Pick<Contender, 'claim' | 'payment' | 'error'>): void {
    this.#bounded.buy(claim, payment, error);
    this.#alive.delete(claim);
    this.#bought.push(claim);
  }

  /** Paid by all their supporters alike: more votes are exactly a smaller share. */
  #mostVotes(contenders: readonly Contender[]): Contender {
    const order = (a: number, b: number): number =>
      this.#claims[b]!.votes - this.#claims[a]!.votes || this.#preference(this.#claims[a]!, this.#claims[b]!);
    return contenders.reduce((best, other) => (order(other.claim, best.claim) < 0 ? other : best));
  }

  #buyExactly(contenders: readonly Contender[]): void {
    const exact = this.#catchUp();
    let best: { claim: number; price: Price } | undefined;
    let equals: number[] = [];
    for (const { claim } of contenders) {
      const price = exact.price(claim);
      if (!price) {
        this.#alive.delete(claim);
        continue;
      }
      const order = best ? this.#compare(claim, price, best.claim, best.price) : -1;
      if (order === 0) equals.push(claim);
      if (order < 0) equals = [claim];
      if (order < 0 || (order === 0 && this.#preference(this.#claims[claim]!, this.#claims[best!.claim]!) < 0)) best = { claim, price };
    }
    if (!best) return;
    this.#witness?.buys(best.claim, best.price, exact, equals);
    const payment = toDouble(best.price.payment, best.price.payers * exact.scale);
    exact.buy(best.claim, best.price);
    this.#buy({ claim: best.claim, payment, error: payment * 2 ** -50 + 2 ** -60 });
  }

  /** Payment per fen of cost, cross-multiplied: less is better. */
  #compare(a: number, priceA: Price, b: number, priceB: Price): number {
    const left = priceA.payment * priceB.payers * BigInt(this.#claims[b]!.cost);
    const right = priceB.payment * priceA.payers * BigInt(this.#claims[a]!.cost);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** The exact ledger follows only when it is asked. */
  #catchUp(): ExactMoney {
    this.#exact ??= new ExactMoney(this.#claims, this.#electorate, this.#total);
    for (const claim of this.#bought.slice(this.#exact.purchases)) this.#exact.buy(claim, this.#exact.price(claim)!);
    return this.#exact;
  }
}
