import type { Language } from '../texts/language.ts';

/** All days and times of the product are China's, wherever the reader is. */
const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

const ISO_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });

const CLOCK_TO_SECONDS = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', second: '2-digit' });

const LONG: Record<Language, Intl.DateTimeFormat> = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' }),
};
const SHORT: Record<Language, Intl.DateTimeFormat> = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { timeZone: 'UTC', month: 'long', day: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', day: 'numeric' }),
};
const WEEKDAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'UTC', weekday: 'short' });

/** `2026-10-20`: the day in China of an instant. */
export function dayOf(instant: string): string {
  return ISO_DAY.format(new Date(instant));
}

/** The day that a deadline ends: an end at 24:00 is the last instant of its own day, not the first of the next. */
export function dayOfDeadline(due: string): string {
  return ISO_DAY.format(new Date(new Date(due).getTime() - 1));
}

/** `2026-10-20 14:30`, for tables. */
export function dateAndTime(instant: string): string {
  return `${dayOf(instant)} ${CLOCK.format(new Date(instant))}`;
}

/** `14:30`. */
export function timeOf(instant: string): string {
  return CLOCK.format(new Date(instant));
}

/** `10:02:31`: where seconds decide. */
export function clockOf(instant: string): string {
  return CLOCK_TO_SECONDS.format(new Date(instant));
}

/** 2026年10月20日（周二） · 20 Oct 2026 */
export function longDay(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`);
  const text = LONG[language].format(date);
  return language === 'en' ? text : `${text}（${WEEKDAY.format(date)}）`;
}

/** 10月20日 · 20 Oct */
export function shortDay(day: string, language: Language): string {
  return SHORT[language].format(new Date(`${day}T00:00:00Z`));
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Calendar days from one day to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
