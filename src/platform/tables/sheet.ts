/** Column headings and rows of text; nothing is written as a number or formula, so nothing loses digits or runs. */
export interface Sheet {
  /** A line above the headings. */
  readonly title?: string | undefined;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
