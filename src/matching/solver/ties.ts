import type { Pace } from './pace.ts';
import { NONE } from './problem.ts';
import type { Solution } from './reduced.ts';
import { TightGraph } from './tight-graph.ts';

/**
 * Among equal optima takes the lexicographically first: need by need in the published order, each gets the
 * first unit (leaving comes last) that some optimal plan gives it, given those before it. Every optimal plan
 * uses tight edges only, so a need may switch exactly if the tight graph leads from its wish back to where it is
 * without moving an earlier need.
 */
export function settleTies(solution: Solution, pace: Pace): void {
  const graph = new TightGraph(solution, pace);
  const settler = new Settler(solution, graph, pace);
  for (let need = 0; need < graph.movable.length; need++) settler.settle(need);
}

/** One direction of a search: what it has seen, how it came there, and what is left to look at. */
class Side {
  readonly seen: Int32Array;
  /** The node before (forwards) or after (backwards), and the place of the moving need's wish (NONE: no need moves). */
  readonly link: Int32Array;
  readonly by: Int32Array;
  readonly queue: Int32Array;
  queued = 0;
  looked = 0;
  /** Edges looked at in this search. */
  effort = 0;

  constructor(nodes: number) {
    this.seen = new Int32Array(nodes);
    this.link = new Int32Array(nodes);
    this.by = new Int32Array(nodes);
    this.queue = new Int32Array(nodes);
  }

  begin(round: number, node: number): void {
    this.queued = 0;
    this.looked = 0;
    this.effort = 0;
    this.see(round, node, NONE, NONE);
  }

  see(round: number, node: number, link: number, by: number): void {
    this.seen[node] = round;
    this.link[node] = link;
    this.by[node] = by;
    this.queue[this.queued++] = node;
  }

  get exhausted(): boolean {
    return this.looked === this.queued;
  }
}

/**
 * Searches from the wish and from the own node at once, the cheaper side first. A side that runs out is closed for good,
 * because moves go round circles and settled needs only take moves away: it gets a label of its own, and no later
 * search crosses labels. Failures therefore cost no more than splitting the graph does.
 */
class Settler {
  readonly #solution: Solution;
  readonly #graph: TightGraph;
  readonly #pace: Pace;
  readonly #label: Int32Array;
  readonly #ahead: Side;
  readonly #back: Side;
  readonly #used: Int32Array;
  /** Node of each movable need, and the unsettled ones at each node as a linked list. */
  readonly #at: Int32Array;
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** First unsettled wisher of each node. */
  readonly #wisherFrom: Int32Array;
  /** A free place at one of these is as good as a taken one. */
  readonly #unpriced: Int32Array;
  #labels = 1;
  #round = 0;
  #settling = 0;

  constructor(solution: Solution, graph: TightGraph, pace: Pace) {
    const { problem, placement, prices } = solution;
    const nodes = problem.unitCount + 1;
    this.#solution = solution;
    this.#graph = graph;
    this.#pace = pace;
    this.#label = new Int32Array(nodes);
    this.#ahead = new Side(nodes);
    this.#back = new Side(nodes);
    this.#used = placement.used.slice();
    this.#at = Int32Array.from(graph.movable, (need) => placement.nodeOf[need]!);
    this.#first = new Int32Array(nodes).fill(NONE);
    this.#next = new Int32Array(graph.movable.length);
    this.#previous = new Int32Array(graph.movable.length);
    for (let need = graph.movable.length - 1; need >= 0; need--) this.#join(need, this.#at[need]!);
    this.#wisherFrom = graph.wisherStart.slice();
    this.#unpriced = Int32Array.from(prices.keys()).filter((unit) => prices[unit] === 0 && problem.capacity[unit]! > 0);
  }

