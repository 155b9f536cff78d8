import { DistanceHeap } from './heap.ts';
import { Placement } from './placement.ts';
import { NONE, type Problem } from './problem.ts';

/**
 * Successive shortest paths with potentials: needs enter one by one, each by the cheapest chain of moves that
 * ends at a free place or lets one need go without. The plan is optimal for the needs entered so far after
 * every step (Ahuja, Magnanti & Orlin, Network Flows, §9.7; Dijkstra runs over the units only).
 */
export class ShortestPaths {
  readonly placement: Placement;
  /** Dual prices of the units, in points; never negative, 0 while a unit has room. */
  readonly prices: Float64Array;
  readonly #problem: Problem;
  readonly #heap: DistanceHeap;
  /** How the search came to a unit: by this edge of this need. */
  readonly #viaEdge: Int32Array;
  readonly #viaNeed: Int32Array;
  readonly #settled: Int32Array;
  /** The best end of a chain so far: a unit with room, or a need that leaves. */
  #best = 0;
  #endUnit = NONE;
  #endNeed = NONE;

  constructor(problem: Problem) {
    this.#problem = problem;
    this.placement = new Placement(problem);
    this.prices = new Float64Array(problem.unitCount);
    this.#heap = new DistanceHeap(problem.unitCount);
    this.#viaEdge = new Int32Array(problem.unitCount);
    this.#viaNeed = new Int32Array(problem.unitCount);
    this.#settled = new Int32Array(problem.unitCount);
  }

  enter(need: number): void {
    this.#best = this.#problem.penalty[need]!;
    this.#endUnit = NONE;
    this.#endNeed = need;
    this.#heap.clear();
    this.#relax(need, 0);
    let settled = 0;
    while (this.#heap.nearest < this.#best) {
      const unit = this.#heap.pop();
      this.#settled[settled++] = unit;
      this.#expand(unit);
    }
    for (let at = 0; at < settled; at++) {
      const unit = this.#settled[at]!;
      this.prices[unit]! += this.#best - this.#heap.distance[unit]!;
    }
    this.#move(need);
  }

  /** Each need that holds a place here could make room by moving on, or by leaving. */
  #expand(unit: number): void {
    const { placement } = this;
    const distance = this.#heap.distance[unit]!;
    for (let holder = placement.firstHolder(unit); holder !== NONE; holder = placement.nextHolder(holder)) {
      const given = distance + placement.valueOf(holder) - this.prices[unit]!;
      const leaving = given + this.#problem.penalty[holder]!;
      if (leaving < this.#best) {
        this.#best = leaving;
        this.#endUnit = NONE;
        this.#endNeed = holder;
      }
      this.#relax(holder, given);
    }
  }

  #relax(need: number, given: number): void {
    const { start, unit: unitOfEdge, score } = this.#problem;
    const here = this.placement.unitOf(need);
    for (let edge = start[need]!; edge < start[need + 1]!; edge++) {
      const unit = unitOfEdge[edge]!;
      const distance = given - score[edge]! + this.prices[unit]!;
      if (unit === here || distance >= this.#best) continue;
      if (this.placement.hasRoom(unit)) {
        this.#best = distance;
        this.#endUnit = unit;
      } else if (!this.#heap.offer(unit, distance)) {
        continue;
      }
      this.#viaEdge[unit] = edge;
      this.#viaNeed[unit] = need;
    }
  }

  #move(entering: number): void {
    let unit = this.#endUnit;
    if (unit === NONE) {
      if (this.#endNeed === entering) return;
      unit = this.placement.unitOf(this.#endNeed);
      this.placement.place(this.#endNeed, NONE);
    }
    for (;;) {
      const need = this.#viaNeed[unit]!;
      const left = this.placement.unitOf(need);
      this.placement.place(need, this.#viaEdge[unit]!);
      if (need === entering) return;
      unit = left;
    }
  }
}
