import { fen, type Fen } from '../../kernel/money.ts';
import { addDays, isLocalDate, type LocalDate } from '../../kernel/time.ts';
import type { RefusalParams } from '../../kernel/refusal.ts';
import type { Cell } from './table.ts';

/** What a cell says once its column has read it, or why it says nothing. */
export type Reading<Value> = { readonly value: Value } | { readonly code: string; readonly params?: RefusalParams };

/** Reads one filled cell; `heading` is the column's own heading, which may carry the unit (预算（万元）). */
export interface CellReader<Value> {
  (cell: Cell, heading: string): Reading<Value>;
  /** Of readers of a fixed list: its codes and their names. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
}

const DAY_ZERO = '1899-12-30' as LocalDate;
/** Before 1 March 1900 Excel counts a 29 February that never was; nothing here is that old. */
const FIRST_SERIAL = 61;
const LAST_SERIAL = 73_050; // 2099-12-31
/** Excel keeps 15 significant digits; what a file shows beyond them is an artefact of the binary fraction. */
const EXCEL_DIGITS = 15;

/** Full-width digits and signs as plain ones, without blanks. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

/** The decimal text of a number cell as Excel shows it; undefined where its digits are already lost. */
function shownNumber(text: string): string | undefined {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || Math.abs(value) >= 10 ** EXCEL_DIGITS) return undefined;
  const rounded = value.toPrecision(EXCEL_DIGITS);
  if (rounded.includes('e')) return String(Number(rounded));
  return rounded.includes('.') ? rounded.replace(/\.?0+$/, '') : rounded;
}

/** Text as entered. A number of more than 15 digits typed into a number cell has lost its end: refused. */
export function textOf(mostCharacters: number): CellReader<string> {
  return (cell) => {
    const text = cell.kind === 'number' ? shownNumber(cell.text) : cell.kind === 'date' ? dateOfSerial(cell.text) : cell.text;
    if (text === undefined) return { code: cell.kind === 'number' ? 'CELL_DIGITS_LOST' : 'CELL_DATE_INVALID' };
    if (text.length > mostCharacters) return { code: 'CELL_TOO_LONG', params: { most: mostCharacters } };
    return { value: text };
  };
}

export function wholeOf(least: number, most: number): CellReader<number> {
  return (cell) => {
    const text = cell.kind === 'number' ? (shownNumber(cell.text) ?? '') : plain(cell.text).replace(/^(\d{1,3}(,\d{3})+)$/, (m) => m.replaceAll(',', ''));
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) return { code: 'CELL_NUMBER_INVALID' };
    return value < least || value > most ? { code: 'CELL_OUT_OF_RANGE', params: { least, most } } : { value };
  };
}

function dateOfSerial(text: string): LocalDate | undefined {
  const days = Math.floor(Number(text));
  return days >= FIRST_SERIAL && days <= LAST_SERIAL ? addDays(DAY_ZERO, days) : undefined;
}

/** `2026-10-20`, `2026/3/5`, `2026.3.5`, `2026年3月5日`, `20260305`, with or without a time; Excel's day count. */
export const dateOf: CellReader<LocalDate> = (cell) => {
  const text = cell.text.normalize('NFKC').trim();
  const parts =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const date = parts
    ? `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
    : /^\d{1,5}(\.\d+)?$/.test(text)
      ? dateOfSerial(text)
      : undefined;
  return date !== undefined && isLocalDate(date) ? { value: date } : { code: 'CELL_DATE_INVALID' };
};

/** A day with its time to the second, alike whether the file keeps it as text or as Excel's day count; other text as it stands. */
export function momentText({ kind, text }: Pick<Cell, 'kind' | 'text'>): string {
  const plainText = text.normalize('NFKC').trim();
  if (kind === 'date') {
    const seconds = Math.round(Number(text) * 86_400);
    const day = Number.isFinite(seconds) ? dateOfSerial(String(Math.floor(seconds / 86_400))) : undefined;
    return day === undefined ? plainText : `${day} ${clockOf(seconds % 86_400)}`;
  }
  const [, year, month, day, hour = '0', minute = '0', second = '0'] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(plainText) ?? [];
  if (year === undefined) return plainText;
  return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')} ${clockOf(Number(hour) * 3600 + Number(minute) * 60 + Number(second))}`;
}

