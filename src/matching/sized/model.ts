import { refuse } from '../../kernel/refusal.ts';
import type { Certificate, Edges, Placed } from '../solver/input.ts';
import { checkInput } from '../solver/check-input.ts';
import { drawOrder } from '../solver/lots.ts';

/** Hours, fen, places: whole numbers, the same measure on both sides. */
export interface SizedInput {
  readonly needs: readonly { readonly id: string; readonly size: number }[];
  readonly units: readonly { readonly id: string; readonly capacity: number }[];
  readonly edges: Edges;
  /** Points lost by leaving the need at the same index without a unit; whole and not negative. */
  readonly penalties: ArrayLike<number>;
  readonly seed: number;
  readonly secondsLimit: number;
}

export interface SizedPlan {
  readonly seed: number;
  /** In the published order. */
  readonly placed: readonly Placed[];
  readonly units: readonly { readonly unit: string; readonly used: number; readonly capacity: number }[];
  /** `gap` = 0: proved best. Otherwise no plan can be better by more. */
  readonly certificate: Certificate;
  /** What the bound rests on: prices, worked out again in whole numbers, or the solver's search. */
  readonly boundBy: 'prices' | 'search';
  /** False: the time was up. */
  readonly finished: boolean;
}

/** More would take the solver's memory beyond what WebAssembly has. */
const MOST_EDGES = 200_000;
const MOST_SECONDS = 600;

/** The question in the published order, without edges that no plan can use. */
export interface SizedProblem {
  readonly input: SizedInput;
  readonly needRow: Int32Array;
  readonly unitRow: Int32Array;
  readonly size: Float64Array;
  readonly capacity: Float64Array;
  readonly penalty: Float64Array;
  /** Edges of need `k`: `start[k] … start[k + 1] − 1`. */
  readonly start: Int32Array;
  readonly unit: Int32Array;
  readonly score: Float64Array;
}

/** Refuses what `checkInput` refuses, `MATCHING_SIZE_INVALID`, `MATCHING_SECONDS_INVALID`, `MATCHING_SIZED_TOO_LARGE`. */
export function sizedProblem(input: SizedInput): SizedProblem {
  checkInput({ ...input, rule: 'optimal' });
  const { needs, units, edges, secondsLimit } = input;
  const wrong = needs.findIndex(({ size }) => !Number.isSafeInteger(size) || size < 0);
  if (wrong >= 0) refuse('MATCHING_SIZE_INVALID', 'rule', { at: `needs/${wrong}/size` });
  if (!(secondsLimit > 0 && secondsLimit <= MOST_SECONDS)) refuse('MATCHING_SECONDS_INVALID', 'rule', { most: MOST_SECONDS });
  if (edges.need.length > MOST_EDGES) refuse('MATCHING_SIZED_TOO_LARGE', 'rule', { edges: edges.need.length, most: MOST_EDGES });

  const needRow = drawOrder(input.seed, needs.map(({ id }) => id));
  const unitRow = drawOrder(input.seed, units.map(({ id }) => id));
  const unitPlace = new Int32Array(units.length);
  unitRow.forEach((row, at) => (unitPlace[row] = at));
  const edgesOf: number[][] = needs.map(() => []);
  for (let edge = 0; edge < edges.need.length; edge++) {
    const need = edges.need[edge]!;
    const usable = needs[need]!.size <= units[edges.unit[edge]!]!.capacity && edges.score[edge]! + input.penalties[need]! > 0;
    if (usable) edgesOf[need]!.push(edge);
  }
  const start = new Int32Array(needs.length + 1);
  const order = Array.from(needRow, (row, at) => {
    start[at + 1] = start[at]! + edgesOf[row]!.length;
    return edgesOf[row]!.sort((a, b) => unitPlace[edges.unit[a]!]! - unitPlace[edges.unit[b]!]!);
  }).flat();
  return {
    input,
    needRow,
    unitRow,
    size: Float64Array.from(needRow, (row) => needs[row]!.size),
    capacity: Float64Array.from(unitRow, (row) => units[row]!.capacity),
    penalty: Float64Array.from(needRow, (row) => input.penalties[row]!),
    start,
    unit: Int32Array.from(order, (edge) => unitPlace[edges.unit[edge]!]!),
    score: Float64Array.from(order, (edge) => edges.score[edge]!),
  };
}
