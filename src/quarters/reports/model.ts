import type { Quarter } from '../../calendar/model.ts';
import type { Instant } from '../../kernel/time.ts';

/** `released`: the project no longer has a lead who could report. */
export type ReportOutcome = 'submitted' | 'returned' | 'accepted' | 'waived' | 'released';

export interface ReportDue {
  readonly projectId: string;
  /** The quarter that is reported on. */
  readonly quarter: Quarter;
  readonly communityId: string;
  readonly unitId: string;
  /** Exclusive: handed in at this instant is late. */
  readonly due: Instant;
  readonly askedAt: Instant;
  readonly submittedAt: Instant | null;
  /** Null = somebody still has to act: never handed in, or returned. */
  readonly settledAt: Instant | null;
  readonly outcome: ReportOutcome | null;
  readonly late: boolean;
  readonly reminded: number;
}

/** A unit with what it still owes for one quarter. */
export interface MissingUnit {
  readonly unitId: string;
  readonly count: number;
}

export interface ReportCounts {
  readonly asked: number;
  readonly submitted: number;
  readonly missing: number;
  readonly late: number;
  readonly waived: number;
}

/** What a list of them can be asked for; the first five are counted by `countReports`. */
export const REPORT_STANDINGS = ['asked', 'submitted', 'missing', 'late', 'waived', 'toAccept', 'reminded'] as const;
export type ReportStanding = (typeof REPORT_STANDINGS)[number];

export interface ReportFilter {
  /** The quarter that is reported on. */
  readonly quarter: Quarter;
  readonly communityId?: string | undefined;
  readonly unitId?: string | undefined;
  readonly standing?: ReportStanding | undefined;
}

export interface OwedReport extends ReportDue {
  /** Came after the report of the quarter that hears it was published. */
  readonly addendum: boolean;
}

export interface CommunityReportCounts extends ReportCounts {
  readonly communityId: string;
  /** Reminders, not reports. */
  readonly reminded: number;
  readonly toAccept: number;
}

/** Released ones count nowhere: nobody owes them any more. */
export function countReports(reports: readonly ReportDue[]): ReportCounts {
  const owed = reports.filter(({ outcome }) => outcome !== 'released');
  const count = (test: (report: ReportDue) => boolean): number => owed.filter(test).length;
  return {
    asked: owed.length,
    submitted: count(({ outcome }) => outcome === 'submitted' || outcome === 'accepted'),
    missing: count(({ settledAt }) => settledAt === null),
    late: count(({ late, outcome }) => late && outcome !== 'waived'),
    waived: count(({ outcome }) => outcome === 'waived'),
  };
}
