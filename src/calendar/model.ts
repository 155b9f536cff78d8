import { refuse } from '../kernel/refusal.ts';
import {
  addDays,
  addHours,
  daysBetween,
  instantFromMs,
  isLocalDate,
  isoWeekday,
  localDate,
  msOf,
  shanghaiDate,
  shanghaiInstant,
  type Instant,
  type LocalDate,
} from '../kernel/time.ts';

/** Clocks that differ by more are not wrong by a little: one of them has jumped (trust.md §7). */
export const CLOCK_SKEW_MAX_MS = 5 * 60_000;

/** One holiday of a State Council notice: 放假 from the first to the last rest day, and the make-up workdays (补班). */
export interface HolidayNotice {
  readonly name: string;
  /** Which of the year's papers fixed these days. */
  readonly paper: number;
  readonly rest: readonly [first: string, last: string];
  readonly work: readonly string[];
}

/** The notices for one year. A New Year holiday may move days of the December before. */
export interface YearNotice {
  readonly year: number;
  readonly papers: readonly string[];
  readonly holidays: readonly HolidayNotice[];
}

export interface CalendarDay {
  readonly workday: boolean;
  readonly name: string;
  readonly paper: string;
}

/** What is published about workdays, as one numbered whole: every deadline remembers the version it was counted on. */
export interface Calendar {
  readonly version: number;
  readonly years: readonly number[];
  /** Only the days on which a notice speaks; all others follow Monday to Friday. */
  readonly days: Readonly<Record<string, CalendarDay>>;
  /** Whether Monday to Friday may stand in for a year that is not yet published. */
  readonly provisional: boolean;
}

/** No deadline reaches further; keeps a mistyped count from looping for minutes. */
export const LONGEST_COUNT = 10_000;
/** The longest span of rest days one holiday may be given; the longest so far had ten (2020). */
const LONGEST_HOLIDAY = 31;

/** Refuses `CALENDAR_NOTICE_INVALID` for days outside the notice's year, reversed spans and days said twice. */
export function calendarFrom(notices: readonly YearNotice[], version: number): Calendar {
  const days: Record<string, CalendarDay> = {};
  for (const notice of notices) {
    for (const holiday of notice.holidays) {
      const paper = notice.papers[holiday.paper];
      if (paper === undefined) invalidNotice(notice.year);
      for (const [date, workday] of noticeDays(holiday, notice.year)) {
        if (days[date]) invalidNotice(notice.year);
        days[date] = { workday, name: holiday.name, paper };
      }
    }
  }
  return { version, years: notices.map(({ year }) => year).sort((a, b) => a - b), days, provisional: false };
}

function noticeDays(holiday: HolidayNotice, year: number): [LocalDate, boolean][] {
  const [first, last] = holiday.rest.map((text) => noticeDate(text, year)) as [LocalDate, LocalDate];
  const length = daysBetween(first, last) + 1;
  if (length < 1 || length > LONGEST_HOLIDAY) invalidNotice(year);
  const rest = Array.from({ length }, (_, index): [LocalDate, boolean] => [addDays(first, index), false]);
  return [...rest, ...holiday.work.map((text): [LocalDate, boolean] => [noticeDate(text, year), true])];
}

function noticeDate(text: string, year: number): LocalDate {
  if (!isLocalDate(text)) invalidNotice(year);
  if (yearOf(text) !== year && !(yearOf(text) === year - 1 && text.slice(5, 7) === '12')) invalidNotice(year);
  return text;
}

function invalidNotice(year: number): never {
  refuse('CALENDAR_NOTICE_INVALID', 'rule', { year });
}

/** The same calendar, but years without a notice count Monday to Friday and deadlines on them are marked provisional. */
export function provisionally(calendar: Calendar): Calendar {
  return { ...calendar, provisional: true };
}

function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

/**
 * Whether a later notice can still change this day: its year has none, or it lies in the last week of December and
 * the next year has none. (New Year moved days of that week in the 2019 notice: 29–31 December 2018.)
 */
