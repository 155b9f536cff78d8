import writeXlsxFile from 'write-excel-file/node';
import { repacked } from '../documents/repacked.ts';

/** A number is written as one, to be summed; its format is the spreadsheet's own (`#,##0.00`). */
export type WorkbookCell = string | { readonly number: number; readonly format: string };

export interface WorkbookSheet {
  readonly name: string;
  /** A line above the headings. */
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly WorkbookCell[])[];
  /** In characters. */
  readonly widths: readonly number[];
}

const BOLD = { fontWeight: 'bold' as const };

export interface WorkbookEnd {
  /** Lines below each table. */
  readonly notes: readonly string[];
  /** ISO instant of the file itself. */
  readonly printedAt: string;
}

/** Small workbooks of our own figures; texts are text cells, which are never run. The same input gives the same bytes. */
export async function writeWorkbook(sheets: readonly WorkbookSheet[], { notes, printedAt }: WorkbookEnd): Promise<Buffer> {
  const parts = sheets.map(({ name, title, headings, rows, widths }) => ({
    sheet: name,
    columns: widths.map((width) => ({ width })),
    data: [
      [{ value: title, type: String, ...BOLD, fontSize: 14 }],
      headings.map((value) => ({ value, type: String, ...BOLD, wrap: true, align: 'center' as const, backgroundColor: '#F3F4F6' })),
      ...rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { value: cell, type: String } : { value: cell.number, type: Number, format: cell.format }))),
      ...notes.map((value) => [{ value, type: String }]),
    ],
  }));
  return repacked(await writeXlsxFile(parts).toBuffer(), printedAt);
}
