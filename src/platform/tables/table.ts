/** What a cell was in the file; values stay text, so that no digit is lost before a column says what it means. */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'formula' | 'error';

export interface Cell {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  readonly column: number;
  readonly kind: CellKind;
  /** Numbers as written in the file; dates as Excel's day count since 1899-12-30. Empty for formulas. */
  readonly text: string;
}

export interface Row {
  readonly number: number;
  /** By column number; empty cells are absent. */
  readonly cells: ReadonlyMap<number, Cell>;
}

/** The first visible sheet of a workbook, or a CSV file; rows without a filled cell are absent. */
export interface Table {
  readonly rows: readonly Row[];
}

export interface TableLimits {
  readonly fileBytes: number;
  readonly zipEntries: number;
  readonly inflatedBytes: number;
  /** Pieces of XML: an archive within its bytes can still hold tens of millions of empty elements. */
  readonly xmlParts: number;
  readonly rows: number;
  readonly columns: number;
  readonly cellCharacters: number;
}

/** Import bombs: counted while reading, never taken from what the file declares about itself. */
export const TABLE_LIMITS: TableLimits = {
  fileBytes: 10 * 1024 * 1024,
  zipEntries: 500,
  inflatedBytes: 100 * 1024 * 1024,
  xmlParts: 10_000_000,
  rows: 20_000,
  columns: 200,
  cellCharacters: 10_000,
};

/** `row:column`, how errors of a file name their place. */
export function place(row: number, column: number): string {
  return `${row}:${column}`;
}
