import { refuse } from './refusal.ts';

/** UTC, ISO 8601 with six decimals: `2026-10-20T16:00:00.000000Z`. Text order is time order. */
export type Instant = string & { readonly __instant: unique symbol };

/** A day in Asia/Shanghai: `2026-10-20`. Text order is day order. */
export type LocalDate = string & { readonly __localDate: unique symbol };

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
const LOCAL_DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
/** China has kept UTC+8 without summer time since 1991; earlier dates do not occur here. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

export function instantFromMs(ms: number): Instant {
  return new Date(ms).toISOString().replace(/Z$/, '000Z') as Instant;
}

export function msOf(instant: Instant): number {
  return Date.parse(instant);
}

export function isInstant(text: string): text is Instant {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text));
}

/** Accepts any ISO instant with a zone; refuses `TIME_INVALID`. */
export function parseInstant(text: string): Instant {
  if (isInstant(text)) return text;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text);
  const ms = zoned ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) refuse('TIME_INVALID', 'invalid');
  return instantFromMs(ms);
}

export function isLocalDate(text: string): text is LocalDate {
  return LOCAL_DATE.test(text) && localDateFromDays(daysOf(text as LocalDate)) === text;
}

/** Refuses `DATE_INVALID`, also for days that do not exist (2026-02-30). */
export function localDate(text: string): LocalDate {
  if (!isLocalDate(text)) refuse('DATE_INVALID', 'invalid');
  return text;
}

function daysOf(date: LocalDate): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

function localDateFromDays(days: number): LocalDate {
  return Number.isFinite(days) ? (new Date(days * DAY_MS).toISOString().slice(0, 10) as LocalDate) : ('' as LocalDate);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return localDateFromDays(daysOf(date) + days);
}

export function daysBetween(from: LocalDate, to: LocalDate): number {
  return daysOf(to) - daysOf(from);
}

/** 1 = Monday … 7 = Sunday. */
export function isoWeekday(date: LocalDate): number {
  return ((daysOf(date) + 3) % 7) + 1;
}

/** The day in Asia/Shanghai on which the instant falls. */
export function shanghaiDate(instant: Instant): LocalDate {
  return new Date(msOf(instant) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as LocalDate;
}

/** `2026-10-20 14:30`, the minute in Asia/Shanghai in which the instant falls. */
export function shanghaiMinute(instant: Instant): string {
  return new Date(msOf(instant) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** The instant at which that day begins in Asia/Shanghai, plus whole hours. */
export function shanghaiInstant(date: LocalDate, hour = 0): Instant {
  return instantFromMs(Date.parse(`${date}T00:00:00Z`) - SHANGHAI_OFFSET_MS + hour * 3_600_000);
}

export function addMs(instant: Instant, ms: number): Instant {
  return instantFromMs(msOf(instant) + ms);
}

export function addHours(instant: Instant, hours: number): Instant {
  return addMs(instant, hours * 3_600_000);
}

export function laterOf(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}
