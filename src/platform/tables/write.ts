import { runThread } from '../threads/thread.ts';
import type { Sheet } from './sheet.ts';
import { csvLine } from './stream.ts';
import { workbookBytes } from './workbook-bytes.ts';

/** Sooner written than a thread is started. */
const CELLS_AT_ONCE = 5_000;
const MEMORY_MB = 768;
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './writing-thread.ts' : './writing-thread.js', import.meta.url);

/** XLSX of text cells; a big one is written in a thread, because the library does it in one go. */
export async function writeXlsx(sheet: Sheet): Promise<Buffer> {
  if (sheet.rows.length * sheet.headings.length <= CELLS_AT_ONCE) return workbookBytes(sheet);
  return Buffer.from(await runThread<Uint8Array>({ entry: THREAD, input: sheet, memoryMb: MEMORY_MB }));
}

/** CSV for spreadsheet programs: marked UTF-8, CRLF, and `'` before whatever they would run. */
export function writeCsv(sheet: Sheet): Buffer {
  return Buffer.from(`\uFEFF${[sheet.headings, ...sheet.rows].map(csvLine).join('')}`, 'utf8');
}
