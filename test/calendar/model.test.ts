import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addHours, daysBetween, isoWeekday, localDate, parseInstant, shanghaiInstant } from '../../src/kernel/time.ts';
import {
  addWorkdays,
  calendarFrom,
  endingDay,
  isMakeupWorkday,
  isWorkday,
  meetingDate,
  nextQuarter,
  previousQuarter,
  provisionally,
  quarter,
  quarterEnd,
  quarterOf,
  quarterStart,
  resolveDeadline,
  rollToWorkday,
  workdaysBetween,
} from '../../src/calendar/model.ts';
import { builtInNotices } from '../../src/calendar/notices/built-in.ts';

const calendar = calendarFrom(builtInNotices, 7);
const day = localDate;

/** Far enough from both ends of the published years for 60 workdays in either direction. */
const dates = fc.integer({ min: 0, max: daysBetween(day('2019-05-01'), day('2026-08-01')) }).map((n) => addDays(day('2019-05-01'), n));
const counts = fc.integer({ min: -60, max: 60 });

function resolve(from: string, n: number, unit: 'workday' | 'day' | 'hour', hour?: number) {
  const start = from.length === 10 ? day(from) : parseInstant(from);
  return resolveDeadline({ from: start, n, unit, ...(hour === undefined ? {} : { hour }) }, calendar);
}

describe('workdays of 2026', () => {
  it.each([
    ['2025-12-31', 1, '2026-01-04'],
    ['2026-02-13', 5, '2026-02-27'],
    ['2026-02-13', 7, '2026-03-02'],
    ['2026-04-30', 5, '2026-05-11'],
    ['2026-09-18', 1, '2026-09-20'],
    ['2026-09-24', 5, '2026-10-09'],
    ['2026-09-30', 3, '2026-10-10'],
  ])('%s + %i is %s', (from, n, expected) => {
    expect(addWorkdays(day(from), n, calendar)).toBe(expected);
    expect(workdaysBetween(day(from), day(expected), calendar)).toBe(n);
  });

  it('has these make-up weekends and 248 workdays', () => {
    const year = Array.from({ length: 365 }, (_, n) => addDays(day('2026-01-01'), n));
    expect(year.filter((date) => isMakeupWorkday(date, calendar))).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
    expect(workdaysBetween(day('2025-12-31'), day('2026-12-31'), calendar)).toBe(248);
    expect(workdaysBetween(day('2026-09-30'), day('2026-10-31'), calendar)).toBe(18);
  });
});

describe('notices', () => {
  it('moves December days by the next year’s notice', () => {
    const december = calendar.days['2018-12-29'];
    expect(december).toMatchObject({ workday: true, name: '元旦' });
    expect(calendar.days['2018-12-31']).toMatchObject({ workday: false });
  });

  it('takes the second paper where a notice was changed during the year', () => {
    expect(calendar.days['2019-05-02']?.paper).toContain('2019-03/22');
    expect(calendar.days['2020-01-31']?.paper).toContain('2020-01/27');
    expect(calendar.days['2020-05-04']?.paper).toContain('2019-11/21');
  });

  it.each([
    ['a day of another year', { name: '元旦', paper: 0, rest: ['2027-11-30', '2028-01-01'], work: [] }],
    ['a January of the year before', { name: '元旦', paper: 0, rest: ['2027-01-01', '2027-01-02'], work: [] }],
    ['a reversed span', { name: '元旦', paper: 0, rest: ['2028-01-03', '2028-01-01'], work: [] }],
    ['a whole quarter', { name: '元旦', paper: 0, rest: ['2028-01-01', '2028-03-31'], work: [] }],
    ['a day that is both', { name: '元旦', paper: 0, rest: ['2028-01-01', '2028-01-03'], work: ['2028-01-02'] }],
    ['a day that does not exist', { name: '春节', paper: 0, rest: ['2028-02-30', '2028-02-30'], work: [] }],
    ['a paper that is not listed', { name: '元旦', paper: 1, rest: ['2028-01-01', '2028-01-01'], work: [] }],
  ] as const)('refuses %s', (_, holiday) => {
    expect(() => calendarFrom([{ year: 2028, papers: ['https://www.gov.cn/'], holidays: [holiday] }], 1)).toThrow(
      expect.objectContaining({ code: 'CALENDAR_NOTICE_INVALID', params: { year: 2028 } }),
    );
  });
});