export function isUnsettled(date: LocalDate, calendar: Calendar): boolean {
  const year = yearOf(date);
  if (!calendar.years.includes(year)) return true;
  return date.slice(5) >= '12-25' && !calendar.years.includes(year + 1);
}

/** 工作日: what the notice says, else Monday to Friday. Refuses `CALENDAR_NOT_PUBLISHED` unless `provisionally`. */
export function isWorkday(date: LocalDate, calendar: Calendar): boolean {
  if (!calendar.provisional && !calendar.years.includes(yearOf(date))) {
    refuse('CALENDAR_NOT_PUBLISHED', 'rule', { year: yearOf(date) });
  }
  return calendar.days[date]?.workday ?? !isWeekend(date);
}

function isWeekend(date: LocalDate): boolean {
  return isoWeekday(date) > 5;
}

/** 补班: a weekend day on which people work because of a 调休. */
export function isMakeupWorkday(date: LocalDate, calendar: Calendar): boolean {
  return isWeekend(date) && isWorkday(date, calendar);
}

/** The n-th workday after the date (before it, for a negative n); the date itself is not counted. 0 = the date. */
export function addWorkdays(date: LocalDate, n: number, calendar: Calendar): LocalDate {
  const step = assertCount(n) < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step);
    if (isWorkday(day, calendar)) left -= 1;
  }
  return day;
}

/** How many workdays `addWorkdays` counts from one date to the other; negative if `to` is earlier. */
export function workdaysBetween(from: LocalDate, to: LocalDate, calendar: Calendar): number {
  const span = assertCount(daysBetween(from, to));
  const step = span < 0 ? -1 : 1;
  let count = 0;
  for (let index = 1; index <= Math.abs(span); index += 1) {
    if (isWorkday(addDays(from, index * step), calendar)) count += step;
  }
  return count;
}

/** The date itself if people work on it, else the nearest workday in that direction. */
export function rollToWorkday(date: LocalDate, direction: 'back' | 'forward', calendar: Calendar): LocalDate {
  return isWorkday(date, calendar) ? date : addWorkdays(date, direction === 'back' ? -1 : 1, calendar);
}

function assertCount(n: number): number {
  if (!Number.isSafeInteger(n) || Math.abs(n) > LONGEST_COUNT) refuse('CALENDAR_COUNT_INVALID', 'invalid');
  return n;
}

/**
 * A date to be counted, as an event carries it: plain data.
 * `from`: the event's instant, or a day. A due date's instant is the midnight that ends it, so count on from `on`.
 * `n` > 0 counts away from the event; `n` ≤ 0 counts back from a due date or meeting (an instant at midnight there
 * is the end of a day).
 * `hour`: of the resolved day in Asia/Shanghai, for reminders; without it the day counts until 24:00.
 */
export interface DeadlineSpec {
  readonly from: Instant | LocalDate;
  readonly n: number;
  readonly unit: 'workday' | 'day' | 'hour';
  readonly hour?: number;
}

export interface Deadline {
  /** Exclusive: what happens at this instant is late. */
  readonly at: Instant;
  /** The last day that counts, in Asia/Shanghai. */
  readonly on: LocalDate;
  readonly calendarVersion: number;
  /** A notice still to come may move it; recount when the calendar's version rises. */
  readonly provisional: boolean;
}

/**
 * 民法典 201, 203: the starting day is not counted, a last day that is a rest day rolls to the next workday (for n ≤ 0,
 * where nothing may come too late, to the workday before), and the day ends at 24:00 Asia/Shanghai. Hours run through.
 * Refuses `CALENDAR_NOT_PUBLISHED`, `CALENDAR_COUNT_INVALID`.
 */
