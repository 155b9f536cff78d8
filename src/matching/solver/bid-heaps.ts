import type { Problem } from './problem.ts';

/** For each unit the bids for its places, the lowest on top: one binary heap behind the other in two flat arrays. */
export class BidHeaps {
  readonly size: Int32Array;
  readonly #start: Int32Array;
  readonly #need: Int32Array;
  readonly #bid: Float64Array;

  constructor({ unitCount, capacity }: Problem) {
    this.size = new Int32Array(unitCount);
    this.#start = new Int32Array(unitCount);
    let end = 0;
    for (let unit = 0; unit < unitCount; unit++) {
      this.#start[unit] = end;
      end += capacity[unit]!;
    }
    this.#need = new Int32Array(end);
    this.#bid = new Float64Array(end);
  }

  clear(): void {
    this.size.fill(0);
  }

  lowestBid(unit: number): number {
    return this.#bid[this.#start[unit]!]!;
  }

  lowestBidder(unit: number): number {
    return this.#need[this.#start[unit]!]!;
  }

  add(unit: number, need: number, bid: number): void {
    const start = this.#start[unit]!;
    let at = this.size[unit]!++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#bid[start + above]! <= bid) break;
      this.#bid[start + at] = this.#bid[start + above]!;
      this.#need[start + at] = this.#need[start + above]!;
      at = above;
    }
    this.#bid[start + at] = bid;
    this.#need[start + at] = need;
  }

  replaceLowest(unit: number, need: number, bid: number): void {
    const start = this.#start[unit]!;
    const size = this.size[unit]!;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.#bid[start + child + 1]! < this.#bid[start + child]!) child++;
      if (this.#bid[start + child]! >= bid) break;
      this.#bid[start + at] = this.#bid[start + child]!;
      this.#need[start + at] = this.#need[start + child]!;
      at = child;
    }
    this.#bid[start + at] = bid;
    this.#need[start + at] = need;
  }
}
