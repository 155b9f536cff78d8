import { NONE } from '../solver/problem.ts';
import type { SizedProblem } from './model.ts';

/** Which edge each need holds; always within the capacities. */
export class SizedPlacing {
  readonly edgeOf: Int32Array;
  readonly left: Float64Array;
  readonly #problem: SizedProblem;

  constructor(problem: SizedProblem) {
    this.#problem = problem;
    this.edgeOf = new Int32Array(problem.size.length).fill(NONE);
    this.left = problem.capacity.slice();
  }

  get value(): number {
    let value = 0;
    for (let need = 0; need < this.edgeOf.length; need++) value += this.#valueOf(need);
    return value;
  }

  fits(need: number, edge: number): boolean {
    return this.#problem.size[need]! <= this.left[this.#problem.unit[edge]!]! + (this.#sameUnit(need, edge) ? this.#problem.size[need]! : 0);
  }

  place(need: number, edge: number): void {
    const held = this.edgeOf[need]!;
    const size = this.#problem.size[need]!;
    if (held !== NONE) this.left[this.#problem.unit[held]!]! += size;
    if (edge !== NONE) this.left[this.#problem.unit[edge]!]! -= size;
    this.edgeOf[need] = edge;
  }

  /** Moves single needs to what is better for the plan and fits, until none is left. */
  improve(): void {
    const { start, score } = this.#problem;
    for (let moved = true; moved; ) {
      moved = false;
      for (let need = 0; need < this.edgeOf.length; need++) {
        for (let edge = start[need]!; edge < start[need + 1]!; edge++) {
          if (score[edge]! <= this.#valueOf(need) || !this.fits(need, edge)) continue;
          this.place(need, edge);
          moved = true;
        }
      }
    }
  }

  #valueOf(need: number): number {
    const edge = this.edgeOf[need]!;
    return edge === NONE ? -this.#problem.penalty[need]! : this.#problem.score[edge]!;
  }

  #sameUnit(need: number, edge: number): boolean {
    const held = this.edgeOf[need]!;
    return held !== NONE && this.#problem.unit[held] === this.#problem.unit[edge];
  }
}

/**
 * Makes a plan of what a program left in fractions, or found within its tolerance: the largest fractions first, each
 * where it still fits in whole numbers; then what is left over by points for its size.
 */
export function repaired(problem: SizedProblem, x: ArrayLike<number>): SizedPlacing {
  const placing = new SizedPlacing(problem);
  const { start, score, size, penalty } = problem;
  const edges = Array.from({ length: size.length }, (_, need) => Array.from({ length: start[need + 1]! - start[need]! }, (__, at) => ({ need, edge: start[need]! + at }))).flat();
  const density = ({ need, edge }: { need: number; edge: number }): number => (score[edge]! + penalty[need]!) / Math.max(1, size[need]!);
  for (const { need, edge } of edges.sort((a, b) => x[b.edge]! - x[a.edge]! || density(b) - density(a) || a.edge - b.edge)) {
    if (placing.edgeOf[need] === NONE && placing.fits(need, edge)) placing.place(need, edge);
  }
  placing.improve();
  return placing;
}
