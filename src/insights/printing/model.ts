import type { DocumentFacts, PaperContent } from '../../documents/model.ts';
import type { PaperColumn } from '../../kernel/paper.ts';
import type { Say } from '../../kernel/texts.ts';
import { COMMUNITY_COLUMNS, UNIT_COLUMNS, type Breakdown } from '../export/model.ts';
import type { Figures, LoopReport } from '../model.ts';

/** What is printed of a period, and in whose name. */
export interface LoopReportFacts extends DocumentFacts {
  readonly report: LoopReport;
}

type Cell = string | { readonly number: number; readonly format: string };

interface Sheet {
  readonly name: string;
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly widths: readonly number[];
}

const WHOLE = '#,##0';
const CENTS = '#,##0.00';

function isMoney(name: keyof Figures): boolean {
  return name.endsWith('Fen');
}

/** `1,541,000.00` for fen, `1,234` for what is counted. */
function shown(name: keyof Figures, value: number): string {
  const [digits, sign] = [String(Math.abs(value)), value < 0 ? '-' : ''];
  const whole = isMoney(name) ? digits.slice(0, -2) || '0' : digits;
  const cents = isMoney(name) ? `.${digits.padStart(2, '0').slice(-2)}` : '';
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${cents}`;
}

function columnsOf(by: Breakdown): readonly (keyof Figures)[] {
  return by === 'community' ? COMMUNITY_COLUMNS : UNIT_COLUMNS;
}

type Line = Partial<Figures> & { readonly code: string; readonly name: string };

function linesOf(report: LoopReport, by: Breakdown): readonly Line[] {
  return by === 'community' ? report.byCommunity : report.byUnit;
}

function periodOf({ from, until }: LoopReport, say: Say): string {
  const named = (quarter: string): string => say('insights.report.quarter', { year: quarter.slice(0, 4), quarter: quarter.slice(5) });
  return from === until ? named(from) : say('insights.report.period', { from: named(from), until: named(until) });
}

function totalsOf(report: LoopReport, say: Say): [string, string][] {
  const counted = [['communities', report.communities] as const, ['units', report.units] as const];
  return [
    ...counted.map(([name, count]): [string, string] => [say(`insights.report.${name}`), String(count)]),
    ...COMMUNITY_COLUMNS.map((name): [string, string] => [say(`insights.column.${name}`), shown(name, report[name])]),
  ];
}

/** A4: totals, then both breakdowns with their sums. */
export function loopReportPaper({ report }: LoopReportFacts, say: Say): PaperContent {
  const table = (by: Breakdown) => {
    const names = columnsOf(by);
    const columns: PaperColumn[] = [
      { text: say('insights.column.code'), share: 1.6 },
      { text: say('insights.column.name'), share: 2.6 },
      ...names.map((name): PaperColumn => ({ text: say(`insights.column.${name}`), share: isMoney(name) ? 2 : 1.4, align: 'right' })),
    ];
    const cells = (figures: Partial<Figures>): string[] => names.map((name) => shown(name, figures[name] ?? 0));
    const rows = linesOf(report, by).map((line) => [line.code, line.name, ...cells(line)]);
    return { type: 'table', columns, rows: [...rows, ['', say('insights.total'), ...cells(report)]], total: true } as const;
  };
  return {
    style: 'report',
    title: say('insights.report.title'),
    subtitle: periodOf(report, say),
    blocks: [
      { type: 'heading', text: say('insights.report.totals') },
      { type: 'facts', rows: totalsOf(report, say) },
      { type: 'heading', text: say('insights.report.byCommunity') },
      table('community'),
      { type: 'heading', text: say('insights.report.byUnit') },
      table('unit'),
      { type: 'paragraph', text: say('insights.report.basis'), small: true },
    ],
  };
}

/** Three sheets; figures are numbers, money in yuan. */
export function loopReportSheets({ report }: LoopReportFacts, say: Say): Sheet[] {
  const title = `${say('insights.report.title')} ${periodOf(report, say)}`;
  const numberOf = (name: keyof Figures, value: number): Cell =>
    isMoney(name) ? { number: value / 100, format: CENTS } : { number: value, format: WHOLE };
  const breakdown = (by: Breakdown, name: string): Sheet => {
    const names = columnsOf(by);
    const cells = (figures: Partial<Figures>): Cell[] => names.map((column) => numberOf(column, figures[column] ?? 0));
    return {
      name,
      title,
      headings: ['code', 'name', ...names].map((column) => say(`insights.column.${column}`)),
      rows: [...linesOf(report, by).map((line) => [line.code, line.name, ...cells(line)]), ['', say('insights.total'), ...cells(report)]],
      widths: [12, 30, ...names.map(() => 16)],
    };
  };
  const totals: Sheet = {
    name: say('insights.report.totals'),
    title,
    headings: [say('insights.report.name'), say('insights.report.value')],
    rows: [
      [say('insights.report.communities'), { number: report.communities, format: WHOLE }],
      [say('insights.report.units'), { number: report.units, format: WHOLE }],
      ...COMMUNITY_COLUMNS.map((name) => [say(`insights.column.${name}`), numberOf(name, report[name])]),
    ],
    widths: [36, 20],
  };
  return [totals, breakdown('community', say('insights.report.byCommunity')), breakdown('unit', say('insights.report.byUnit'))];
}