export function resolveDeadline(spec: DeadlineSpec, calendar: Calendar): Deadline {
  assertCount(spec.n);
  if (spec.hour !== undefined && !(Number.isInteger(spec.hour) && spec.hour >= 0 && spec.hour <= 24)) {
    refuse('CALENDAR_COUNT_INVALID', 'invalid');
  }
  if (spec.unit === 'hour') {
    const at = addHours(isDay(spec.from) ? shanghaiInstant(spec.from) : spec.from, spec.n);
    return { at, on: shanghaiDate(at), calendarVersion: calendar.version, provisional: false };
  }
  const start = startDay(spec);
  const direction = spec.n > 0 ? 'forward' : 'back';
  const last = spec.unit === 'workday' ? addWorkdays(start, spec.n, calendar) : addDays(start, spec.n);
  const on = rollToWorkday(last, direction, calendar);
  return {
    at: shanghaiInstant(on, spec.hour ?? 24),
    on,
    calendarVersion: calendar.version,
    provisional: dependsOnUnsettled(spec.unit === 'workday' ? start : last, on, calendar),
  };
}

function isDay(from: Instant | LocalDate): from is LocalDate {
  return from.length === 10;
}

function startDay({ from, n }: DeadlineSpec): LocalDate {
  if (isDay(from)) return localDate(from);
  return n > 0 ? shanghaiDate(from) : endingDay(from);
}

/** The day that a deadline's instant ends: for 24:00, the day before the date on which that midnight falls. */
export function endingDay(at: Instant): LocalDate {
  return shanghaiDate(instantFromMs(msOf(at) - 1));
}

function dependsOnUnsettled(a: LocalDate, b: LocalDate, calendar: Calendar): boolean {
  if (isUnsettled(a, calendar) || isUnsettled(b, calendar)) return true;
  const first = Math.min(yearOf(a), yearOf(b));
  const last = Math.max(yearOf(a), yearOf(b));
  for (let year = first; year <= last; year += 1) if (!calendar.years.includes(year)) return true;
  return false;
}

/** Calendar quarter, `2026Q4`. Text order is time order. */
export type Quarter = string & { readonly __quarter: unique symbol };

/** Refuses `QUARTER_INVALID`. */
export function quarter(text: string): Quarter {
  if (!/^\d{4}Q[1-4]$/.test(text)) refuse('QUARTER_INVALID', 'invalid');
  return text as Quarter;
}

export function quarterOf(date: LocalDate): Quarter {
  return `${date.slice(0, 4)}Q${Math.ceil(Number(date.slice(5, 7)) / 3)}` as Quarter;
}

/** The first day of its first month. */
export function quarterStart(of: Quarter): LocalDate {
  const month = (Number(of.slice(5)) - 1) * 3 + 1;
  return `${of.slice(0, 4)}-${String(month).padStart(2, '0')}-01` as LocalDate;
}

/** Exclusive: the first day of the next quarter. */
export function quarterEnd(of: Quarter): LocalDate {
  return quarterStart(nextQuarter(of));
}

export function nextQuarter(of: Quarter): Quarter {
  return quarterOf(addDays(quarterStart(of), 92));
}

export function previousQuarter(of: Quarter): Quarter {
  return quarterOf(addDays(quarterStart(of), -1));
}

/**
 * 联建活动月: the n-th workday of the quarter's first month; if that is a make-up weekend, the next workday that is not.
 * Refuses `CALENDAR_MEETING_DATE_NONE` where the month has no such day, `CALENDAR_NOT_PUBLISHED`.
 */
export function meetingDate(of: Quarter, workdayIndex: number, calendar: Calendar): LocalDate {
  if (!Number.isSafeInteger(workdayIndex) || workdayIndex < 1) refuse('CALENDAR_COUNT_INVALID', 'invalid');
  const start = quarterStart(of);
  let day = addWorkdays(addDays(start, -1), Math.min(workdayIndex, 31), calendar);
  while (isMakeupWorkday(day, calendar)) day = addWorkdays(day, 1, calendar);
  if (day.slice(0, 7) !== start.slice(0, 7)) refuse('CALENDAR_MEETING_DATE_NONE', 'rule', { quarter: of, workdayIndex });
  return day;
}
