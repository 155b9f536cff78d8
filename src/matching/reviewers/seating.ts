import { NONE, type ReviewProblem } from './problem.ts';

/** Which pairs are seated, and who reads what (a linked list through the pairs of each reviewer). */
export class Seating {
  readonly problem: ReviewProblem;
  readonly isSeated: Uint8Array;
  readonly load: Int32Array;
  /** Seats of each application. */
  readonly taken: Int32Array;
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;

  constructor(problem: ReviewProblem) {
    this.problem = problem;
    this.isSeated = new Uint8Array(problem.points.length);
    this.load = new Int32Array(problem.reviewers.length);
    this.taken = new Int32Array(problem.applications.length);
    this.#first = new Int32Array(problem.reviewers.length).fill(NONE);
    this.#next = new Int32Array(problem.points.length);
    this.#previous = new Int32Array(problem.points.length);
  }

  firstPair(reviewer: number): number {
    return this.#first[reviewer]!;
  }

  nextPair(pair: number): number {
    return this.#next[pair]!;
  }

  seat(pair: number): void {
    const reviewer = this.problem.reviewer[pair]!;
    const first = this.#first[reviewer]!;
    this.#next[pair] = first;
    this.#previous[pair] = NONE;
    if (first !== NONE) this.#previous[first] = pair;
    this.#first[reviewer] = pair;
    this.isSeated[pair] = 1;
    this.load[reviewer]!++;
    this.taken[this.problem.applicationOf[pair]!]!++;
  }

  unseat(pair: number): void {
    const reviewer = this.problem.reviewer[pair]!;
    const next = this.#next[pair]!;
    const previous = this.#previous[pair]!;
    if (previous === NONE) this.#first[reviewer] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
    this.isSeated[pair] = 0;
    this.load[reviewer]!--;
    this.taken[this.problem.applicationOf[pair]!]!--;
  }

  seatedPairs(): number[] {
    const pairs: number[] = [];
    this.isSeated.forEach((isSeated, pair) => isSeated && pairs.push(pair));
    return pairs;
  }

  totals(): Float64Array {
    const totals = new Float64Array(this.taken.length);
    for (const pair of this.seatedPairs()) totals[this.problem.applicationOf[pair]!]! += this.problem.points[pair]!;
    return totals;
  }
}
