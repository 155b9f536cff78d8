import type { Figures, LoopReport } from '../model.ts';

export type Breakdown = 'community' | 'unit';

/** Text key of a heading, total or column. */
export type Translate = (key: string) => string;

export const UNIT_COLUMNS = [
  'microProjects',
  'fundsFen',
  'inKindFen',
  'problemsSolved',
  'reportsAccepted',
  'reportsLate',
  'peopleServed',
] as const satisfies readonly (keyof Figures)[];

export const COMMUNITY_COLUMNS = [...UNIT_COLUMNS, 'awardsFen'] as const;

export interface ReportSheet {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One breakdown as a table of text, its totals last; money in yuan with two decimals. */
export function sheetOf(report: LoopReport, by: Breakdown, translate: Translate): ReportSheet {
  const columns: readonly (keyof Figures)[] = by === 'community' ? COMMUNITY_COLUMNS : UNIT_COLUMNS;
  const lines: readonly (Partial<Figures> & { code: string; name: string })[] =
    by === 'community' ? report.byCommunity : report.byUnit;
  const cells = (figures: Partial<Figures>): string[] => columns.map((name) => shown(name, figures[name] ?? 0));
  return {
    headings: ['code', 'name', ...columns].map((name) => translate(`insights.column.${name}`)),
    rows: [
      ...lines.map((line) => [line.code, line.name, ...cells(line)]),
      ['', translate('insights.total'), ...cells(report)],
    ],
  };
}

function shown(name: keyof Figures, value: number): string {
  return name.endsWith('Fen') ? yuan(value) : String(value);
}

function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
