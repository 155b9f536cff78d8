import type { Row, Table } from './table.ts';

/** A column as its heading names it. */
export interface HeadingColumn {
  readonly column: number;
  /** Own heading and, of two rows, the group's before it. */
  readonly heading: string;
  /** What its group calls it, if that is another text than `heading`. */
  readonly own: string;
}

/** Where a sheet's headings stand. */
export interface Layout {
  /** First and last heading row; equal where there is one. 0 = the sheet is empty. */
  readonly from: number;
  readonly until: number;
  readonly columns: readonly HeadingColumn[];
  /** `单位：万元` above the headings: the unit of amounts whose heading and cell name none. */
  readonly unit: string | undefined;
}

/** Titles and notes may stand above the headings, seldom more than this. */
const ROWS_SEARCHED = 10;
const NONE: Layout = { from: 0, until: 0, columns: [], unit: undefined };

/** A heading without its unit, marks and blanks: `* 预算（万元）` and `预算` are one. */
export function bare(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s*:_-]+/g, '');
}

/**
 * The row, or the group row and the row below it, with most headings that `known` knows; where it knows none, the
 * fullest of the first rows.
 */
export function findLayout({ rows }: Table, known: (heading: string) => boolean): Layout {
  const searched = rows.slice(0, ROWS_SEARCHED);
  const knownIn = (columns: readonly HeadingColumn[]): number =>
    new Set(columns.flatMap(({ heading, own }) => (known(heading) ? [bare(heading)] : known(own) ? [bare(own)] : []))).size;
  let best: { readonly layout: Layout; readonly score: number } = { layout: NONE, score: 0 };
  let fullest: Row | undefined;
  for (const [index, row] of searched.entries()) {
    const single = columnsOf(row);
    const below = searched[index + 1];
    if (row.cells.size > (fullest?.cells.size ?? 0)) fullest = row;
    const score = knownIn(single);
    if (score > best.score) best = { layout: { from: row.number, until: row.number, columns: single, unit: unitAbove(rows, row.number) }, score };
    if (below?.number !== row.number + 1) continue;
    const double = groupedColumns(row, below);
    const both = knownIn(double);
    // One group row names some columns by itself; a title names none.
    const grouped = score > 0 && both >= Math.max(score, knownIn(columnsOf(below))) && (both > score || repeats(row, below));
    if (grouped && both >= best.score) {
      best = { layout: { from: row.number, until: below.number, columns: double, unit: unitAbove(rows, row.number) }, score: both + 0.5 };
    }
  }
  if (best.score > 0 || !fullest) return best.layout;
  return { from: fullest.number, until: fullest.number, columns: columnsOf(fullest), unit: unitAbove(rows, fullest.number) };
}

function columnsOf(row: Row): HeadingColumn[] {
  return [...row.cells.values()].sort((a, b) => a.column - b.column).map(({ column, text }) => ({ column, heading: text, own: text }));
}

/** A group stands over the filled columns from its own to the next group's. */
function groupedColumns(groups: Row, owns: Row): HeadingColumn[] {
  const numbers = [...new Set([...groups.cells.keys(), ...owns.cells.keys()])].sort((a, b) => a - b);
  let group = '';
  return numbers.map((column): HeadingColumn => {
    group = groups.cells.get(column)?.text ?? group;
    const own = owns.cells.get(column)?.text;
    if (own === undefined || own === group) return { column, heading: group, own: group };
    return { column, heading: group === '' ? own : `${group} ${own}`, own };
  });
}

/** A heading merged over both rows stands in both. */
function repeats(row: Row, below: Row): boolean {
  return [...row.cells].some(([column, cell]) => below.cells.get(column)?.text === cell.text);
}

function unitAbove(rows: readonly Row[], heading: number): string | undefined {
  for (const row of rows) {
    if (row.number >= heading) return undefined;
    for (const { text } of row.cells.values()) {
      const [, unit] = /单位:(?:人民币)?(亿元|万元|千元|元)/.exec(text.normalize('NFKC').replace(/\s+/g, '')) ?? [];
      if (unit) return unit;
    }
  }
  return undefined;
}

const TOTALS = new Set(['合计', '总计', '小计', '共计', 'total', '累计']);
const NOTE = /^(注|备注|说明|填表人|制表人|审核人|填报人|填报单位|单位负责人|制表日期)[:：]/;
/** A note has few cells beside it: a row of a list has more. */
const MOST_CELLS_OF_A_NOTE = 4;

/** Why a row below the headings is no row of the list; undefined = it is one. */
export function asideOf(row: Row, { columns }: Layout): 'total' | 'note' | 'headings' | undefined {
  const [first] = [...row.cells.values()].sort((a, b) => a.column - b.column);
  if (!first) return undefined;
  if (TOTALS.has(bare(first.text))) return 'total';
  if (row.cells.size <= MOST_CELLS_OF_A_NOTE && NOTE.test(first.text.normalize('NFKC'))) return 'note';
  const repeated = columns.length > 1 && columns.every(({ column, own }) => row.cells.get(column)?.text === own);
  return repeated ? 'headings' : undefined;
}
