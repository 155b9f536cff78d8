import writeXlsxFile from 'write-excel-file/node';
import type { Sheet } from './sheet.ts';

/** Text cells alone, which are never run, whatever they begin with. Holds its thread until it is done. */
export async function workbookBytes({ title, headings, rows }: Sheet): Promise<Buffer> {
  const lines = [
    ...(title === undefined ? [] : [[{ value: printable(title), type: String }]]),
    headings.map((value) => ({ value: printable(value), type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map((value) => (value === '' ? null : { value: printable(value), type: String, format: '@' }))),
  ];
  return writeXlsxFile(lines).toBuffer();
}

/** Control characters are not allowed in XML 1.0 and would make the whole workbook unreadable. */
export function printable(value: string): string {
  // eslint-disable-next-line no-control-regex
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
