import { addDays, localDate, shanghaiDate, shanghaiInstant, type Instant, type LocalDate } from '../kernel/time.ts';
import type { RetentionPolicy } from '../policy/model.ts';

/** What is destroyed once its term is over. */
export const RETAINED = ['residents', 'objectors', 'networkMarks', 'importRows', 'sessions', 'drafts', 'staff', 'auditRows'] as const;

export type Retained = (typeof RETAINED)[number];

export interface RetentionRule {
  /** The value of the retention pack that says how long. */
  readonly value: keyof RetentionPolicy;
  readonly unit: 'months' | 'days';
  /** `business`: the tenant's clock, which may be virtual. `wall`: what protects forms and sessions counts real time. */
  readonly clock: 'business' | 'wall';
  /** For the page on data. */
  readonly what: string;
  readonly from: string;
}

export const RULES: Readonly<Record<Retained, RetentionRule>> = {
  residents: {
    value: 'residentMonths',
    unit: 'months',
    clock: 'business',
    what: 'Words, answers, remarks, contact and photographs of who raised a need: their key is destroyed, and those of their photographs',
    from: 'the need, or the one it was joined to, is closed, not taken up or withdrawn; for an answer of which no need came, it was sent',
  },
  objectors: {
    value: 'residentMonths',
    unit: 'months',
    clock: 'business',
    what: 'Who objected to an award, and why: their key is destroyed; that there was an objection, and its answer, stays',
    from: 'the objection was answered, or the award withdrawn; for one that was not taken in, it was sent',
  },
  networkMarks: { value: 'networkMarkMonths', unit: 'months', clock: 'wall', what: 'Network marks of public forms and ratings', from: 'it came in' },
  importRows: { value: 'importMonths', unit: 'months', clock: 'business', what: 'Digests of imported rows; the files themselves are never kept', from: 'the import' },
  sessions: { value: 'sessionDays', unit: 'days', clock: 'wall', what: 'Sessions that were not signed out of', from: 'the session expired' },
  drafts: { value: 'draftDays', unit: 'days', clock: 'wall', what: 'What people have begun to write in a form and not sent', from: 'it was saved last' },
  staff: { value: 'staffMonths', unit: 'months', clock: 'wall', what: 'Name and phone of staff: their key is destroyed, the record keeps their number', from: 'they left, and did not come back' },
  auditRows: {
    value: 'auditMonths',
    unit: 'months',
    clock: 'wall',
    what: 'Rows of the audit but those of projects, awards, evaluation, approvals, ledger, policy and of the record itself; blocks and hashes stay, and a row says what went',
    from: 'their block was sealed; never within six months',
  },
};

/** How much of it went in one round; never what. */
export interface RetentionRun {
  readonly retained: Retained;
  readonly at: Instant;
  readonly removed: number;
}

/** What is past its term now, and what went last. */
export interface Outlook {
  readonly retained: Retained;
  readonly term: number;
  /** What was settled before it goes. */
  readonly before: Instant;
  readonly due: number;
  /** Past its term, and kept by a legal hold. */
  readonly held: number;
  readonly last: RetentionRun | null;
}

/** What was settled before this instant is past its term. Months end on the same day of the month, or on its last. */
export function cutoff({ value, unit }: RetentionRule, policy: RetentionPolicy, now: Instant): Instant {
  if (unit === 'days') return shanghaiInstant(addDays(shanghaiDate(now), -policy[value]));
  return shanghaiInstant(monthsBefore(shanghaiDate(now), policy[value]));
}

function monthsBefore(date: LocalDate, months: number): LocalDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const lastDay = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  const first = new Date(Date.UTC(year, month - 1 - months, Math.min(day, lastDay)));
  return localDate(first.toISOString().slice(0, 10));
}
