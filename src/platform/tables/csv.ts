import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { refuse } from '../../kernel/refusal.ts';
import { decodeText } from './encoding.ts';
import type { Cell, Row, Table, TableLimits } from './table.ts';
import { mapInTurns } from './turns.ts';

/** Many web systems call a page with a table in it a workbook. */
const WEB_PAGE = /^\s*<(!doctype|html|head|meta|table|\?xml|style)\b/i;

const DELIMITERS = [',', '\t', ';'] as const;

/** Rows are numbered as a spreadsheet numbers them: a quoted line break does not begin a row. */
export async function readCsv(bytes: Uint8Array, limits: TableLimits): Promise<Table> {
  const text = await decodeText(bytes);
  if (WEB_PAGE.test(text)) refuse('TABLE_WEB_PAGE', 'invalid');
  const records = await parseRecords(text, limits);
  if (records.length > limits.rows) refuse('TABLE_TOO_LONG', 'invalid', { most: limits.rows });
  let filled = 0;
  const rows = await mapInTurns(records, (record, index): Row => {
    if (record.length > limits.columns) refuse('TABLE_TOO_WIDE', 'invalid', { most: limits.columns });
    const cells = new Map<number, Cell>();
    record.forEach((value, column) => {
      const cell = cellOf(index + 1, column + 1, value, limits);
      if (cell) cells.set(column + 1, cell);
    });
    filled += cells.size;
    if (filled > limits.cells) refuse('TABLE_TOO_COMPLEX', 'invalid');
    return { number: index + 1, cells };
  });
  return { sheet: '', rows: rows.filter(({ cells }) => cells.size > 0) };
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
