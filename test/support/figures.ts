import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readSheet, type CellValue } from 'read-excel-file/node';
import writeSheet, { type Cell } from 'write-excel-file/node';

/**
 * What a run over a folder like examples/mengyang must end with, read straight from its files.
 * Shares no code with src, so that a mistake there cannot hide itself here. Rules: examples/mengyang/README.md.
 */
export interface PredictedFigures {
  readonly communities: number;
  readonly units: number;
  readonly needs: number;
  readonly microProjects: number;
  readonly fundsFen: number;
  readonly inKindFen: number;
  readonly reportsAccepted: number;
  readonly reportsWaived: number;
  readonly problemsSolved: number;
  readonly peopleServed: number;
  readonly ratingsAccepted: number;
  readonly ratingsRejected: number;
}

type Line = Readonly<Record<string, string>>;

const QUARTERS = 4;

export async function predictFigures(dir: string): Promise<PredictedFigures> {
  const organisations = await sheetLines(dir, 'organisations.xlsx');
  const proposals = await sheetLines(dir, 'proposals.xlsx');
  const reports = await sheetLines(dir, 'reports.xlsx');
  const units = new Set(organisations.filter((line) => line['类别'] === '共建单位').map((line) => line['编号']));
  const verified = (await sheetLines(dir, 'deliveries.xlsx')).filter(
    (line) => line['核实日期'] !== '' && units.has(line['出资单位编号']),
  );
  const closed = new Set(reports.flatMap((line) => numbersIn(line['办结需求'])));
  const confirmed = new Set(csvLines(dir, 'confirmations.csv').map((line) => line['需求编号']!));
  const ratings = csvLines(dir, 'ratings.csv');
  const slips = new Set(ratings.map((line) => `${line['项目编号']} ${line['评价券序号']}`));
  return {
    communities: organisations.filter((line) => line['类别'] === '社区').length,
    units: units.size,
    needs: csvLines(dir, 'needs.csv').length,
    microProjects: proposals.length,
    fundsFen: sumOf(verified.filter((line) => line['形式'] === '资金').map((line) => fenOf(line['金额（元）']))),
    inKindFen: sumOf(verified.filter((line) => line['形式'] !== '资金').map((line) => fenOf(line['金额（元）']))),
    reportsAccepted: reports.length,
    reportsWaived: proposals.length * QUARTERS - reports.length,
    problemsSolved: [...closed].filter((need) => confirmed.has(need)).length,
    peopleServed: sumOf(reports.map((line) => Number(line['服务人次']))),
    ratingsAccepted: slips.size,
    ratingsRejected: ratings.length - slips.size,
  };
}

export interface Dropped {
  readonly report: string;
  readonly confirmation: string;
  readonly delivery: string;
  readonly unit: string;
}

/** Copies the folder to `target` and takes out one row each of four files; the same seed takes the same rows. */
export async function dropBySeed(source: string, target: string, seed: number): Promise<Dropped> {
  cpSync(source, target, { recursive: true });
  const draw = drawsFrom(seed);
  const report = await dropSheetRow(join(target, 'reports.xlsx'), draw, () => true);
  const confirmation = dropCsvRow(join(target, 'confirmations.csv'), draw);
  const delivery = await dropSheetRow(join(target, 'deliveries.xlsx'), draw, () => true);
  const unit = await dropSheetRow(join(target, 'organisations.xlsx'), draw, (row) => row.includes('共建单位'));
  return {
    report: `${report[0]} ${report[1]}`,
    confirmation,
    delivery: String(delivery[0]),
    unit: String(unit[0]),
  };
}

/** Copies the folder to `target` with no other projects than these; needs and units stay. */
export async function keepProjects(source: string, target: string, numbers: readonly string[]): Promise<void> {
  cpSync(source, target, { recursive: true });
  const kept = (number: unknown): boolean => numbers.includes(String(number));
  for (const name of ['proposals.xlsx', 'deliveries.xlsx', 'reports.xlsx']) {
    const file = join(target, name);
    const rows: readonly SheetRow[] = await readSheet(file);
    const start = headingRow(rows);
    const column = rows[start]!.indexOf('项目编号');
    const left = rows.filter((row, index) => index <= start || kept(row[column]));
    await writeSheet(left.map((row) => row.map(writable))).toFile(file);
  }
  for (const name of ['ratings.csv', 'events.csv']) {
    const file = join(target, name);
    const [head = '', ...lines] = readFileSync(file, 'utf8').split('\n');
    const column = head.replace('\uFEFF', '').trim().split(',').indexOf('项目编号');
    writeFileSync(file, [head, ...lines.filter((line) => kept(line.split(',')[column]))].join('\n'));
  }
}

type SheetRow = readonly (CellValue | null)[];

async function sheetLines(dir: string, file: string): Promise<Line[]> {
  const rows: readonly SheetRow[] = await readSheet(join(dir, file));
  const start = headingRow(rows);
  const headings = rows[start]!.map(cellText);
  return rows.slice(start + 1).map((row) => Object.fromEntries(headings.map((name, i) => [name, cellText(row[i] ?? null)])));
}

/** A title stands alone in its row; headings fill theirs. */
function headingRow(rows: readonly SheetRow[]): number {
  return rows.findIndex((row) => row.every((cell) => cell !== null));
}

function cellText(cell: CellValue | null): string {
  if (cell === null) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}

function csvLines(dir: string, file: string): Line[] {
  const bytes = readFileSync(join(dir, file));
  return parse(decode(bytes), { columns: true, bom: true, skip_empty_lines: true });
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  }
}

function numbersIn(cell: string | undefined): string[] {
  return (cell ?? '').split('、').filter((part) => part !== '');
}

function fenOf(yuan: string | undefined): number {
  const [whole = '0', fraction = ''] = (yuan ?? '').split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

type Draw = (count: number) => number;

function drawsFrom(seed: number): Draw {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return (count) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return ((state ^ (state >>> 12)) >>> 0) % count;
  };
}

async function dropSheetRow(file: string, draw: Draw, eligible: (row: SheetRow) => boolean): Promise<SheetRow> {
  const rows: readonly SheetRow[] = await readSheet(file);
  const candidates = rows.slice(headingRow(rows) + 1).filter(eligible);
  const gone = candidates[draw(candidates.length)]!;
  const kept = rows.filter((row) => row !== gone);
  await writeSheet(kept.map((row) => row.map(writable))).toFile(file);
  return gone;
}

function writable(cell: CellValue | null): Cell {
  if (cell instanceof Date) return { value: cell, type: Date, format: 'yyyy-mm-dd' };
  // The package types a date cell as the Date constructor.
  return typeof cell === 'function' ? null : cell;
}

/** By bytes, so that the encoding stays; in GB18030 no character contains a line feed. */
function dropCsvRow(file: string, draw: Draw): string {
  const lines = readFileSync(file, 'latin1').split('\n');
  const rows = lines.slice(1).filter((line) => line !== '');
  const gone = 1 + draw(rows.length);
  const key = lines[gone]!.split(',')[0]!;
  writeFileSync(file, lines.filter((_, index) => index !== gone).join('\n'), 'latin1');
  return key;
}
