import { setImmediate as turn } from 'node:timers/promises';
import { refuse } from '../../kernel/refusal.ts';
import type { Cell, CellKind, Row, Table, TableLimits } from './table.ts';
import { attribute, XmlBudget, xmlParts } from './xml.ts';
import { inflateCounted } from './zip.ts';

const WANTED = /^\/?xl\/(workbook\.xml|sharedStrings\.xml|styles\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/i;
/** ECMA-376 part 1, 18.8.30, with the East Asian date formats (27–36, 50–58) that Chinese Excel writes. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
const DAYS_FROM_1900_TO_1904 = 1462;

interface Workbook {
  readonly sheetXml: string;
  readonly shared: readonly string[];
  /** By cell style: whether its number format shows a date. */
  readonly dateStyles: readonly boolean[];
  readonly dayOffset: number;
}

/** Reads the first visible sheet. Refuses `TABLE_…` codes; values stay text, formulas only leave their place. */
export async function readXlsx(bytes: Uint8Array, limits: TableLimits): Promise<Table> {
  const files = await inflateCounted(bytes, limits, (name) => WANTED.test(name));
  const texts = new Map<string, string>();
  for (const [name, content] of files) {
    const text = new TextDecoder().decode(content);
    if (text.includes('\0')) refuse('TABLE_DAMAGED', 'invalid');
    texts.set(name.replace(/^\//, '').toLowerCase(), text);
  }
  const budget = new XmlBudget(limits.xmlParts);
  return { rows: await readRows(await openWorkbook(texts, limits, budget), limits, budget) };
}

async function openWorkbook(texts: ReadonlyMap<string, string>, limits: TableLimits, budget: XmlBudget): Promise<Workbook> {
  const workbook = texts.get('xl/workbook.xml') ?? refuse('TABLE_NOT_A_WORKBOOK', 'invalid');
  let sheet: string | undefined;
  let dayOffset = 0;
  for (const part of xmlParts(workbook, budget)) {
    if (part.kind !== 'open') continue;
    if (part.name === 'workbookPr' && /^(1|true)$/.test(attribute(part.content, 'date1904') ?? '')) dayOffset = DAYS_FROM_1900_TO_1904;
    if (part.name === 'sheet' && (attribute(part.content, 'state') ?? 'visible') === 'visible') sheet ??= attribute(part.content, 'id');
  }
  const path = sheetPath(texts.get('xl/_rels/workbook.xml.rels') ?? '', sheet, budget);
  const sheetXml = texts.get(path) ?? refuse('TABLE_NOT_A_WORKBOOK', 'invalid');
  return {
    sheetXml,
    shared: await sharedStrings(texts.get('xl/sharedstrings.xml') ?? '', limits, budget),
    dateStyles: dateStyles(texts.get('xl/styles.xml') ?? '', budget),
    dayOffset,
  };
}

function sheetPath(relations: string, id: string | undefined, budget: XmlBudget): string {
  for (const part of xmlParts(relations, budget)) {
    if (part.kind !== 'open' || part.name !== 'Relationship' || attribute(part.content, 'Id') !== id) continue;
    const target = (attribute(part.content, 'Target') ?? '').toLowerCase();
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  }
  return 'xl/worksheets/sheet1.xml';
}

async function sharedStrings(xml: string, limits: TableLimits, budget: XmlBudget): Promise<string[]> {
  const strings: string[] = [];
  let item = '';
  let reading = false;
  let phonetic = false;
  for (const { kind, name, content } of xmlParts(xml, budget)) {
    if (budget.due) await turn();
    if (kind === 'text') {
      if (reading && !phonetic) item += content;
    } else if (name === 't') reading = kind === 'open';
    else if (name === 'rPh') phonetic = kind === 'open';
    else if (name === 'si' && kind === 'open') item = '';
    else if (name === 'si') strings.push(bounded(item, limits));
  }
  return strings;
}

function dateStyles(xml: string, budget: XmlBudget): boolean[] {
  const custom = new Set<number>();
  const styles: boolean[] = [];
  let inside = false;
  for (const { kind, name, content } of xmlParts(xml, budget)) {
    if (name === 'cellXfs') inside = kind === 'open';
    if (kind !== 'open') continue;
    if (name === 'numFmt' && showsDate(attribute(content, 'formatCode') ?? '')) custom.add(Number(attribute(content, 'numFmtId')));
    if (name === 'xf' && inside) {
      const format = Number(attribute(content, 'numFmtId') ?? '0');
      styles.push(DATE_FORMATS.has(format) || custom.has(format));
    }
  }
  return styles;
}

function showsDate(format: string): boolean {
  return /[ymdh]/i.test(format.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]/gi, ''));
}

