/** What a cell was in the file; values stay text, so that no digit is lost before a column says what it means. */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'formula' | 'error' | 'merged';

export interface Cell {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  readonly column: number;
  readonly kind: CellKind;
  /**
   * Numbers as written in the file; dates as Excel's day count since 1899-12-30. Empty for formulas, and for the lower
   * rows of a merged number, which would count twice.
   */
  readonly text: string;
}

export interface Row {
  readonly number: number;
  /** By column number; empty cells are absent. */
  readonly cells: ReadonlyMap<number, Cell>;
}

/** One visible sheet of a workbook, or a CSV file; rows without a filled cell are absent. */
export interface Table {
  /** The sheet's name; empty for CSV. */
  readonly sheet: string;
  readonly rows: readonly Row[];
}

export interface TableLimits {
  readonly fileBytes: number;
  readonly zipEntries: number;
  readonly inflatedBytes: number;
  readonly sheets: number;
  /** Pieces of XML: an archive within its bytes can still hold tens of millions of empty elements. */
  readonly xmlParts: number;
  readonly xmlDepth: number;
  readonly rows: number;
  readonly columns: number;
  /** Filled cells of all sheets together. */
  readonly cells: number;
  readonly cellCharacters: number;
  /** Of all cells together: one long shared string can be shown by every one of them. */
  readonly characters: number;
}

/** Import bombs: counted while reading, never taken from what the file declares about itself. */
export const TABLE_LIMITS: TableLimits = {
  fileBytes: 10 * 1024 * 1024,
  zipEntries: 500,
  inflatedBytes: 100 * 1024 * 1024,
  sheets: 50,
  xmlParts: 10_000_000,
  xmlDepth: 64,
  rows: 20_000,
  columns: 200,
  cells: 600_000,
  cellCharacters: 10_000,
  characters: 30_000_000,
};

/** `row:column`, how errors of a file name their place. */
export function place(row: number, column: number): string {
  return `${row}:${column}`;
}

/** 28 → `AB`. */
export function columnLetters(column: number): string {
  return column > 26 ? columnLetters(Math.floor((column - 1) / 26)) + columnLetters(((column - 1) % 26) + 1) : String.fromCharCode(64 + column);
}

/** `AB12` → 28; undefined for what is no reference. */
export function columnNumber(reference: string | undefined): number | undefined {
  const letters = reference === undefined ? null : /^([A-Z]{1,3})\d+$/.exec(reference);
  if (!letters?.[1]) return undefined;
  return [...letters[1]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
