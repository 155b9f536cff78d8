import type { FieldError } from '../../../kernel/refusal.ts';
import { dateOf, textOf, type CellReader } from '../../../platform/tables/cells.ts';
import { columnLetters, TABLE_LIMITS, type Cell, type Row, type Table } from '../../../platform/tables/table.ts';
import type { Layout } from '../../../platform/tables/headings.ts';
import type { Sheet } from '../../../platform/tables/sheet.ts';
import { isPersonalHeading } from '../mapping/model.ts';

export interface WrongRowsWords {
  /** Heading of the column that says what is wrong. */
  readonly heading: string;
  say(error: FieldError): string;
}

const asText = textOf(TABLE_LIMITS.cellCharacters);

/** Stands for what has no value of its own, and is refused again until a value takes its place. */
const NO_VALUE = '=？';

/** What a person reads in the cell. */
function shown(cell: Cell | undefined): string {
  if (!cell) return '';
  if (cell.kind === 'formula' || cell.kind === 'error' || cell.kind === 'merged') return NO_VALUE;
  if (cell.kind === 'boolean') return cell.text === '1' ? '是' : '否';
  const reader: CellReader<string> = cell.kind === 'date' ? dateOf : asText;
  const reading = reader(cell, '');
  return 'value' in reading ? reading.value : cell.text;
}

/** The row of the file in which an error stands. */
export function rowOfError({ at }: FieldError): number {
  return Number(at.split(':', 1)[0]);
}

export function columnOfError({ at }: FieldError): number {
  return Number(at.split(':')[1]);
}

/**
 * The wrong rows alone, under their own headings in their own columns, and what is wrong with each: corrected, the file
 * can come back as it is. Columns that name or track a person and are never read stay empty.
 */
export function wrongRowsSheet(table: Table, layout: Layout, errors: readonly FieldError[], words: WrongRowsWords): Sheet {
  const byRow = new Map<number, FieldError[]>();
  for (const error of errors) byRow.set(rowOfError(error), [...(byRow.get(rowOfError(error)) ?? []), error]);
  const last = Math.max(...layout.columns.map(({ column }) => column));
  const kept = new Set(layout.columns.filter(({ heading }) => !isPersonalHeading(heading)).map(({ column }) => column));
  const headings = new Map(layout.columns.map(({ column, own }) => [column, own]));
  const line = (row: Row | undefined, all: boolean, end: string): string[] => [
    ...Array.from({ length: last }, (_, index) => (all || kept.has(index + 1) ? shown(row?.cells.get(index + 1)) : '')),
    end,
  ];
  const named = (error: FieldError): string => {
    const column = columnOfError(error);
    return `${columnLetters(column)}（${headings.get(column) ?? ''}）：${words.say(error)}`;
  };
  const headingRows = table.rows.filter(({ number }) => number >= layout.from && number <= layout.until);
  const wrong = table.rows.filter(({ number }) => number > layout.until && byRow.has(number));
  return {
    title: layout.unit === undefined ? undefined : `单位：${layout.unit}`,
    headings: line(headingRows[0], true, words.heading),
    rows: [
      ...headingRows.slice(1).map((row) => line(row, true, '')),
      ...wrong.map((row) => line(row, false, (byRow.get(row.number) ?? []).map(named).join('；'))),
    ],
  };
}
