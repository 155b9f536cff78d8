import writeXlsxFile from 'write-excel-file/node';
import { startsLikeFormula } from './formulas.ts';

/** Column headings and rows of text; nothing is written as a number or formula, so nothing loses digits or runs. */
export interface Sheet {
  /** A line above the headings. */
  readonly title?: string | undefined;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** XLSX of text cells; a text cell is never run, whatever it begins with. */
export async function writeXlsx(sheet: Sheet): Promise<Buffer> {
  const lines = [
    ...(sheet.title === undefined ? [] : [[{ value: printable(sheet.title), type: String }]]),
    sheet.headings.map((value) => ({ value: printable(value), type: String, fontWeight: 'bold' as const })),
    ...sheet.rows.map((row) => row.map((value) => (value === '' ? null : { value: printable(value), type: String, format: '@' }))),
  ];
  return writeXlsxFile(lines).toBuffer();
}

/** CSV for spreadsheet programs: marked UTF-8, CRLF, and `'` before whatever they would run. */
export function writeCsv(sheet: Sheet): Buffer {
  const lines = [sheet.headings, ...sheet.rows].map((row) => row.map(csvCell).join(','));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8');
}

function csvCell(value: string): string {
  const text = startsLikeFormula(value) ? `'${value}` : value;
  return /[",\r\n\t;']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Control characters are not allowed in XML 1.0 and would make the whole workbook unreadable. */
function printable(value: string): string {
  // eslint-disable-next-line no-control-regex
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
