import { NONE } from './problem.ts';
import type { Solution } from './reduced.ts';

/**
 * Among equal optima takes the lexicographically first: need by need in the published order, each gets the
 * first unit (leaving comes last) that some optimal plan gives it, given those before it. Every optimal plan
 * uses tight edges only, so a need may switch exactly if the tight graph leads from its wish back to where it is
 * without moving an earlier need.
 */
export function settleTies(solution: Solution): void {
  const search = new TightSearch(solution);
  for (let need = 0; need < solution.problem.needCount; need++) search.settle(need);
}

class TightSearch {
  readonly #solution: Solution;
  /** The node after the units: unused places and needs without a unit. */
  readonly #pool: number;
  readonly #seen: Int32Array;
  readonly #cameFrom: Int32Array;
  /** Need whose move leads to the node (NONE: a place merely stays free, or is freed), and its edge there. */
  readonly #byNeed: Int32Array;
  readonly #byEdge: Int32Array;
  readonly #queue: Int32Array;
  #round = 0;
  #queued = 0;

  constructor(solution: Solution) {
    this.#solution = solution;
    this.#pool = solution.problem.unitCount;
    const nodes = this.#pool + 1;
    this.#seen = new Int32Array(nodes);
    this.#cameFrom = new Int32Array(nodes);
    this.#byNeed = new Int32Array(nodes);
    this.#byEdge = new Int32Array(nodes);
    this.#queue = new Int32Array(nodes);
  }

  /** Gives the need its first possible unit; it does not move again. */
  settle(need: number): void {
    const { problem, placement } = this.#solution;
    const current = placement.edgeOf[need]!;
    const end = current === NONE ? problem.start[need + 1]! : current;
    this.#round++;
    for (let edge = problem.start[need]!; edge < end; edge++) {
      if (this.#solution.lossOnEdge(need, edge) !== 0) continue;
      if (!this.#reaches(problem.unit[edge]!, this.#nodeOf(need), need)) continue;
      this.#shift(problem.unit[edge]!, this.#nodeOf(need));
      placement.place(need, edge);
      return;
    }
  }

  #nodeOf(need: number): number {
    const unit = this.#solution.placement.unitOf(need);
    return unit === NONE ? this.#pool : unit;
  }

  /** Nodes seen for an earlier wish of the same need led nowhere, so they are not tried again. */
  #reaches(from: number, target: number, settled: number): boolean {
    this.#queued = 0;
    this.#see(from, NONE, NONE, NONE);
    for (let at = 0; at < this.#queued; at++) {
      const node = this.#queue[at]!;
      if (node === target) return true;
      if (node === this.#pool) this.#leavePool(settled);
      else this.#leaveUnit(node, settled);
    }
    return false;
  }

  #see(node: number, cameFrom: number, byNeed: number, byEdge: number): void {
    if (this.#seen[node] === this.#round) return;
    this.#seen[node] = this.#round;
    this.#cameFrom[node] = cameFrom;
    this.#byNeed[node] = byNeed;
    this.#byEdge[node] = byEdge;
    this.#queue[this.#queued++] = node;
  }

  #leaveUnit(unit: number, settled: number): void {
    const { placement } = this.#solution;
    if (placement.hasRoom(unit)) this.#see(this.#pool, unit, NONE, NONE);
    for (let need = placement.firstHolder(unit); need !== NONE; need = placement.nextHolder(need)) {
      if (need <= settled) continue;
      this.#seeWishes(need, unit);
      if (this.#solution.lossOutside(need) === 0) this.#see(this.#pool, unit, need, NONE);
    }
  }

  #leavePool(settled: number): void {
    const { problem, placement, prices } = this.#solution;
    for (let unit = 0; unit < problem.unitCount; unit++) {
      if (placement.used[unit]! > 0 && prices[unit] === 0) this.#see(unit, this.#pool, NONE, NONE);
    }
    for (let need = settled + 1; need < problem.needCount; need++) {
      if (placement.edgeOf[need] === NONE) this.#seeWishes(need, this.#pool);
    }
  }

  #seeWishes(need: number, from: number): void {
    const { problem } = this.#solution;
    for (let edge = problem.start[need]!; edge < problem.start[need + 1]!; edge++) {
      if (this.#solution.lossOnEdge(need, edge) === 0) this.#see(problem.unit[edge]!, from, need, edge);
    }
  }

  #shift(from: number, target: number): void {
    for (let node = target; node !== from; node = this.#cameFrom[node]!) {
      if (this.#byNeed[node] !== NONE) this.#solution.placement.place(this.#byNeed[node]!, this.#byEdge[node]!);
    }
  }
}