describe('a year that is not published', () => {
  const refusal = expect.objectContaining({ code: 'CALENDAR_NOT_PUBLISHED', kind: 'rule', params: { year: 2027 } });

  it('refuses instead of guessing', () => {
    expect(() => isWorkday(day('2027-02-08'), calendar)).toThrow(refusal);
    expect(() => addWorkdays(day('2026-12-30'), 3, calendar)).toThrow(refusal);
    expect(() => resolve('2026-12-30', 3, 'workday')).toThrow(refusal);
    expect(() => resolve('2026-12-30', 3, 'day')).toThrow(refusal);
    expect(() => resolve('2018-06-01', 1, 'workday')).toThrow(expect.objectContaining({ params: { year: 2018 } }));
  });

  it('falls back to Monday to Friday, marked, where that is allowed', () => {
    const lenient = provisionally(calendar);
    expect(resolveDeadline({ from: day('2026-12-30'), n: 3, unit: 'workday' }, lenient)).toEqual({
      at: '2027-01-04T16:00:00.000000Z',
      on: '2027-01-04',
      calendarVersion: 7,
      provisional: true,
    });
    expect(resolveDeadline({ from: day('2026-11-20'), n: 3, unit: 'workday' }, lenient).provisional).toBe(false);
  });

  it('marks the last week of December, which the next notice may still move', () => {
    expect(resolve('2026-12-23', 1, 'workday').provisional).toBe(false);
    expect(resolve('2026-12-24', 1, 'workday').provisional).toBe(true);
    expect(resolve('2025-12-24', 1, 'workday').provisional).toBe(false);
  });

  it('never needs a notice for hours', () => {
    expect(resolve('2026-12-31T12:00:00Z', 24, 'hour')).toMatchObject({ at: '2027-01-01T12:00:00.000000Z', provisional: false });
  });
});

describe('deadlines', () => {
  it('ends at 24:00 in Shanghai, the day of the event not counted', () => {
    expect(resolve('2026-09-24T01:00:00Z', 5, 'workday')).toEqual({
      at: '2026-10-09T16:00:00.000000Z',
      on: '2026-10-09',
      calendarVersion: 7,
      provisional: false,
    });
  });

  it('takes the event’s day in Shanghai, not in UTC', () => {
    expect(resolve('2026-09-23T15:59:59.999999Z', 1, 'workday').on).toBe('2026-09-24');
    expect(resolve('2026-09-23T16:00:00Z', 1, 'workday').on).toBe('2026-09-28');
  });

  it('rolls a natural-day deadline forward from a rest day (民法典 203)', () => {
    expect(resolve('2026-09-21T04:00:00Z', 10, 'day').on).toBe('2026-10-08');
    expect(resolve('2026-09-10T04:00:00Z', 10, 'day').on).toBe('2026-09-20');
  });

  it('counts reminders back from the due date, to a workday and an hour', () => {
    const due = resolve('2026-10-12', 3, 'workday');
    expect(due.on).toBe('2026-10-15');
    expect(resolve(due.at, 0, 'day', 9)).toMatchObject({ on: '2026-10-15', at: '2026-10-15T01:00:00.000000Z' });
    expect(resolve(due.at, -7, 'day', 9)).toMatchObject({ on: '2026-10-08' });
    expect(resolve(due.at, -14, 'day', 9)).toMatchObject({ on: '2026-09-30' });
    expect(resolve(due.on, -3, 'workday')).toMatchObject({ on: '2026-10-12' });
    expect(resolve(due.at, -3, 'workday')).toMatchObject({ on: '2026-10-12' });
  });

  it.each([Number.NaN, 1.5, 20_000, Number.POSITIVE_INFINITY])('refuses to count %p', (n) => {
    expect(() => resolve('2026-01-05', n, 'workday')).toThrow(expect.objectContaining({ code: 'CALENDAR_COUNT_INVALID' }));
  });

  it('refuses an hour outside the day', () => {
    expect(() => resolve('2026-01-05', 1, 'day', 25)).toThrow(expect.objectContaining({ code: 'CALENDAR_COUNT_INVALID' }));
  });

  it('never ends on a rest day and never before the event', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), fc.constantFrom('day' as const, 'workday' as const), (date, n, unit) => {
        const due = resolveDeadline({ from: date, n, unit }, calendar);
        expect(isWorkday(due.on, calendar)).toBe(true);
        expect(due.on > date && endingDay(due.at) === due.on).toBe(true);
      }),
    );
  });

  it('counts hours as they run', () => {
    fc.assert(
      fc.property(dates, counts, (date, n) => {
        const from = shanghaiInstant(date, 3);
        expect(resolveDeadline({ from, n, unit: 'hour' }, calendar).at).toBe(addHours(from, n));
      }),
    );
  });
});

