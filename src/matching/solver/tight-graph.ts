import type { Pace } from './pace.ts';
import { NONE } from './problem.ts';
import type { Solution } from './reduced.ts';

/**
 * What can be moved without loss. Nodes are the units, and one more, the pool, for unused places and needs without a
 * unit; a need can move from its node to any other that is as good for it. Needs with a single such node are left out.
 */
export class TightGraph {
  readonly pool: number;
  /** Places of the movable needs in the published order. */
  readonly movable: Int32Array;
  /** As good for movable need `m`: `wish[wishStart[m] … wishStart[m + 1] − 1]`, in the published order, the pool last. */
  readonly wishStart: Int32Array;
  readonly wish: Int32Array;
  /** Edge of each wish; NONE for the pool. */
  readonly wishEdge: Int32Array;
  /** The same by node: movable needs in the published order. */
  readonly wisherStart: Int32Array;
  readonly wisher: Int32Array;

  constructor(solution: Solution, pace: Pace) {
    const { problem } = solution;
    this.pool = problem.unitCount;
    const count = new Int32Array(problem.needCount);
    let movable = 0;
    let wishes = 0;
    for (let need = 0; need < problem.needCount; need++) {
      pace.step();
      count[need] = wishesOf(solution, need);
      if (count[need]! < 2) continue;
      movable++;
      wishes += count[need]!;
    }
    this.movable = new Int32Array(movable);
    this.wishStart = new Int32Array(movable + 1);
    this.wish = new Int32Array(wishes);
    this.wishEdge = new Int32Array(wishes);
    this.#fill(solution, count);
    this.wisherStart = new Int32Array(this.pool + 2);
    this.wisher = new Int32Array(wishes);
    this.#index();
  }

  #fill(solution: Solution, count: Int32Array): void {
    const { start, unit, score, penalty } = solution.problem;
    let at = 0;
    let end = 0;
    for (let need = 0; need < count.length; need++) {
      if (count[need]! < 2) continue;
      const profit = solution.profit(need);
      const first = end;
      for (let edge = start[need]!; edge < start[need + 1]! && score[edge]! >= profit; edge++) {
        if (score[edge]! - solution.prices[unit[edge]!]! !== profit) continue;
        let place = end++;
        for (; place > first && this.wish[place - 1]! > unit[edge]!; place--) this.#put(place, this.wish[place - 1]!, this.wishEdge[place - 1]!);
        this.#put(place, unit[edge]!, edge);
      }
      if (profit === -penalty[need]!) this.#put(end++, this.pool, NONE);
      this.movable[at] = need;
      this.wishStart[++at] = end;
    }
  }

  #put(place: number, node: number, edge: number): void {
    this.wish[place] = node;
    this.wishEdge[place] = edge;
  }

  #index(): void {
    for (const node of this.wish) this.wisherStart[node + 1]!++;
    for (let node = 0; node <= this.pool; node++) this.wisherStart[node + 1]! += this.wisherStart[node]!;
    const fill = this.wisherStart.slice();
    for (let need = 0; need < this.movable.length; need++) {
      for (let at = this.wishStart[need]!; at < this.wishStart[need + 1]!; at++) this.wisher[fill[this.wish[at]!]!++] = need;
    }
  }
}

function wishesOf(solution: Solution, need: number): number {
  const { start, unit, score, penalty } = solution.problem;
  const profit = solution.profit(need);
  let count = profit === -penalty[need]! ? 1 : 0;
  for (let edge = start[need]!, end = start[need + 1]!; edge < end && score[edge]! >= profit; edge++) {
    if (score[edge]! - solution.prices[unit[edge]!]! === profit) count++;
  }
  return count;
}
