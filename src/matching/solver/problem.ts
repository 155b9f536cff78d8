import { checkInput } from './check-input.ts';
import type { MatchInput } from './input.ts';
import { drawOrder } from './lots.ts';

export const NONE = -1;

/**
 * The question in the published order, pinned needs and forbidden pairs taken out: need `k` may take the edges
 * `start[k] … start[k + 1] − 1`, its units in ascending order. Everything after this file works on it.
 */
export interface Problem {
  readonly needCount: number;
  readonly unitCount: number;
  /** Index of the row in the input, by place in the published order. */
  readonly needRow: Int32Array;
  readonly unitRow: Int32Array;
  /** Places left after the pinned pairs, at most one for each need. */
  readonly capacity: Int32Array;
  readonly penalty: Float64Array;
  readonly start: Int32Array;
  readonly unit: Int32Array;
  readonly score: Float64Array;
  /** Row of the edge in the input. */
  readonly edgeRow: Int32Array;
  /** Settled before solving: input rows of need and unit, and of the edge between them. */
  readonly pinned: readonly { readonly needRow: number; readonly unitRow: number; readonly edgeRow: number }[];
}

function inverse(order: Int32Array): Int32Array {
  const place = new Int32Array(order.length);
  order.forEach((row, at) => (place[row] = at));
  return place;
}

/** Refuses as `checkInput` does. */
export function buildProblem(input: MatchInput): Problem {
  const { pinned, forbidden } = checkInput(input);
  const { needs, units, edges } = input;
  const needRow = drawOrder(input.seed, needs.map((need) => need.id)).filter((row) => !pinned.has(row));
  const unitRow = drawOrder(input.seed, units.map((unit) => unit.id));
  const unitPlace = inverse(unitRow);

  const capacity = new Int32Array(units.length);
  unitRow.forEach((row, at) => (capacity[at] = Math.min(units[row]!.capacity, needs.length)));
  const pins: { needRow: number; unitRow: number; edgeRow: number }[] = [];
  const edgesOf: number[][] = needs.map(() => []);
  for (let row = 0; row < edges.need.length; row++) {
    const need = edges.need[row]!;
    const unit = edges.unit[row]!;
    const pin = pinned.get(need);
    if (pin === unit) {
      pins.push({ needRow: need, unitRow: unit, edgeRow: row });
      capacity[unitPlace[unit]!]!--;
    } else if (pin === undefined && !forbidden.has(need * units.length + unit)) {
      edgesOf[need]!.push(row);
    }
  }

  const start = new Int32Array(needRow.length + 1);
  needRow.forEach((row, at) => (start[at + 1] = start[at]! + edgesOf[row]!.length));
  const edgeRow = new Int32Array(start[needRow.length]!);
  needRow.forEach((row, at) => {
    const sorted = edgesOf[row]!.sort((a, b) => unitPlace[edges.unit[a]!]! - unitPlace[edges.unit[b]!]!);
    edgeRow.set(sorted, start[at]!);
  });
  return {
    needCount: needRow.length,
    unitCount: units.length,
    needRow,
    unitRow,
    capacity,
    penalty: Float64Array.from(needRow, (row) => input.penalties[row]!),
    start,
    unit: Int32Array.from(edgeRow, (row) => unitPlace[edges.unit[row]!]!),
    score: Float64Array.from(edgeRow, (row) => edges.score[row]!),
    edgeRow,
    pinned: pins,
  };
}
