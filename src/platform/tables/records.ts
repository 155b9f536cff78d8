import { refuse, type FieldError } from '../../kernel/refusal.ts';
import type { CellReader, Reading } from './cells.ts';
import { isFormulaText } from './formulas.ts';
import { asideOf, bare, findLayout, type HeadingColumn, type Layout } from './headings.ts';
import { place, type Cell, type Row, type Table } from './table.ts';
import { mapInTurns } from './turns.ts';

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
  /** What the filled cells mean, by rule: equal for rows that say the same, in whatever format and wherever their columns are. */
  readonly said: string;
  /** The row's cells. */
  readonly cells: ReadonlyMap<number, Cell>;
  /** Where a rule that looks at several cells puts its error. */
  at(key: keyof Rules): string;
}

/** A row below the headings that is no row of the list: a total, a note, the headings once more. */
export interface Aside {
  readonly row: number;
  readonly is: 'total' | 'note' | 'headings';
}

export interface Records<Rules extends ColumnRules> {
  readonly records: readonly RecordOf<Rules>[];
  /** Headings that no rule knows, so that a mistyped one does not lose a column in silence. */
  readonly unknownHeadings: readonly string[];
  readonly asides: readonly Aside[];
}

/** Where one rule's value comes from. */
export interface ColumnSource {
  /** Several: the choices of one question, or texts to be joined. None: only `fixed`. */
  readonly columns: readonly HeadingColumn[];
  /** Of amounts, whatever the heading says. */
  readonly unit?: string | undefined;
  /** What the file says → what the rule reads; by `plainChoice`. */
  readonly values?: ReadonlyMap<string, string> | undefined;
  /** Where the cell is empty. */
  readonly fixed?: string | undefined;
  /** The rule reads choices of a fixed list: columns are ticked, one cell may hold several. */
  readonly choices?: boolean;
  /** Of several choices the first. */
  readonly first?: boolean | undefined;
}

export type ColumnPlan = ReadonlyMap<string, ColumnSource>;

export function required<Value>(headings: readonly string[], read: CellReader<Value>): ColumnRule<Value> {
  return { headings, required: true, read };
}

export function optional<Value>(headings: readonly string[], read: CellReader<Value>): ColumnRule<Value> {
  return { headings, required: false, read };
}

/** By heading, the rule that knows it. */
export function knownHeadings(rules: ColumnRules): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const [key, rule] of Object.entries(rules)) for (const name of rule.headings) known.set(bare(name), key);
  return known;
}

/**
 * Rows below the headings as records. Refuses `TABLE_HEADINGS_MISSING` (with one error for each missing column),
 * `TABLE_HEADING_TWICE`, `TABLE_NO_ROWS`. Wrong cells never refuse the file: they are errors of their row.
 */
export function recordsOf<Rules extends ColumnRules>(table: Table, rules: Rules): Records<Rules> {
  const known = knownHeadings(rules);
  const layout = findLayout(table, (heading) => known.has(bare(heading)));
  const plan = planByName(layout, known);
  assertComplete(plan, rules, layout);
  const { rows, asides } = rowsBelow(table, layout);
  return { records: rows.map((row) => recordOf(row, plan, rules, layout.unit)), unknownHeadings: unknownIn(layout, plan), asides };
}

/** The same by a plan made before, in slices of time. */
export async function readRecords<Rules extends ColumnRules>(table: Table, layout: Layout, plan: ColumnPlan, rules: Rules): Promise<Records<Rules>> {
  assertComplete(plan, rules, layout);
  const below = table.rows.filter((row) => row.number > layout.until);
  const { rows, asides } = parted(below, await mapInTurns(below, (row) => asideOf(row, layout)));
  const records = await mapInTurns(rows, (row) => recordOf(row, plan, rules, layout.unit));
  return { records, unknownHeadings: unknownIn(layout, plan), asides };
}

/** Rules without a column. */
export function missingIn(plan: ColumnPlan, rules: ColumnRules): string[] {
  return Object.keys(rules).filter((key) => rules[key]!.required && !plan.has(key));
}

/** Columns whose headings are names of a rule. Refuses `TABLE_HEADING_TWICE`. */
export function planByName(layout: Layout, known: ReadonlyMap<string, string>): ColumnPlan {
  const plan = new Map<string, ColumnSource>();
  for (const column of layout.columns) {
    const key = known.get(bare(column.heading)) ?? known.get(bare(column.own));
    if (key === undefined) continue;
    if (plan.has(key)) refuse('TABLE_HEADING_TWICE', 'invalid', {}, [{ at: place(layout.until, column.column), code: 'TABLE_HEADING_TWICE' }]);
    plan.set(key, { columns: [column] });
  }
  return plan;
}

function assertComplete(plan: ColumnPlan, rules: ColumnRules, layout: Layout): void {
  const missing = missingIn(plan, rules);
  if (missing.length === 0) return;
  const errors = missing.map((key) => ({
    at: place(Math.max(layout.until, 1), 1),
    code: 'TABLE_HEADING_MISSING',
    params: { heading: rules[key]?.headings[0] ?? '' },
  }));
  refuse('TABLE_HEADINGS_MISSING', 'invalid', { missing: missing.length }, errors);
}

interface Below {
  readonly rows: readonly Row[];
  readonly asides: readonly Aside[];
}

/** Refuses `TABLE_NO_ROWS`. */
export function rowsBelow(table: Table, layout: Layout): Below {
  const below = table.rows.filter((row) => row.number > layout.until);
  return parted(below, below.map((row) => asideOf(row, layout)));
}

