import { refuse } from '../../kernel/refusal.ts';
import { readCsv } from './csv.ts';
import { TABLE_LIMITS, type Table, type TableLimits } from './table.ts';
import { readXlsx } from './xlsx.ts';

/** Name of the stream in which Office and WPS keep a workbook that has a password. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

function startsWith(bytes: Uint8Array, ...magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/**
 * Reads an XLSX or CSV file, told apart by its first bytes, never by its name: every visible sheet, in slices of time.
 * Refuses `TABLE_EMPTY`, `TABLE_TOO_BIG`, `TABLE_OLD_FORMAT` (.xls), `TABLE_ENCRYPTED` and what the readers refuse.
 */
export async function readSheets(bytes: Uint8Array, limits: TableLimits = TABLE_LIMITS): Promise<Table[]> {
  if (bytes.length === 0) refuse('TABLE_EMPTY', 'invalid');
  if (bytes.length > limits.fileBytes) refuse('TABLE_TOO_BIG', 'invalid', { mostBytes: limits.fileBytes });
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) refuse(Buffer.from(bytes).includes(ENCRYPTED) ? 'TABLE_ENCRYPTED' : 'TABLE_OLD_FORMAT', 'invalid');
  return startsWith(bytes, 0x50, 0x4b) ? readXlsx(bytes, limits) : [await readCsv(bytes, limits)];
}

/** The first visible sheet. Refuses what `readSheets` refuses. */
export async function readTable(bytes: Uint8Array, limits: TableLimits = TABLE_LIMITS): Promise<Table> {
  const [first] = await readSheets(bytes, limits);
  return first ?? refuse('TABLE_NOT_A_WORKBOOK', 'invalid');
}
