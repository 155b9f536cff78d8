import { quarterEnd, quarterStart, type Quarter } from '../calendar/model.ts';
import { refuse } from '../kernel/refusal.ts';
import type { LocalDate } from '../kernel/time.ts';

/** Whole quarters, both included. */
export interface Period {
  readonly from: Quarter;
  readonly until: Quarter;
}

/** First day, and the day after the last one. Refuses `INSIGHTS_PERIOD_REVERSED`. */
export function daysOf({ from, until }: Period): { readonly first: LocalDate; readonly end: LocalDate } {
  if (from > until) refuse('INSIGHTS_PERIOD_REVERSED', 'invalid', { from, until });
  return { first: quarterStart(from), end: quarterEnd(until) };
}

/** What the loop brought about; money in fen, everything else counted. */
export interface Figures {
  /** Led by a unit at some time in the period, and not cancelled. */
  readonly microProjects: number;
  /** Of those, taken over from an old ledger (台账). */
  readonly takenOver: number;
  /** Cash that the community has verified, when it was verified. */
  readonly fundsFen: number;
  /** Value of verified goods and services. */
  readonly inKindFen: number;
  /** Needs that an accepted report of the period was the first to close, and that raiser or community confirmed. */
  readonly problemsSolved: number;
  readonly reportsAccepted: number;
  /** Of the period's quarters; late once is late for good. */
  readonly reportsLate: number;
  /** Attendances in accepted reports. */
  readonly peopleServed: number;
  /** Result-based awards granted in the period. */
  readonly awardsFen: number;
}

const NAMES = [
  'microProjects',
  'takenOver',
  'fundsFen',
  'inKindFen',
  'problemsSolved',
  'reportsAccepted',
  'reportsLate',
  'peopleServed',
  'awardsFen',
] as const satisfies readonly (keyof Figures)[];

/** What belongs to one community and one unit; awards belong to no unit. */
export interface Cell extends Figures {
  readonly communityId: string;
  readonly unitId: string | null;
}

export interface Organisation {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
}

export interface Organisations {
  /** There in the period. */
  readonly communities: readonly Organisation[];
  /** Co-building units that were members of a community in the period. */
  readonly members: readonly Organisation[];
  /** Others that occur in a cell. */
  readonly others: readonly Organisation[];
}

export type CommunityLine = Organisation & Figures;
/** Awards go to communities and implementers, never to the units that lead. */
export type UnitLine = Organisation & Omit<Figures, 'awardsFen'>;

export interface LoopReport extends Period, Figures {
  readonly communities: number;
  readonly units: number;
  readonly byCommunity: readonly CommunityLine[];
  readonly byUnit: readonly UnitLine[];
}

/** Totals and both breakdowns are sums of the same cells, so they agree. Lines by code. */
export function loopReport(period: Period, organisations: Organisations, cells: readonly Cell[]): LoopReport {
  const { communities, members, others } = organisations;
  const known = [...communities, ...members, ...others];
  const line = (shown: readonly Organisation[], keyOf: (cell: Cell) => string | null): CommunityLine[] => {
    const active = new Set(cells.map(keyOf));
    const ids = new Set([...shown.map(({ id }) => id), ...known.filter(({ id }) => active.has(id)).map(({ id }) => id)]);
    return [...ids]
      .map((id) => ({ ...known.find((it) => it.id === id)!, ...sumOf(cells.filter((cell) => keyOf(cell) === id)) }))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  };
  return {
    ...period,
    communities: communities.length,
    units: members.length,
    ...sumOf(cells),
    byCommunity: line(communities, (cell) => cell.communityId),
    byUnit: line(members, (cell) => cell.unitId).map(({ awardsFen: _, ...figures }) => figures),
  };
}

export function sumOf(cells: readonly Figures[]): Figures {
  const total = (name: keyof Figures): number => cells.reduce((sum, cell) => sum + cell[name], 0);
  return Object.fromEntries(NAMES.map((name) => [name, total(name)])) as unknown as Figures;
}