  /** Gives the need its first possible node; it does not move again. */
  settle(need: number): void {
    const { movable, wish, wishStart, wishEdge, pool } = this.#graph;
    const own = this.#at[need]!;
    this.#settling = need;
    this.#leave(need, own);
    for (let at = wishStart[need]!; wish[at] !== own; at++) {
      const node = wish[at]!;
      if (this.#label[node] !== this.#label[own]) continue;
      const meeting = this.#connect(node, own);
      if (meeting === NONE) continue;
      this.#shift(meeting);
      this.#at[need] = node;
      if (node !== pool) this.#used[node]!++;
      if (own !== pool) this.#used[own]!--;
      break;
    }
    const settled = this.#at[need]!;
    let place = wishStart[need]!;
    while (wish[place] !== settled) place++;
    if (this.#solution.placement.nodeOf[movable[need]!] !== settled) this.#solution.placement.place(movable[need]!, wishEdge[place]!);
  }

  /** Where the two sides meet; NONE if one of them ran out. */
  #connect(from: number, to: number): number {
    const ahead = this.#ahead;
    const back = this.#back;
    this.#round++;
    ahead.begin(this.#round, from);
    back.begin(this.#round, to);
    for (;;) {
      this.#pace.step();
      if (ahead.exhausted) return this.#close(ahead);
      if (back.exhausted) return this.#close(back);
      const meeting = ahead.effort <= back.effort ? this.#lookAhead() : this.#lookBack();
      if (meeting !== NONE) return meeting;
    }
  }

  #close(side: Side): number {
    const label = this.#labels++;
    for (let at = 0; at < side.queued; at++) this.#label[side.queue[at]!] = label;
    return NONE;
  }

  #lookAhead(): number {
    const { pool, wishStart, wish } = this.#graph;
    const side = this.#ahead;
    const node = side.queue[side.looked++]!;
    side.effort++;
    if (node === pool) {
      for (const unit of this.#unpriced) if (this.#sees(side, this.#back, unit, node, NONE)) return unit;
    } else if (this.#used[node]! < this.#solution.problem.capacity[node]! && this.#sees(side, this.#back, pool, node, NONE)) {
      return pool;
    }
    for (let need = this.#first[node]!; need !== NONE; need = this.#next[need]!) {
      for (let at = wishStart[need]!; at < wishStart[need + 1]!; at++) {
        if (this.#sees(side, this.#back, wish[at]!, node, need)) return wish[at]!;
      }
    }
    return NONE;
  }

  #lookBack(): number {
    const { pool, wisher, wisherStart } = this.#graph;
    const { capacity } = this.#solution.problem;
    const side = this.#back;
    const node = side.queue[side.looked++]!;
    side.effort++;
    if (node === pool) {
      for (const unit of this.#unpriced) {
        if (this.#used[unit]! < capacity[unit]! && this.#sees(side, this.#ahead, unit, node, NONE)) return unit;
      }
    } else if (this.#solution.prices[node] === 0 && this.#sees(side, this.#ahead, pool, node, NONE)) {
      return pool;
    }
    while (this.#wisherFrom[node]! < wisherStart[node + 1]! && wisher[this.#wisherFrom[node]!]! <= this.#settling) this.#wisherFrom[node]!++;
    for (let at = this.#wisherFrom[node]!; at < wisherStart[node + 1]!; at++) {
      const need = wisher[at]!;
      const from = this.#at[need]!;
      if (this.#sees(side, this.#ahead, from, node, need)) return from;
    }
    return NONE;
  }

  /** True if the other side has been there: the two have met. */
  #sees(side: Side, other: Side, node: number, link: number, by: number): boolean {
    side.effort++;
    if (side.seen[node] === this.#round || this.#label[node] !== this.#label[link]) return false;
    side.see(this.#round, node, link, by);
    return other.seen[node] === this.#round;
  }

  /** Carries out the moves on both halves of the circle. */
  #shift(meeting: number): void {
    for (let node = meeting; this.#ahead.link[node] !== NONE; node = this.#ahead.link[node]!) {
      this.#move(this.#ahead.by[node]!, this.#ahead.link[node]!, node);
    }
    for (let node = meeting; this.#back.link[node] !== NONE; node = this.#back.link[node]!) {
      this.#move(this.#back.by[node]!, node, this.#back.link[node]!);
    }
  }

  #move(need: number, from: number, to: number): void {
    if (need === NONE) return;
    const { pool } = this.#graph;
    this.#leave(need, from);
    this.#join(need, to);
    this.#at[need] = to;
    if (from !== pool) this.#used[from]!--;
    if (to !== pool) this.#used[to]!++;
  }

  #join(need: number, node: number): void {
    const first = this.#first[node]!;
    this.#next[need] = first;
    this.#previous[need] = NONE;
    if (first !== NONE) this.#previous[first] = need;
    this.#first[node] = need;
  }

  #leave(need: number, node: number): void {
    const next = this.#next[need]!;
    const previous = this.#previous[need]!;
    if (previous === NONE) this.#first[node] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
  }
}
