import { z } from 'zod';

/** Longer lists are no calendar page but an export. */
export const MAX_DAYS = 366;

const Day = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2100-01-01');

export const DaysQuery = z.strictObject({ from: Day, to: Day });

export const CalendarDays = z.strictObject({
  calendarVersion: z.number().int(),
  items: z.array(
    z.strictObject({
      date: z.string(),
      workday: z.boolean(),
      /** The holiday for which this day differs from Monday to Friday, and the notice that says so. */
      name: z.string().nullable(),
      paper: z.string().nullable(),
      /** False while a notice still to come may change this day. */
      settled: z.boolean(),
    }),
  ),
});

export const CalendarYears = z.strictObject({
  calendarVersion: z.number().int(),
  items: z.array(
    z.strictObject({
      year: z.number().int(),
      papers: z.array(z.string()),
      /** 0 = delivered with the product. */
      revision: z.number().int(),
      reason: z.string().nullable(),
      publishedAt: z.string().nullable(),
    }),
  ),
});

export const YearToPublish = z.strictObject({
  year: z.number().int().min(2000).max(2099),
  /** Addresses of the State Council's notices. */
  papers: z.array(z.httpUrl().max(300)).min(1).max(5),
  holidays: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(40),
        /** Index into `papers`. */
        paper: z.number().int().min(0).max(4).default(0),
        rest: z.strictObject({ first: Day, last: Day }),
        /** Make-up workdays (补班). */
        work: z.array(Day).max(10).default([]),
      }),
    )
    .min(1)
    .max(20),
  reason: z.string().trim().min(1).max(500),
});

export const YearPublished = z.strictObject({ year: z.number().int(), calendarVersion: z.number().int() });
