import { DEAD, NONE, type Problem } from './problem.ts';

/** The edges once more, unit by unit: who could come to a unit, and for how many points. */
export class Applicants {
  readonly start: Int32Array;
  readonly need: Int32Array;
  readonly score: Int32Array;
  /** Edges that came later, as linked lists: first of each unit, then the next of each. */
  readonly laterOf: Int32Array;
  readonly later: { readonly need: number; score: number; readonly next: number }[] = [];

  constructor({ needCount, unitCount, start, unit, score }: Problem) {
    this.start = new Int32Array(unitCount + 1);
    for (let edge = 0; edge < start[needCount]!; edge++) this.start[unit[edge]! + 1]!++;
    for (let at = 0; at < unitCount; at++) this.start[at + 1]! += this.start[at]!;
    this.need = new Int32Array(start[needCount]!);
    this.score = new Int32Array(start[needCount]!);
    this.laterOf = new Int32Array(unitCount).fill(NONE);
    const fill = this.start.slice();
    for (let need = 0; need < needCount; need++) {
      for (let edge = start[need]!; edge < start[need + 1]!; edge++) {
        const at = fill[unit[edge]!]!++;
        this.need[at] = need;
        this.score[at] = score[edge]!;
      }
    }
  }

  add(need: number, unit: number, score: number): void {
    this.later.push({ need, score, next: this.laterOf[unit]! });
    this.laterOf[unit] = this.later.length - 1;
  }

  /** The pair is no edge any more. */
  kill(need: number, unit: number): void {
    for (let at = this.start[unit]!; at < this.start[unit + 1]!; at++) {
      if (this.need[at] === need) this.score[at] = DEAD;
    }
    for (let at = this.laterOf[unit]!; at !== NONE; at = this.later[at]!.next) {
      if (this.later[at]!.need === need) this.later[at]!.score = DEAD;
    }
  }
}