function parted(below: readonly Row[], kinds: readonly (Aside['is'] | undefined)[]): Below {
  const rows = below.filter((_, index) => kinds[index] === undefined);
  if (rows.length === 0) refuse('TABLE_NO_ROWS', 'invalid');
  return { rows, asides: below.flatMap(({ number }, index) => (kinds[index] ? [{ row: number, is: kinds[index] }] : [])) };
}

const LONGEST_SHOWN = 40;

function unknownIn(layout: Layout, plan: ColumnPlan): string[] {
  const read = new Set([...plan.values()].flatMap(({ columns }) => columns.map(({ column }) => column)));
  return layout.columns.filter(({ column }) => !read.has(column)).map(({ heading }) => heading.slice(0, LONGEST_SHOWN));
}

function recordOf<Rules extends ColumnRules>(row: Row, plan: ColumnPlan, rules: Rules, unit: string | undefined): RecordOf<Rules> {
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  const said: [string, unknown][] = [];
  const at = (key: keyof Rules): string => place(row.number, plan.get(String(key))?.columns[0]?.column ?? 1);
  for (const [key, rule] of Object.entries(rules)) {
    const source = plan.get(key);
    const cell = source && cellIn(row, source);
    if (!source || !cell) {
      if (rule.required) errors.push({ at: at(key), code: 'CELL_EMPTY' });
      continue;
    }
    const reading = refusedAsIs(cell) ?? rule.read(unquoted(cell), headingFor(source, unit));
    said.push([key, 'value' in reading ? reading.value : cell.text]);
    if ('value' in reading) values[key] = reading.value;
    else errors.push({ at: place(cell.row, cell.column), code: reading.code, ...(reading.params && { params: reading.params }) });
  }
  return { row: row.number, values: values as ValuesOf<Rules>, errors, said: JSON.stringify(said), cells: row.cells, at };
}

/** Only the unit in it is read. */
function headingFor({ columns, unit }: ColumnSource, above: string | undefined): string {
  if (unit !== undefined) return `(${unit})`;
  const heading = columns[0]?.heading ?? '';
  return above === undefined || /(亿元|万元|千元|元)/.test(heading.normalize('NFKC')) ? heading : `${heading}(${above})`;
}

/** What questionnaires export for a question that was not answered, or not put. */
const UNANSWERED = new Set(['(空)', '(跳过)']);
/** Between the choices of one answer. */
export const CHOICES = '┋';
const TICKED = new Set(['1', '√', '✓', '是', 'true']);
const UNTICKED = new Set(['0', '否', 'false', '×']);

/** A choice without what was written beside it (`其他〖路灯〗`) and without its letter (`A.`). */
export function plainChoice(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/〖[^〗]*〗/g, '')
    .replace(/^[A-Z][.、]\s*/, '')
    .replace(/\s+/g, '')
    .toLowerCase();
}

function isUnanswered(cell: Cell): boolean {
  return cell.kind === 'text' && UNANSWERED.has(cell.text.normalize('NFKC'));
}

function cellIn(row: Row, { columns, values, fixed, choices = false, first }: ColumnSource): Cell | undefined {
  const found = columns.flatMap((column) => {
    const cell = row.cells.get(column.column);
    return cell && !isUnanswered(cell) ? [{ cell, column }] : [];
  });
  const cell = columns.length > 1 ? joined(found, choices) : found[0]?.cell;
  if (!cell) return fixed === undefined ? undefined : { row: row.number, column: columns[0]?.column ?? 1, kind: 'text', text: fixed };
  if (cell.kind !== 'text') return cell;
  if (!choices) return { ...cell, text: values?.get(plainChoice(cell.text)) ?? cell.text };
  if (!values) return cell;
  const said = cell.text.split(CHOICES).map((choice) => values.get(plainChoice(choice)) ?? plainChoice(choice));
  return { ...cell, text: first ? (said[0] ?? '') : said.join(CHOICES) };
}

interface Found {
  readonly cell: Cell;
  readonly column: HeadingColumn;
}

/** Choices in columns of their own are ticked or written out; other texts follow one another. */
function joined(found: readonly Found[], choices: boolean): Cell | undefined {
  const [first] = found;
  const wrong = found.find(({ cell }) => cell.kind === 'formula' || cell.kind === 'error' || cell.kind === 'merged');
  if (!first || wrong) return wrong?.cell;
  const texts = found.flatMap(({ cell, column }) => {
    if (!choices) return [cell.text];
    const said = plainChoice(cell.text);
    if (UNTICKED.has(said)) return [];
    return [TICKED.has(said) ? choiceOf(column) : cell.text];
  });
  return texts.length === 0 ? undefined : { ...first.cell, kind: 'text', text: texts.join(choices ? CHOICES : '；') };
}

/** `4、(养老)`, `您关注的领域:养老`: the choice a column stands for. */
export function choiceOf({ own }: HeadingColumn): string {
  const text = own.normalize('NFKC').trim();
  return /\(([^()]+)\)$/.exec(text)?.[1] ?? text.split(/[:—|]/).at(-1)?.trim() ?? text;
}

function refusedAsIs(cell: Cell): Reading<never> | undefined {
  if (cell.kind === 'formula') return { code: 'CELL_FORMULA' };
  if (cell.kind === 'error') return { code: 'CELL_ERROR' };
  if (cell.kind === 'merged') return { code: 'CELL_MERGED' };
  return cell.kind === 'text' && isFormulaText(cell.text) ? { code: 'CELL_FORMULA' } : undefined;
}

/** A leading `'` says "this is text", in spreadsheets and in the CSV files written here. */
function unquoted(cell: Cell): Cell {
  return cell.kind === 'text' && /^'[=+\-@\t\r＝＋－＠]/.test(cell.text) ? { ...cell, text: cell.text.slice(1) } : cell;
}
