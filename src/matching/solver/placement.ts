import { NONE, type Problem } from './problem.ts';

/** Which edge each need holds, and who holds a place at each unit (a linked list through the needs). */
export class Placement {
  /** NONE: without a unit. */
  edgeOf: Int32Array;
  readonly used: Int32Array;
  /** The unit each need is at; `unitCount` stands for none, so that it can index what is known of units. */
  nodeOf: Int32Array;
  /** What each need is worth where it is: the points of its edge, or minus its penalty. */
  value: Int32Array;
  readonly #problem: Problem;
  readonly #first: Int32Array;
  #next: Int32Array;
  #previous: Int32Array;

  constructor(problem: Problem) {
    this.#problem = problem;
    this.edgeOf = new Int32Array(problem.needCount).fill(NONE);
    this.used = new Int32Array(problem.unitCount);
    this.nodeOf = new Int32Array(problem.needCount).fill(problem.unitCount);
    this.value = problem.penalty.map((penalty) => -penalty);
    this.#first = new Int32Array(problem.unitCount).fill(NONE);
    this.#next = new Int32Array(problem.needCount).fill(NONE);
    this.#previous = new Int32Array(problem.needCount).fill(NONE);
  }

  unitOf(need: number): number {
    const node = this.nodeOf[need]!;
    return node === this.#problem.unitCount ? NONE : node;
  }

  hasRoom(unit: number): boolean {
    return this.used[unit]! < this.#problem.capacity[unit]!;
  }

  valueOf(need: number): number {
    return this.value[need]!;
  }

  firstHolder(unit: number): number {
    return this.#first[unit]!;
  }

  nextHolder(need: number): number {
    return this.#next[need]!;
  }

  /** Moves the need from wherever it is; capacity is the caller's business, so that chains can pass through. */
  place(need: number, edge: number): void {
    this.#leave(need);
    this.edgeOf[need] = edge;
    if (edge === NONE) {
      this.nodeOf[need] = this.#problem.unitCount;
      this.value[need] = -this.#problem.penalty[need]!;
      return;
    }
    const unit = this.#problem.unit[edge]!;
    const first = this.#first[unit]!;
    this.nodeOf[need] = unit;
    this.value[need] = this.#problem.score[edge]!;
    this.#next[need] = first;
    this.#previous[need] = NONE;
    if (first !== NONE) this.#previous[first] = need;
    this.#first[unit] = need;
    this.used[unit]!++;
  }

  /** Makes place for needs that came later. */
  grow(): void {
    const { needCount } = this.#problem;
    if (needCount <= this.edgeOf.length) return;
    const grown = (column: Int32Array, filler: number): Int32Array => {
      const longer = new Int32Array(2 * needCount).fill(filler);
      longer.set(column);
      return longer;
    };
    this.edgeOf = grown(this.edgeOf, NONE);
    this.nodeOf = grown(this.nodeOf, this.#problem.unitCount);
    this.value = grown(this.value, 0);
    this.#next = grown(this.#next, NONE);
    this.#previous = grown(this.#previous, NONE);
  }

  #leave(need: number): void {
    const unit = this.unitOf(need);
    if (unit === NONE) return;
    const next = this.#next[need]!;
    const previous = this.#previous[need]!;
    if (previous === NONE) this.#first[unit] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
    this.used[unit]!--;
  }
}
