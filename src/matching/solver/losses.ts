import { DistanceHeap } from './heap.ts';
import { NONE } from './problem.ts';
import type { Solution } from './reduced.ts';

/** What it would cost the whole plan, in points, to send one need elsewhere and re-plan the rest at best. */
export interface Losses {
  /** Edge by edge of the need, in the problem's order; Infinity where no plan can (every place is settled). */
  readonly onEdge: Float64Array;
  readonly outside: number;
  /** Edge by edge: would one more place at that unit be enough, all scores unchanged? */
  readonly onePlaceMore: readonly boolean[];
}

/**
 * Answers "what if" for single needs exactly, without solving again: one Dijkstra back from where the need is. The
 * distances depend on that unit alone, so they are worked out once for all needs that hold a place there.
 */
export class WhatIf {
  readonly #solution: Solution;
  readonly #heap: DistanceHeap;
  /** The node after the units: unused places and needs without a unit. */
  readonly #pool: number;
  /** Moves by the unit they lead to: from which node, and what the moving need loses. */
  readonly #start: Int32Array;
  readonly #from: Int32Array;
  readonly #loss: Float64Array;
  readonly #known = new Map<number, Float64Array>();

  constructor(solution: Solution) {
    this.#solution = solution;
    const { problem } = solution;
    this.#pool = problem.unitCount;
    this.#heap = new DistanceHeap(problem.unitCount + 1);
    this.#start = new Int32Array(problem.unitCount + 1);
    this.#from = new Int32Array(problem.unit.length);
    this.#loss = new Float64Array(problem.unit.length);
    for (const unit of problem.unit) this.#start[unit + 1]!++;
    for (let unit = 0; unit < problem.unitCount; unit++) this.#start[unit + 1]! += this.#start[unit]!;
    const fill = this.#start.slice();
    for (let need = 0; need < problem.needCount; need++) {
      for (let edge = problem.start[need]!; edge < problem.start[need + 1]!; edge++) {
        const at = fill[problem.unit[edge]!]!++;
        this.#from[at] = this.#nodeOf(need);
        this.#loss[at] = solution.lossOnEdge(need, edge);
      }
    }
  }

  losses(need: number): Losses {
    const { problem } = this.#solution;
    const distance = this.#distancesTo(this.#nodeOf(need));
    const start = problem.start[need]!;
    const direct = Float64Array.from({ length: problem.start[need + 1]! - start }, (_, at) =>
      this.#solution.lossOnEdge(need, start + at),
    );
    const freed = distance[this.#pool]!;
    return {
      onEdge: direct.map((loss, at) => loss + distance[problem.unit[start + at]!]!),
      outside: this.#solution.lossOutside(need) + freed,
      onePlaceMore: Array.from(direct, (loss) => loss + freed === 0),
    };
  }

  #nodeOf(need: number): number {
    const unit = this.#solution.placement.unitOf(need);
    return unit === NONE ? this.#pool : unit;
  }

  /** How cheaply an excess at each node can be passed on until it fills a gap at the target; Infinity = not at all. */
  #distancesTo(target: number): Float64Array {
    const earlier = this.#known.get(target);
    if (earlier) return earlier;
    const heap = this.#heap;
    heap.clear();
    heap.offer(target, 0);
    while (heap.nearest < Infinity) {
      const node = heap.pop();
      if (node === this.#pool) this.#intoPool(heap.distance[node]!);
      else this.#intoUnit(node, heap.distance[node]!);
    }
    const distances = heap.distance.map((distance, node) => (heap.wasReached(node) ? distance : Infinity));
    this.#known.set(target, distances);
    return distances;
  }

  #intoPool(given: number): void {
    const { problem, placement } = this.#solution;
    for (let unit = 0; unit < problem.unitCount; unit++) {
      if (placement.hasRoom(unit)) this.#heap.offer(unit, given);
    }
    for (let need = 0; need < problem.needCount; need++) {
      const unit = placement.unitOf(need);
      if (unit !== NONE) this.#heap.offer(unit, given + this.#solution.lossOutside(need));
    }
  }

  #intoUnit(unit: number, given: number): void {
    const { placement, prices } = this.#solution;
    if (placement.used[unit]! > 0) this.#heap.offer(this.#pool, given + prices[unit]!);
    for (let at = this.#start[unit]!; at < this.#start[unit + 1]!; at++) {
      this.#heap.offer(this.#from[at]!, given + this.#loss[at]!);
    }
  }
}
