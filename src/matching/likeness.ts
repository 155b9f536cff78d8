import { lettersOf, neighboursOf } from '../needs/duplicates/shingles.ts';

/** Texts that one other text after the other is compared with; each is taken apart once. */
export class Wordings {
  readonly #numbers = new Map<number, number>();
  readonly #texts: readonly Int32Array[];
  /** Round in which the text to compare with had the pair. */
  readonly #seen: Int32Array;
  #round = 0;
  #size = 0;

  constructor(texts: readonly string[]) {
    this.#texts = texts.map((text) => Int32Array.from(neighboursOf(lettersOf(text)), (pair) => this.#numberOf(pair)));
    this.#seen = new Int32Array(this.#numbers.size);
  }

  /** From now on `percent` compares with this text. */
  compareWith(text: string): void {
    const pairs = neighboursOf(lettersOf(text));
    this.#size = pairs.length;
    this.#round++;
    for (const pair of pairs) {
      const number = this.#numbers.get(pair);
      if (number !== undefined) this.#seen[number] = this.#round;
    }
  }

  /** Jaccard likeness in whole percent, rounded down; 0 where a text says nothing. */
  percent(at: number): number {
    const pairs = this.#texts[at]!;
    let shared = 0;
    for (let pair = 0; pair < pairs.length; pair++) if (this.#seen[pairs[pair]!] === this.#round) shared++;
    const all = pairs.length + this.#size - shared;
    return all === 0 ? 0 : Math.floor((shared * 100) / all);
  }

  #numberOf(pair: number): number {
    const number = this.#numbers.get(pair) ?? this.#numbers.size;
    this.#numbers.set(pair, number);
    return number;
  }
}
