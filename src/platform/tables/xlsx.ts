import { refuse } from '../../kernel/refusal.ts';
import { CellBudget, SheetPart, type Merge, type RawCell } from './sheet-part.ts';
import type { Cell, CellKind, Row, Table, TableLimits } from './table.ts';
import { Turns } from './turns.ts';
import { RelationsPart, StringsPart, StylesPart, unescaped, WorkbookPart } from './workbook-parts.ts';
import { XmlBudget, XmlReader, type XmlHandler } from './xml.ts';
import { inflateCounted } from './zip.ts';

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;

/** Reads the visible sheets in their order. Refuses `TABLE_…` codes; values stay text, formulas only leave their place. */
export async function readXlsx(bytes: Uint8Array, limits: TableLimits): Promise<Table[]> {
  const xml = new XmlBudget(limits.xmlParts);
  const cells = new CellBudget(limits.cells);
  const workbook = new WorkbookPart();
  const relations = new RelationsPart();
  const strings = new StringsPart(limits);
  const styles = new StylesPart();
  const sheets = new Map<string, SheetPart>();
  const parts = new Map<string, XmlHandler>([
    ['xl/workbook.xml', workbook],
    ['xl/_rels/workbook.xml.rels', relations],
    ['xl/sharedstrings.xml', strings],
    ['xl/styles.xml', styles],
  ]);
  let isWorkbook = false;
  await inflateCounted(bytes, limits, (entry) => {
    const name = entry.replace(/^\//, '').toLowerCase();
    isWorkbook ||= name === 'xl/workbook.xml';
    if (SHEET.test(name)) {
      const sheet = new SheetPart(limits, cells);
      sheets.set(name, sheet);
      parts.set(name, sheet);
      if (sheets.size > limits.sheets) refuse('TABLE_TOO_MANY_SHEETS', 'invalid', { most: limits.sheets });
    }
    const handler = parts.get(name);
    return handler && new XmlReader(handler, xml, limits);
  });
  if (!isWorkbook) refuse('TABLE_NOT_A_WORKBOOK', 'invalid');
  const content: Content = { strings: strings.strings, dates: styles.dates, dayOffset: workbook.dayOffset, limits, characters: 0 };
  const tables: Table[] = [];
  for (const { name, part } of visibleSheets(workbook, relations, sheets)) tables.push({ sheet: name, rows: await rowsOf(part, content, cells) });
  return tables.length > 0 ? tables : refuse('TABLE_NOT_A_WORKBOOK', 'invalid');
}

function visibleSheets(
  { sheets }: WorkbookPart,
  { targets }: RelationsPart,
  parts: ReadonlyMap<string, SheetPart>,
): { readonly name: string; readonly part: SheetPart }[] {
  if (sheets.length === 0) return [...parts.values()].slice(0, 1).map((part) => ({ name: '', part }));
  return sheets.flatMap(({ name, id, visible }) => {
    const part = visible ? parts.get(targets.get(id) ?? 'xl/worksheets/sheet1.xml') : undefined;
    return part ? [{ name, part }] : [];
  });
}

interface Content {
  readonly strings: readonly string[];
  /** By cell style: whether its number format shows a date. */
  readonly dates: readonly boolean[];
  readonly dayOffset: number;
  readonly limits: TableLimits;
  characters: number;
}

async function rowsOf({ rows, merges }: SheetPart, content: Content, budget: CellBudget): Promise<Row[]> {
  const turns = new Turns();
  const byNumber = new Map<number, Map<number, Cell>>();
  for (const { number, cells } of rows) {
    await turns.take();
    const filled = byNumber.get(number) ?? new Map<number, Cell>();
    for (const raw of cells) {
      const cell = cellOf(number, raw, content);
      if (cell) filled.set(cell.column, cell);
    }
    if (filled.size > 0) byNumber.set(number, filled);
  }
  for (const merge of merges) {
    await turns.take();
    fillDown(merge, byNumber, budget);
  }
  return [...byNumber].map(([number, cells]) => ({ number, cells })).sort((a, b) => a.number - b.number);
}

/** What stands once over several rows is said by each of them; a number is not, because it would count each time. */
function fillDown({ top, left, bottom }: Merge, rows: ReadonlyMap<number, Map<number, Cell>>, budget: CellBudget): void {
  const first = rows.get(top)?.get(left);
  if (!first || top === bottom) return;
  const repeated = first.kind === 'text' || first.kind === 'date';
  for (let row = top + 1; row <= bottom; row += 1) {
    budget.spend();
    const cells = rows.get(row);
    if (!cells || cells.has(left)) continue;
    cells.set(left, { row, column: left, kind: repeated ? first.kind : 'merged', text: repeated ? first.text : '' });
  }
}

function cellOf(row: number, raw: RawCell, content: Content): Cell | undefined {
  const cell = (kind: CellKind, text: string): Cell | undefined => {
    if (kind !== 'formula' && text === '') return undefined;
    content.characters += text.length;
    if (content.characters > content.limits.characters) refuse('TABLE_TOO_COMPLEX', 'invalid');
    return { row, column: raw.column, kind, text };
  };
  if (raw.formula) return cell('formula', '');
  const value = raw.value.trim();
  switch (raw.type) {
    case 's':
      return cell('text', (content.strings[Number(value)] ?? '').trim());
    case 'inlineStr':
    case 'str':
    case 'd':
      return cell('text', unescaped(value).trim());
    case 'b':
      return cell('boolean', value);
    case 'e':
      return cell('error', value);
    default:
      return content.dates[raw.style] ? cell('date', String(Number(value) + content.dayOffset)) : cell('number', value);
  }
}
