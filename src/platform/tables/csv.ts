import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { refuse } from '../../kernel/refusal.ts';
import type { Cell, Row, Table, TableLimits } from './table.ts';

const DELIMITERS = [',', '\t', ';'] as const;

/**
 * Chinese offices save CSV as UTF-8 with a mark, as GB18030 without one, or as "Unicode text" (UTF-16).
 * Bytes that are no valid UTF-8 are tried as GB18030; refuses `TABLE_ENCODING`.
 */
export function decodeText(bytes: Uint8Array): string {
  const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    const text = decodeStrictly(bytes, encoding);
    if (text !== undefined && !text.includes('\0')) return text;
  }
  return refuse('TABLE_ENCODING', 'invalid');
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Rows are numbered as a spreadsheet numbers them: a quoted line break does not begin a row. */
export async function readCsv(bytes: Uint8Array, limits: TableLimits): Promise<Table> {
  const text = decodeText(bytes);
  const records = await parseRecords(text, limits);
  if (records.length > limits.rows) refuse('TABLE_TOO_LONG', 'invalid', { most: limits.rows });
  const rows: Row[] = [];
  records.forEach((record, index) => {
    if (record.length > limits.columns) refuse('TABLE_TOO_WIDE', 'invalid', { most: limits.columns });
    const cells = new Map<number, Cell>();
    record.forEach((value, column) => {
      const cell = cellOf(index + 1, column + 1, value, limits);
      if (cell) cells.set(column + 1, cell);
    });
    if (cells.size > 0) rows.push({ number: index + 1, cells });
  });
  return { rows };
}

const MOST_BYTES_A_CHARACTER = 4;

/** Characters parsed before others have their turn: about 5 ms. */
const CHUNK = 64 * 1024;

async function* chunksOf(text: string): AsyncGenerator<string> {
  for (let from = 0; from < text.length; from += CHUNK) {
    yield text.slice(from, from + CHUNK);
    await turn();
  }
}

async function parseRecords(text: string, limits: TableLimits): Promise<string[][]> {
  const parser = parse({
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: limits.columns * limits.cellCharacters * MOST_BYTES_A_CHARACTER,
    to: limits.rows + 1,
  });
  const records: string[][] = [];
  try {
    for await (const record of Readable.from(chunksOf(text)).pipe(parser)) records.push(record as string[]);
    return records;
  } catch {
    return refuse('TABLE_DAMAGED', 'invalid');
  }
}

function delimiterOf(text: string): string {
  const firstLines = text.slice(0, 4000).split(/\r?\n/, 5).join('\n');
  const count = (delimiter: string): number => firstLines.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

function cellOf(row: number, column: number, value: string, limits: TableLimits): Cell | undefined {
  if (value.length > limits.cellCharacters) refuse('TABLE_CELL_TOO_LONG', 'invalid', { most: limits.cellCharacters });
  const text = value.trim();
  if (text === '') return undefined;
  return { row, column, kind: 'text', text: /^[\t\r]/.test(value) ? value : text };
}
