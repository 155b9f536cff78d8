/** What solves linear and whole-number programs (`platform/programs/linear.ts` has one). */
export type SolveProgram = (
  program: {
    readonly gain: Float64Array;
    readonly least?: Float64Array;
    readonly most: Float64Array;
    readonly start: Int32Array;
    readonly row: Int32Array;
    readonly value: Float64Array;
  },
  options: { readonly whole: boolean; readonly secondsLimit: number; readonly known?: Float64Array },
) => { readonly x?: Float64Array | undefined; readonly rowPrices: Float64Array; readonly bound: number; readonly finished: boolean };
