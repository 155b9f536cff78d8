import { refuse } from '../../kernel/refusal.ts';
import { shanghaiDate, type Instant, type LocalDate } from '../../kernel/time.ts';
import { quarterStart, type Quarter } from '../../calendar/model.ts';
import type { Status } from '../lifecycle/model.ts';

/** `2026-03`, of China's calendar. */
export type Month = string & { readonly __month: unique symbol };

/** While the unit works on it. */
const NOTED: readonly Status[] = ['agreed', 'implementing', 'acceptance', 'rectifying'];

interface Noted {
  readonly status: string;
  readonly leadUnit: string | null;
  readonly createdAt: Instant;
}

/**
 * A monthly note (月报) is the lead unit's, in no month that has not begun and none before the project was there. Nobody is
 * reminded of it and nothing depends on it. Refuses `PROJECT_NOT_LEAD`, `PROJECT_STATE`, `PROJECT_NOTE_MONTH`.
 */
export function assertNote({ status, leadUnit, createdAt }: Noted, unitId: string, month: Month, today: LocalDate): void {
  if (leadUnit !== unitId) refuse('PROJECT_NOT_LEAD', 'forbidden');
  if (!NOTED.some((it) => it === status)) refuse('PROJECT_STATE', 'state', { status });
  const [first, last] = [monthOf(shanghaiDate(createdAt)), monthOf(today)];
  if (month < first || month > last) refuse('PROJECT_NOTE_MONTH', 'rule', { first, last });
}

export function monthOf(day: LocalDate): Month {
  return day.slice(0, 7) as Month;
}

/** The three of a quarter, in order. */
export function monthsOf(quarter: Quarter): Month[] {
  const [year = '', month = ''] = quarterStart(quarter).split('-');
  return [0, 1, 2].map((more) => `${year}-${String(Number(month) + more).padStart(2, '0')}` as Month);
}
