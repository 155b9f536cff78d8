import { checkInput, type Constraints } from './check-input.ts';
import type { MatchInput } from './input.ts';
import { drawOrder } from './lots.ts';

export const NONE = -1;
/** Score of an edge that is none any more: below every penalty, so that nothing ever takes it. */
export const DEAD = -(2 ** 31);

/**
 * The question in the published order, pinned needs and forbidden pairs taken out: need `k` may take the edges
 * `start[k] … start[k + 1] − 1`, highest score first and equal ones by the order of their units, so that a search may
 * stop at the first edge that scores too little at a price of 0. Everything after this file works on it.
 */
export interface Problem {
  readonly needCount: number;
  readonly unitCount: number;
  /** Index of the row in the input, by place in the published order. */
  readonly needRow: Int32Array;
  readonly unitRow: Int32Array;
  /** Rows of all needs in the published order, pinned ones too. */
  readonly drawn: Int32Array;
  /** Places left after the pinned pairs, at most one for each need. */
  readonly capacity: Int32Array;
  readonly penalty: Int32Array;
  readonly start: Int32Array;
  readonly unit: Int32Array;
  readonly score: Int32Array;
  /** Row of the edge in the input. */
  readonly edgeRow: Int32Array;
  /** Settled before solving: input rows of need and unit, and of the edge between them. */
  readonly pinned: readonly Pinned[];
}

export interface Pinned {
  readonly needRow: number;
  readonly unitRow: number;
  readonly edgeRow: number;
}

function inverse(order: Int32Array): Int32Array {
  const place = new Int32Array(order.length);
  order.forEach((row, at) => (place[row] = at));
  return place;
}

/** Refuses as `checkInput` does. */
export function buildProblem(input: MatchInput): Problem {
  const constraints = checkInput(input);
  const { needs, units } = input;
  const drawn = drawOrder(input.seed, needs.map((need) => need.id));
  const needRow = drawn.filter((row) => !constraints.pinned.has(row));
  const unitRow = drawOrder(input.seed, units.map((unit) => unit.id));
  const unitPlace = inverse(unitRow);
  const capacity = Int32Array.from(unitRow, (row) => Math.min(units[row]!.capacity, needs.length));
  const pinned = pinnedEdges(input, constraints);
  for (const pin of pinned) capacity[unitPlace[pin.unitRow]!]!--;
  return {
    needCount: needRow.length,
    unitCount: units.length,
    needRow,
    unitRow,
    drawn,
    capacity,
    penalty: Int32Array.from(needRow, (row) => input.penalties[row]!),
    ...sortedEdges(input, constraints, needRow, unitPlace),
    pinned,
  };
}

function pinnedEdges({ edges }: MatchInput, { pinned, rows }: Constraints): Pinned[] {
  return [...pinned].map(([needRow, unitRow]) => {
    const edgeRow = rows.row.subarray(rows.start[needRow]!, rows.start[needRow + 1]!).find((row) => edges.unit[row] === unitRow)!;
    return { needRow, unitRow, edgeRow };
  });
}

type SortedEdges = Pick<Problem, 'start' | 'unit' | 'score' | 'edgeRow'>;

function sortedEdges(input: MatchInput, { rows, forbidden }: Constraints, needRow: Int32Array, unitPlace: Int32Array): SortedEdges {
  const { edges, units } = input;
  const unitCount = units.length;
  const start = new Int32Array(needRow.length + 1);
  const edgeRow = new Int32Array(rows.row.length);
  const unit = new Int32Array(edgeRow.length);
  const score = new Int32Array(edgeRow.length);
  const rowAt = new Int32Array(unitCount);
  const sorter = new ShortSorter();
  let end = 0;
  for (let need = 0; need < needRow.length; need++) {
    const row = needRow[need]!;
    sorter.clear(rows.start[row + 1]! - rows.start[row]!);
    for (let at = rows.start[row]!; at < rows.start[row + 1]!; at++) {
      const edge = rows.row[at]!;
      const column = edges.unit[edge]!;
      if (forbidden.size > 0 && forbidden.has(row * unitCount + column)) continue;
      const place = unitPlace[column]!;
      rowAt[place] = edge;
      sorter.add((MOST_POINTS - edges.score[edge]!) * unitCount + place);
    }
    const keys = sorter.sorted();
    for (let at = 0; at < sorter.size; at++, end++) {
      // Exact: the quotient stays below 2³², which leaves enough bits for the fraction.
      const points = Math.floor(keys[at]! / unitCount);
      const place = keys[at]! - points * unitCount;
      edgeRow[end] = rowAt[place]!;
      unit[end] = place;
      score[end] = MOST_POINTS - points;
    }
    start[need + 1] = end;
  }
  const whole = end === edgeRow.length;
  return whole ? { start, unit, score, edgeRow } : { start, unit: unit.slice(0, end), score: score.slice(0, end), edgeRow: edgeRow.slice(0, end) };
}

/** `checkInput` lets no score pass that is further from 0: a score and a unit fit into one exact number. */
const MOST_POINTS = 1_000_000_000;
/** Up to about here, insertion beats the engine's sort, which is called once for each need. */
const SHORT = 48;

/** Sorts many short lists of numbers, one after the other, without making a new one each time. */
class ShortSorter {
  size = 0;
  #keys = new Float64Array(SHORT);
  #short = true;

  clear(most: number): void {
    this.size = 0;
    this.#short = most <= SHORT;
    if (this.#keys.length < most) this.#keys = new Float64Array(2 * most);
  }

  add(key: number): void {
    const keys = this.#keys;
    let at = this.size++;
    if (this.#short) {
      for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
    }
    keys[at] = key;
  }

  sorted(): Float64Array {
    if (!this.#short) this.#keys.subarray(0, this.size).sort();
    return this.#keys;
  }
}
