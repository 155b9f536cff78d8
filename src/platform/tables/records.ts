import { refuse, type FieldError } from '../../kernel/refusal.ts';
import type { CellReader, Reading } from './cells.ts';
import { isFormulaText } from './formulas.ts';
import { place, type Cell, type Row, type Table } from './table.ts';

export interface ColumnRule<Value> {
  /** Every name under which offices write this heading, in either language; units in brackets are ignored. */
  readonly headings: readonly string[];
  readonly required: boolean;
  readonly read: CellReader<Value>;
}

export type ColumnRules = Readonly<Record<string, ColumnRule<unknown>>>;

export type ValuesOf<Rules extends ColumnRules> = {
  readonly [Key in keyof Rules]: (Rules[Key] extends ColumnRule<infer Value> ? Value : never) | undefined;
};

export interface RecordOf<Rules extends ColumnRules> {
  readonly row: number;
  /** Undefined where the cell is empty or wrong; wrong ones are among the errors. */
  readonly values: ValuesOf<Rules>;
  readonly errors: readonly FieldError[];
  /** The cells as they stand, by rule: equal for rows that say the same, wherever their columns are. */
  readonly said: string;
  /** Where a rule that looks at several cells puts its error. */
  at(key: keyof Rules): string;
}

export interface Records<Rules extends ColumnRules> {
  readonly records: readonly RecordOf<Rules>[];
  /** Headings that no rule knows, so that a mistyped one does not lose a column in silence. */
  readonly unknownHeadings: readonly string[];
}

export function required<Value>(headings: readonly string[], read: CellReader<Value>): ColumnRule<Value> {
  return { headings, required: true, read };
}

export function optional<Value>(headings: readonly string[], read: CellReader<Value>): ColumnRule<Value> {
  return { headings, required: false, read };
}

/** Titles and notes may stand above the headings, seldom more than this. */
const ROWS_SEARCHED = 10;

interface Headings {
  readonly row: number;
  /** Column number and heading text by rule. */
  readonly columns: ReadonlyMap<string, { readonly column: number; readonly heading: string }>;
  readonly unknown: readonly string[];
}

/**
 * Rows below the heading row as records. Refuses `TABLE_HEADINGS_MISSING` (with one error for each missing
 * column), `TABLE_HEADING_TWICE`, `TABLE_NO_ROWS`. Wrong cells never refuse the file: they are errors of their row.
 */
export function recordsOf<Rules extends ColumnRules>(table: Table, rules: Rules): Records<Rules> {
  const headings = findHeadings(table, rules);
  const records = table.rows.filter((row) => row.number > headings.row).map((row) => recordOf(row, headings, rules));
  if (records.length === 0) refuse('TABLE_NO_ROWS', 'invalid');
  return { records, unknownHeadings: headings.unknown };
}

function findHeadings(table: Table, rules: ColumnRules): Headings {
  const known = new Map<string, string>();
  for (const [key, rule] of Object.entries(rules)) for (const name of rule.headings) known.set(bare(name), key);
  let best: Headings = { row: 0, columns: new Map(), unknown: [] };
  for (const row of table.rows.slice(0, ROWS_SEARCHED)) {
    const candidate = headingsIn(row, known);
    if (candidate.columns.size > best.columns.size) best = candidate;
  }
  const missing = Object.entries(rules).filter(([key, rule]) => rule.required && !best.columns.has(key));
  if (missing.length > 0) {
    const errors = missing.map(([, rule]) => ({
      at: place(Math.max(best.row, 1), 1),
      code: 'TABLE_HEADING_MISSING',
      params: { heading: rule.headings[0] ?? '' },
    }));
    refuse('TABLE_HEADINGS_MISSING', 'invalid', { missing: missing.length }, errors);
  }
  return best;
}

function headingsIn(row: Row, known: ReadonlyMap<string, string>): Headings {
  const columns = new Map<string, { column: number; heading: string }>();
  const unknown: string[] = [];
  for (const cell of row.cells.values()) {
    const key = known.get(bare(cell.text));
    if (key === undefined) unknown.push(cell.text.slice(0, 40));
    else if (columns.has(key)) refuse('TABLE_HEADING_TWICE', 'invalid', {}, [{ at: place(cell.row, cell.column), code: 'TABLE_HEADING_TWICE' }]);
    else columns.set(key, { column: cell.column, heading: cell.text });
  }
  return { row: row.number, columns, unknown };
}

/** A heading without its unit, marks and blanks: `* 预算（万元）` and `预算` are one. */
function bare(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s*:_-]+/g, '');
}

function recordOf<Rules extends ColumnRules>(row: Row, headings: Headings, rules: Rules): RecordOf<Rules> {
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  const said: (string | null)[] = [];
  const at = (key: keyof Rules): string => place(row.number, headings.columns.get(String(key))?.column ?? 1);
  for (const [key, rule] of Object.entries(rules)) {
    const found = headings.columns.get(key);
    const cell = found && row.cells.get(found.column);
    said.push(cell?.text ?? null);
    if (!found || !cell) {
      if (rule.required) errors.push({ at: at(key), code: 'CELL_EMPTY' });
      continue;
    }
    const reading = refusedAsIs(cell) ?? rule.read(unquoted(cell), found.heading);
    if ('value' in reading) values[key] = reading.value;
    else errors.push({ at: at(key), code: reading.code, ...(reading.params && { params: reading.params }) });
  }
  return { row: row.number, values: values as ValuesOf<Rules>, errors, said: JSON.stringify(said), at };
}

function refusedAsIs(cell: Cell): Reading<never> | undefined {
  if (cell.kind === 'formula') return { code: 'CELL_FORMULA' };
  if (cell.kind === 'error') return { code: 'CELL_ERROR' };
  return cell.kind === 'text' && isFormulaText(cell.text) ? { code: 'CELL_FORMULA' } : undefined;
}

/** A leading `'` says "this is text", in spreadsheets and in the CSV files written here. */
function unquoted(cell: Cell): Cell {
  return cell.kind === 'text' && /^'[=+\-@\t\r＝＋－＠]/.test(cell.text) ? { ...cell, text: cell.text.slice(1) } : cell;
}
