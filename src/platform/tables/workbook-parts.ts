import { refuse } from '../../kernel/refusal.ts';
import type { TableLimits } from './table.ts';
import { attribute, type XmlHandler } from './xml.ts';

/** ECMA-376 part 1, 18.8.30, with the East Asian date formats (27–36, 50–58) that Chinese Excel writes. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
const DAYS_FROM_1900_TO_1904 = 1462;

export interface NamedSheet {
  readonly name: string;
  /** Of its relation. */
  readonly id: string;
  readonly visible: boolean;
}

/** `xl/workbook.xml`: the sheets in their order, and from when days are counted. */
export class WorkbookPart implements XmlHandler {
  readonly sheets: NamedSheet[] = [];
  dayOffset = 0;

  open(name: string, attributes: string): void {
    if (name === 'workbookPr' && /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')) this.dayOffset = DAYS_FROM_1900_TO_1904;
    if (name !== 'sheet') return;
    const visible = (attribute(attributes, 'state') ?? 'visible') === 'visible';
    this.sheets.push({ name: attribute(attributes, 'name') ?? '', id: attribute(attributes, 'id') ?? '', visible });
  }

  close(): void {}

  text(): void {}
}

/** `xl/_rels/workbook.xml.rels`: where each relation leads. */
export class RelationsPart implements XmlHandler {
  readonly targets = new Map<string, string>();

  open(name: string, attributes: string): void {
    if (name !== 'Relationship') return;
    const target = (attribute(attributes, 'Target') ?? '').toLowerCase().replace(/^\.\//, '');
    this.targets.set(attribute(attributes, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }

  close(): void {}

  text(): void {}
}

/** `xl/sharedStrings.xml`: rich text joined, reading aids (拼音) left out. */
export class StringsPart implements XmlHandler {
  readonly strings: string[] = [];
  readonly #limits: TableLimits;
  #item = '';
  #reading = false;
  #phonetic = false;

  constructor(limits: TableLimits) {
    this.#limits = limits;
  }

  open(name: string): void {
    if (name === 't') this.#reading = true;
    else if (name === 'rPh') this.#phonetic = true;
    else if (name === 'si') this.#item = '';
  }

  close(name: string): void {
    if (name === 't') this.#reading = false;
    else if (name === 'rPh') this.#phonetic = false;
    else if (name === 'si') this.strings.push(unescaped(bounded(this.#item, this.#limits)));
  }

  text(content: string): void {
    if (this.#reading && !this.#phonetic) this.#item += content;
  }
}

/** `xl/styles.xml`: by cell style, whether its number format shows a date. */
export class StylesPart implements XmlHandler {
  readonly dates: boolean[] = [];
  readonly #custom = new Set<number>();
  #inside = false;

  open(name: string, attributes: string): void {
    if (name === 'cellXfs') this.#inside = true;
    if (name === 'numFmt' && showsDate(attribute(attributes, 'formatCode') ?? '')) this.#custom.add(Number(attribute(attributes, 'numFmtId')));
    if (name !== 'xf' || !this.#inside) return;
    const format = Number(attribute(attributes, 'numFmtId') ?? '0');
    this.dates.push(DATE_FORMATS.has(format) || this.#custom.has(format));
  }

  close(name: string): void {
    if (name === 'cellXfs') this.#inside = false;
  }

  text(): void {}
}

function showsDate(format: string): boolean {
  return /[ymdh]/i.test(format.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]/gi, ''));
}

export function bounded(text: string, limits: TableLimits): string {
  if (text.length > limits.cellCharacters) refuse('TABLE_CELL_TOO_LONG', 'invalid', { most: limits.cellCharacters });
  return text;
}

/** ECMA-376 part 1, 22.9.2.19: what XML cannot hold stands as `_x000D_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => {
    const point = Number.parseInt(hex, 16);
    return point === 0 || (point >= 0xd800 && point <= 0xdfff) ? '' : String.fromCharCode(point);
  });
}
