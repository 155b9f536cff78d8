import highsLoader from 'highs';

/**
 * Maximise `gain · x` with every `x` between 0 and 1 and every row between its `least` (0 when left out) and its `most`.
 * Columns are compressed: the entries of column `c` are `start[c] … start[c + 1] − 1`.
 */
export interface Program {
  readonly gain: Float64Array;
  readonly least?: Float64Array;
  readonly most: Float64Array;
  readonly start: Int32Array;
  readonly row: Int32Array;
  readonly value: Float64Array;
}

export interface ProgramAnswer {
  /** Undefined where nothing was found in time; `finished` without it: there is nothing. */
  readonly x?: Float64Array | undefined;
  /** What one more of a row's `most` would gain; of a whole-number program without meaning. */
  readonly rowPrices: Float64Array;
  /** No solution can gain more, within the solver's tolerance. */
  readonly bound: number;
  readonly finished: boolean;
}

export interface ProgramOptions {
  /** Every `x` is 0 or 1. */
  readonly whole: boolean;
  readonly secondsLimit: number;
  /** To begin with. */
  readonly known?: Float64Array;
}

export type SolveProgram = (program: Program, options: ProgramOptions) => ProgramAnswer;

/** Its types describe the CommonJS build; the module that is loaded exports the function itself. */
const load = highsLoader as unknown as typeof highsLoader.default;

const FOUND = 2;

/**
 * HiGHS, compiled to WebAssembly. Its calls block until they are done: to be used in a thread. One seed makes it
 * deterministic as long as it is not cut off by the time limit.
 */
export async function loadPrograms(): Promise<SolveProgram> {
  const highs = await load();
  return ({ gain, least, most, start, row, value }, { whole, secondsLimit, known }) => {
    // HiGHS calls an empty model empty, and not solved.
    if (gain.length === 0) return { x: gain, rowPrices: new Float64Array(most.length), bound: 0, finished: true };
    return highs.withModel((model): ProgramAnswer => {
      const count = gain.length;
      model.options.set({ output_flag: false, time_limit: secondsLimit, random_seed: 0, mip_rel_gap: 0, mip_abs_gap: 0.5 });
      model.passModel({
        numCols: count,
        numRows: most.length,
        colCost: gain.map((each) => -each),
        colLower: new Float64Array(count),
        colUpper: new Float64Array(count).fill(1),
        rowLower: least ?? new Float64Array(most.length),
        rowUpper: most,
        matrix: { format: 'csc', numRows: most.length, numCols: count, starts: start, indices: row, values: value },
        ...(whole && { integrality: new Int32Array(count).fill(highs.constants.variableType.integer) }),
      });
      if (known) model.setSolution({ colValue: known });
      const { modelStatus } = model.run();
      const { optimal, infeasible } = highs.constants.modelStatus;
      const finished = modelStatus === optimal || modelStatus === infeasible;
      const { colValue, rowDual } = model.getSolution();
      const hasSolution = model.info.get('primal_solution_status') === FOUND;
      const bound = whole ? Number(model.info.get('mip_dual_bound')) : finished ? model.getObjectiveValue() : -Infinity;
      return { ...(hasSolution && { x: colValue }), rowPrices: rowDual.map((each) => -each), bound: -bound, finished };
    });
  };
}