describe('counting workdays', () => {
  it('is undone by counting back', () => {
    fc.assert(
      fc.property(dates, counts, (date, n) => {
        const start = rollToWorkday(date, 'forward', calendar);
        expect(addWorkdays(addWorkdays(start, n, calendar), -n, calendar)).toBe(start);
      }),
    );
  });

  it('agrees with the number of workdays between', () => {
    fc.assert(
      fc.property(dates, counts, (date, n) => {
        expect(workdaysBetween(date, addWorkdays(date, n, calendar), calendar)).toBe(n);
      }),
    );
  });

  it('is monotone in the date and in the count', () => {
    fc.assert(
      fc.property(dates, dates, counts, (a, b, n) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        expect(addWorkdays(first, n, calendar) <= addWorkdays(second, n, calendar)).toBe(true);
        if (n < 60) expect(addWorkdays(a, n, calendar) < addWorkdays(a, n + 1, calendar)).toBe(true);
      }),
    );
  });
});

describe('quarters', () => {
  it('are half-open and follow one another', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const of = quarterOf(date);
        expect(quarterStart(of) <= date && date < quarterEnd(of)).toBe(true);
        expect(quarterOf(quarterEnd(of))).toBe(nextQuarter(of));
        expect(previousQuarter(nextQuarter(of))).toBe(of);
      }),
    );
  });

  it('start in January, April, July and October', () => {
    expect(quarterStart(quarter('2026Q4'))).toBe('2026-10-01');
    expect(quarterEnd(quarter('2026Q4'))).toBe('2027-01-01');
    expect(() => quarter('2026Q5')).toThrow(expect.objectContaining({ code: 'QUARTER_INVALID' }));
  });

  it('meet on a workday of the first month, never on a make-up weekend', () => {
    expect(meetingDate(quarter('2026Q4'), 3, calendar)).toBe('2026-10-12');
    expect(meetingDate(quarter('2026Q4'), 10, calendar)).toBe('2026-10-20');
    expect(meetingDate(quarter('2026Q1'), 1, calendar)).toBe('2026-01-05');
    const quarters = Array.from({ length: 31 }, (_, n) => quarter(`${2019 + Math.floor(n / 4)}Q${(n % 4) + 1}`));
    for (const of of quarters) {
      for (let index = 3; index <= 15; index += 1) {
        const date = meetingDate(of, index, calendar);
        expect(date.slice(0, 7)).toBe(quarterStart(of).slice(0, 7));
        expect(isWorkday(date, calendar) && isoWeekday(date) <= 5).toBe(true);
      }
    }
  });

  it('refuses a meeting date that the month does not have', () => {
    expect(() => meetingDate(quarter('2026Q4'), 19, calendar)).toThrow(
      expect.objectContaining({ code: 'CALENDAR_MEETING_DATE_NONE', params: { quarter: '2026Q4', workdayIndex: 19 } }),
    );
    expect(() => meetingDate(quarter('2027Q1'), 10, calendar)).toThrow(expect.objectContaining({ code: 'CALENDAR_NOT_PUBLISHED' }));
  });
});
