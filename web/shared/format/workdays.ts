import { addDays } from './time.ts';

/** Workday or not, by day, for a stretch of days. */
export type Workdays = Readonly<Record<string, boolean>>;

/** Workdays after `from` up to and including `to`; outside of the known stretch Monday to Friday count. */
export function workdaysBetween(from: string, to: string, known: Workdays): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (known[day] ?? isMondayToFriday(day)) count += 1;
  return count;
}

function isMondayToFriday(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}
