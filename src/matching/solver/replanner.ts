import type { Applicants } from './applicants.ts';
import { DistanceHeap } from './heap.ts';
import type { Pace } from './pace.ts';
import type { Placement } from './placement.ts';
import { NONE, type Problem } from './problem.ts';

/**
 * Repairs a plan by shortest chains of moves in reduced costs: a need that comes in, a unit with one holder too many,
 * a place that became free. Prices follow, so that after every step no need would rather be elsewhere at them (Ahuja,
 * Magnanti & Orlin, Network Flows, §9.7; Dijkstra runs over the units only).
 */
export class Replanner {
  readonly #problem: Problem;
  readonly #placement: Placement;
  /** Dual prices of the units, in points, never negative; one more at the end, always 0, for needs without a unit. */
  readonly #prices: Float64Array;
  readonly #pace: Pace;
  readonly #moving: (need: number) => void;
  readonly #heap: DistanceHeap;
  /** How the search came to a unit: by this edge of this need. */
  readonly #viaEdge: Int32Array;
  readonly #viaNeed: Int32Array;
  /** Backwards: where that need would go. */
  readonly #towards: Int32Array;
  readonly #settled: Int32Array;
  #settledCount = 0;
  /** The best end of a chain so far: a unit with room (or without a price), or a need that leaves (or comes in). */
  #best = 0;
  #endUnit = NONE;
  #endNeed = NONE;

  constructor(problem: Problem, placement: Placement, prices: Float64Array, pace: Pace, moving: (need: number) => void = () => {}) {
    this.#problem = problem;
    this.#placement = placement;
    this.#prices = prices;
    this.#pace = pace;
    this.#moving = moving;
    this.#heap = new DistanceHeap(problem.unitCount);
    this.#viaEdge = new Int32Array(problem.unitCount);
    this.#viaNeed = new Int32Array(problem.unitCount);
    this.#towards = new Int32Array(problem.unitCount);
    this.#settled = new Int32Array(problem.unitCount);
  }

  /** Gives the unplaced need the place that is best for the whole plan, or leaves it without one. */
  enter(need: number): void {
    this.#begin(this.#problem.penalty[need]!);
    this.#endNeed = need;
    this.#relax(need, 0);
    this.#search();
    if (this.#endUnit === NONE && this.#endNeed === need) return;
    this.#shiftFrom(need);
  }

  /** The unit holds one need more than it may: one of them moves on, or goes without. */
  evict(unit: number): void {
    this.#begin(Infinity);
    this.#viaNeed[unit] = NONE;
    this.#heap.offer(unit, 0);
    this.#search();
    this.#shiftFrom(NONE);
  }

  /** One place at the unit is free although it has a price: somebody comes, or prices fall until it is worth none. */
  fill(unit: number, applicants: Applicants): void {
    this.#begin(Infinity);
    this.#heap.offer(unit, 0);
    while (this.#heap.nearest < this.#best) this.#drawTo(this.#settle(), applicants);
    for (let at = 0; at < this.#settledCount; at++) {
      const lowered = this.#settled[at]!;
      this.#prices[lowered]! -= this.#best - this.#heap.distance[lowered]!;
    }
    if (this.#endNeed !== NONE) this.#move(this.#endNeed, this.#edgeTo(this.#endNeed, this.#endUnit));
    for (let freed = this.#endUnit; freed !== unit; ) {
      const need = this.#viaNeed[freed]!;
      const next = this.#towards[freed]!;
      this.#move(need, this.#edgeTo(need, next));
      freed = next;
    }
  }

  #begin(best: number): void {
    this.#best = best;
    this.#endUnit = NONE;
    this.#endNeed = NONE;
    this.#settledCount = 0;
    this.#heap.clear();
  }

  #settle(): number {
    this.#pace.step();
    const unit = this.#heap.pop();
    this.#settled[this.#settledCount++] = unit;
    return unit;
  }

  #search(): void {
    while (this.#heap.nearest < this.#best) this.#expand(this.#settle());
    for (let at = 0; at < this.#settledCount; at++) {
      const unit = this.#settled[at]!;
      this.#prices[unit]! += this.#best - this.#heap.distance[unit]!;
    }
  }

  /** Each need that holds a place here could make room by moving on, or by leaving. */
  #expand(unit: number): void {
    const placement = this.#placement;
    const { penalty } = this.#problem;
    const before = this.#heap.distance[unit]! - this.#prices[unit]!;
    for (let holder = placement.firstHolder(unit); holder !== NONE; holder = placement.nextHolder(holder)) {
      const given = before + placement.value[holder]!;
      const leaving = given + penalty[holder]!;
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
    const prices = this.#prices;
    const here = this.#placement.nodeOf[need]!;
    const end = start[need + 1]!;
    for (let edge = start[need]!; edge < end; edge++) {
      const unpaid = given - score[edge]!;
      if (unpaid >= this.#best) return;
      const unit = unitOfEdge[edge]!;
      const distance = unpaid + prices[unit]!;
      if (unit === here || distance >= this.#best) continue;
      if (this.#placement.hasRoom(unit)) {
        this.#best = distance;
        this.#endUnit = unit;
      } else if (!this.#heap.offer(unit, distance)) {
        continue;
      }
      this.#viaEdge[unit] = edge;
      this.#viaNeed[unit] = need;
    }
  }

  /** Moves along the chain, from its end back to the need that came in, or to the unit that had one too many. */
  #shiftFrom(entering: number): void {
    let unit = this.#endUnit;
    if (unit === NONE) {
      unit = this.#placement.nodeOf[this.#endNeed]!;
      this.#move(this.#endNeed, NONE);
    }
    for (let need = this.#viaNeed[unit]!; need !== NONE; need = this.#viaNeed[unit]!) {
      const left = this.#placement.nodeOf[need]!;
      this.#move(need, this.#viaEdge[unit]!);
      if (need === entering) return;
      unit = left;
    }
  }

  /** Backwards: who could come to the free place, and which place would that leave free? */
  #drawTo(unit: number, applicants: Applicants): void {
    const price = this.#prices[unit]!;
    const paid = this.#heap.distance[unit]! + price;
    if (paid < this.#best) {
      this.#best = paid;
      this.#endUnit = unit;
      this.#endNeed = NONE;
    }
    const { need, score } = applicants;
    const end = applicants.start[unit + 1]!;
    for (let at = applicants.start[unit]!; at < end; at++) this.#draw(need[at]!, unit, paid - score[at]!);
    for (let at = applicants.laterOf[unit]!; at !== NONE; at = applicants.later[at]!.next) {
      const later = applicants.later[at]!;
      this.#draw(later.need, unit, paid - later.score);
    }
  }

  #draw(need: number, unit: number, given: number): void {
    const from = this.#placement.nodeOf[need]!;
    const distance = given + this.#placement.value[need]! - this.#prices[from]!;
    if (distance >= this.#best || from === unit) return;
    if (from === this.#problem.unitCount) {
      this.#best = distance;
      this.#endUnit = unit;
      this.#endNeed = need;
    } else if (this.#heap.offer(from, distance)) {
      this.#viaNeed[from] = need;
      this.#towards[from] = unit;
    }
  }

  #edgeTo(need: number, unit: number): number {
    const { start, unit: unitOfEdge } = this.#problem;
    let edge = start[need]!;
    while (unitOfEdge[edge] !== unit) edge++;
    return edge;
  }

  #move(need: number, edge: number): void {
    this.#moving(need);
    this.#placement.place(need, edge);
  }
}