async function readRows(book: Workbook, limits: TableLimits, budget: XmlBudget): Promise<Row[]> {
  const rows: Row[] = [];
  let row = 0;
  let column = 0;
  let cells = new Map<number, Cell>();
  let type = '';
  let style = 0;
  let formula = false;
  let value = '';
  let reading = false;
  for (const { kind, name, content } of xmlParts(book.sheetXml, budget)) {
    if (budget.due) await turn();
    if (kind === 'text') {
      if (reading) value += content;
    } else if (name === 'row' && kind === 'open') {
      row = Number(attribute(content, 'r') ?? row + 1);
      column = 0;
      cells = new Map();
    } else if (name === 'row') {
      if (cells.size > 0) rows.push({ number: row, cells });
      if (rows.length > limits.rows) refuse('TABLE_TOO_LONG', 'invalid', { most: limits.rows });
    } else if (name === 'c' && kind === 'open') {
      column = columnNumber(attribute(content, 'r')) ?? column + 1;
      type = attribute(content, 't') ?? 'n';
      style = Number(attribute(content, 's') ?? '0');
      formula = false;
      value = '';
    } else if (name === 'c') {
      const cell = cellOf(book, { row, column, type, style, formula, value: bounded(value, limits) });
      if (cell && column > limits.columns) refuse('TABLE_TOO_WIDE', 'invalid', { most: limits.columns });
      if (cell) cells.set(column, cell);
    } else if (name === 'f' && kind === 'open') formula = true;
    else if (name === 'v' || name === 't') reading = kind === 'open';
  }
  return rows.sort((a, b) => a.number - b.number);
}

interface RawCell {
  readonly row: number;
  readonly column: number;
  readonly type: string;
  readonly style: number;
  readonly formula: boolean;
  readonly value: string;
}

function cellOf(book: Workbook, raw: RawCell): Cell | undefined {
  const cell = (kind: CellKind, text: string): Cell | undefined =>
    kind !== 'formula' && text === '' ? undefined : { row: raw.row, column: raw.column, kind, text };
  if (raw.formula) return cell('formula', '');
  switch (raw.type) {
    case 's':
      return cell('text', (book.shared[Number(raw.value)] ?? '').trim());
    case 'inlineStr':
    case 'str':
      return cell('text', raw.value.trim());
    case 'b':
      return cell('boolean', raw.value.trim());
    case 'e':
      return cell('error', raw.value.trim());
    case 'd':
      return cell('text', raw.value.trim());
    default:
      return book.dateStyles[raw.style] ? dateCell(raw, book.dayOffset) : cell('number', raw.value.trim());
  }
}

function dateCell(raw: RawCell, dayOffset: number): Cell | undefined {
  if (raw.value.trim() === '') return undefined;
  const days = Number(raw.value) + dayOffset;
  return { row: raw.row, column: raw.column, kind: 'date', text: String(days) };
}

/** `AB12` → 28. */
function columnNumber(reference: string | undefined): number | undefined {
  const letters = reference === undefined ? null : /^([A-Z]{1,3})\d+$/.exec(reference);
  if (!letters?.[1]) return undefined;
  return [...letters[1]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function bounded(text: string, limits: TableLimits): string {
  if (text.length > limits.cellCharacters) refuse('TABLE_CELL_TOO_LONG', 'invalid', { most: limits.cellCharacters });
  return text;
}
