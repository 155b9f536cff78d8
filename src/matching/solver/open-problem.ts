import { Applicants } from './applicants.ts';
import { Placement } from './placement.ts';
import { DEAD, NONE, type Problem } from './problem.ts';
import type { Solution } from './reduced.ts';

type Column = Int32Array<ArrayBuffer>;

function longer(column: Column, length: number, filler = 0): Column {
  if (length <= column.length) return column;
  const grown = new Int32Array(Math.max(length, 2 * column.length)).fill(filler);
  grown.set(column);
  return grown;
}

/** Worth so much, a need is better off where it is than anywhere: it takes no part. */
const ABSENT = 2 ** 31 - 1;

/** An edge by the place of its unit. */
export interface OpenEdge {
  readonly unit: number;
  readonly score: number;
}

/** A solved problem that stays open for changes: needs come and go, edges disappear, capacities change. */
export class OpenProblem implements Problem {
  needCount: number;
  readonly unitCount: number;
  readonly needRow: Int32Array;
  readonly unitRow: Int32Array;
  readonly drawn: Int32Array;
  readonly edgeRow: Int32Array;
  readonly pinned: Problem['pinned'];
  readonly capacity: Int32Array;
  penalty: Column;
  start: Column;
  unit: Column;
  score: Column;
  readonly placement: Placement;
  readonly applicants: Applicants;
  #edgeCount: number;

  constructor({ problem, placement }: Solution) {
    this.needCount = problem.needCount;
    this.unitCount = problem.unitCount;
    this.needRow = problem.needRow;
    this.unitRow = problem.unitRow;
    this.drawn = problem.drawn;
    this.edgeRow = problem.edgeRow;
    this.pinned = problem.pinned;
    this.capacity = problem.capacity.slice();
    this.penalty = problem.penalty.slice();
    this.start = problem.start.slice();
    this.unit = problem.unit.slice();
    this.score = problem.score.slice();
    this.#edgeCount = this.start[this.needCount]!;
    this.applicants = new Applicants(problem);
    this.placement = new Placement(this);
    for (let need = 0; need < this.needCount; need++) this.placement.place(need, placement.edgeOf[need]!);
  }

  /** Answers the place of the new need, which is without a unit. */
  add(penalty: number, edges: readonly OpenEdge[]): number {
    const need = this.needCount++;
    this.penalty = longer(this.penalty, this.needCount);
    this.penalty[need] = penalty;
    this.start = longer(this.start, this.needCount + 1);
    const end = this.#edgeCount + edges.length;
    this.unit = longer(this.unit, end);
    this.score = longer(this.score, end);
    for (const { unit, score } of [...edges].sort((a, b) => b.score - a.score || a.unit - b.unit)) {
      this.unit[this.#edgeCount] = unit;
      this.score[this.#edgeCount++] = score;
      this.applicants.add(need, unit, score);
    }
    this.start[this.needCount] = end;
    this.placement.grow();
    this.placement.place(need, NONE);
    return need;
  }

  edgeBetween(need: number, unit: number): number {
    for (let edge = this.start[need]!; edge < this.start[need + 1]! && this.score[edge] !== DEAD; edge++) {
      if (this.unit[edge] === unit) return edge;
    }
    return NONE;
  }

  /** The edge goes to the end of its need's, so that searches, which stop at low scores, never come to it. */
  kill(need: number, edge: number): void {
    const unit = this.unit[edge]!;
    const last = this.start[need + 1]! - 1;
    this.applicants.kill(need, unit);
    this.unit.copyWithin(edge, edge + 1, last + 1);
    this.score.copyWithin(edge, edge + 1, last + 1);
    this.unit[last] = unit;
    this.score[last] = DEAD;
    if (this.placement.edgeOf[need]! > edge) this.placement.edgeOf[need]!--;
  }

  /** Takes the need out of whatever it holds; it takes part in nothing until it comes back. */
  takeOut(need: number): void {
    this.placement.place(need, NONE);
    this.placement.value[need] = ABSENT;
  }

  comeBack(need: number): void {
    this.placement.place(need, NONE);
  }
}