function clockOf(seconds: number): string {
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

const UNITS: Readonly<Record<string, bigint>> = { 元: 100n, 千元: 100_000n, 万: 1_000_000n, 万元: 1_000_000n, 亿: 10_000_000_000n, 亿元: 10_000_000_000n };
const AMOUNT = /^[¥￥]?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(元|千元|万元|万|亿元|亿)?(?:整|人民币)?$/;

/**
 * An amount to the fen, without floats. Its unit stands in the cell (`1.5万元`), else in the heading
 * (`预算（万元）`), else it is yuan. Less than a fen, negative, beyond safe integers: refused.
 */
export const moneyOf: CellReader<Fen> = (cell, heading) => {
  const text = cell.kind === 'number' ? (shownNumber(cell.text) ?? '') : plain(cell.text);
  const [, whole, fraction = '', unit] = AMOUNT.exec(text) ?? [];
  if (whole === undefined) return { code: 'CELL_MONEY_INVALID' };
  const perUnit = UNITS[unit ?? unitOfHeading(heading)] ?? 100n;
  const scaled = BigInt(whole.replaceAll(',', '') + fraction) * perUnit;
  const scale = 10n ** BigInt(fraction.length);
  if (scaled % scale !== 0n) return { code: 'CELL_MONEY_BELOW_FEN' };
  const value = scaled / scale;
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? { code: 'CELL_MONEY_INVALID' } : { value: fen(Number(value)) };
};

function unitOfHeading(heading: string): string {
  return /(亿元|万元|千元|元)/.exec(heading.normalize('NFKC'))?.[1] ?? '元';
}

const YES = new Set(['是', '有', '√', '✓', '对', 'y', 'yes', 'true', '1']);
const NO = new Set(['否', '无', '×', 'x', '✗', 'n', 'no', 'false', '0']);

export const yesNoOf: CellReader<boolean> = (cell) => {
  const text = plain(cell.text).toLowerCase();
  if (YES.has(text)) return { value: true };
  return NO.has(text) ? { value: false } : { code: 'CELL_YES_NO_INVALID' };
};

/** One of a fixed list, by its code or any of its names in either language. */
export function oneOf<Code extends string>(names: Readonly<Record<Code, readonly string[]>>): CellReader<Code> {
  const byName = new Map<string, Code>();
  for (const code of Object.keys(names) as Code[]) {
    for (const name of [code, ...names[code]]) byName.set(plain(name).toLowerCase(), code);
  }
  const read = (cell: Cell): Reading<Code> => {
    const code = byName.get(plain(cell.text).toLowerCase());
    if (code !== undefined) return { value: code };
    return { code: cell.text.includes('┋') ? 'CELL_SEVERAL' : 'CELL_NOT_IN_LIST' };
  };
  return Object.assign(read, { choices: names });
}

/** Several of them in one cell: `敬老、助餐；医疗`. Repeats count once; one unknown part refuses the cell. */
export function listOf<Value>(reader: CellReader<Value>): CellReader<readonly Value[]> {
  const read = (cell: Cell, heading: string): Reading<readonly Value[]> => {
    const values = new Set<Value>();
    for (const part of cell.text.split(/[、,，;；/|┋\n]/)) {
      if (part.trim() === '') continue;
      const reading = reader({ ...cell, text: part.trim() }, heading);
      if ('code' in reading) return reading;
      values.add(reading.value);
    }
    return values.size === 0 ? { code: 'CELL_NOT_IN_LIST' } : { value: [...values] };
  };
  return reader.choices ? Object.assign(read, { choices: reader.choices }) : read;
}
