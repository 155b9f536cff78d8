import type { Edges } from './solver/input.ts';

/** Edges with the parts of each score: `parts[edge × number of parts + part]`. */
export interface ScoredEdges extends Edges {
  readonly need: Int32Array;
  readonly unit: Int32Array;
  readonly score: Int32Array;
  /** A part is at most 100 points in hundredths. */
  readonly parts: Uint16Array;
}

/** Collects edges need by need, in whatever order needs come, on arrays that grow. */
export class EdgeList {
  readonly #width: number;
  /** By need: where its edges begin, and how many there are. */
  readonly #first: Int32Array;
  readonly #count: Int32Array;
  #unit = new Int32Array(1024);
  #parts: Uint16Array<ArrayBuffer>;
  #length = 0;

  constructor(needCount: number, width: number) {
    this.#width = width;
    this.#first = new Int32Array(needCount);
    this.#count = new Int32Array(needCount);
    this.#parts = new Uint16Array(1024 * width);
  }

  /** All edges of a need come one after the other. */
  add(need: number, unit: number, parts: readonly number[]): void {
    if (this.#length === this.#unit.length) this.#grow();
    if (this.#count[need]!++ === 0) this.#first[need] = this.#length;
    this.#unit[this.#length] = unit;
    this.#parts.set(parts, this.#length * this.#width);
    this.#length++;
  }

  /** By need, as the needs are counted. */
  inOrder(): ScoredEdges {
    const [total, width] = [this.#length, this.#width];
    const need = new Int32Array(total);
    const unit = new Int32Array(total);
    const score = new Int32Array(total);
    const parts = new Uint16Array(total * width);
    let at = 0;
    this.#first.forEach((first, row) => {
      const count = this.#count[row]!;
      need.fill(row, at, at + count);
      unit.set(this.#unit.subarray(first, first + count), at);
      parts.set(this.#parts.subarray(first * width, (first + count) * width), at * width);
      at += count;
    });
    for (let edge = 0; edge < total; edge++) {
      for (let part = 0; part < width; part++) score[edge]! += parts[edge * width + part]!;
    }
    return { need, unit, score, parts };
  }

  #grow(): void {
    const unit = new Int32Array(this.#unit.length * 2);
    unit.set(this.#unit);
    const parts = new Uint16Array(this.#parts.length * 2);
    parts.set(this.#parts);
    this.#unit = unit;
    this.#parts = parts;
  }
}
