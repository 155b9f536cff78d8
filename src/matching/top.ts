/** The best so many rows: by score, and by lot among equals. */
export class Top {
  readonly #most: number;
  readonly #order: Int32Array;
  readonly #place: Int32Array;
  readonly #rows: Int32Array;
  readonly #scores: Float64Array;
  #count = 0;

  /** `order`: the rows as they were drawn. */
  constructor(most: number, order: Int32Array) {
    this.#most = Math.min(most, order.length);
    this.#order = order;
    this.#place = new Int32Array(order.length);
    order.forEach((row, at) => (this.#place[row] = at));
    this.#rows = new Int32Array(this.#most + 1);
    this.#scores = new Float64Array(this.#most + 1);
  }

  clear(): void {
    this.#count = 0;
  }

  /** What a row must at least have to come in; −∞ while there is room. */
  get least(): number {
    return this.#count < this.#most ? -Infinity : this.#scores[this.#count - 1]!;
  }

  placeOf(row: number): number {
    return this.#place[row]!;
  }

  rowAt(place: number): number {
    return this.#order[place]!;
  }

  offer(row: number, score: number): void {
    let at = this.#count;
    for (; at > 0; at--) {
      const before = this.#scores[at - 1]!;
      if (before > score || (before === score && this.#place[this.#rows[at - 1]!]! < this.#place[row]!)) break;
      this.#scores[at] = before;
      this.#rows[at] = this.#rows[at - 1]!;
    }
    this.#scores[at] = score;
    this.#rows[at] = row;
    if (this.#count < this.#most) this.#count++;
  }

  /** Best first. */
  taken(): number[] {
    return [...this.#rows.subarray(0, this.#count)];
  }
}
