import { describe, expect, it } from '@jest/globals';
import chineseDays from 'chinese-days';
import { addDays, localDate } from '../../src/kernel/time.ts';
import { calendarFrom, isWorkday } from '../../src/calendar/model.ts';
import { builtInNotices } from '../../src/calendar/notices/built-in.ts';

/** An independent collection of the same notices: both would have to be wrong in the same place. */
describe('our notices and the data of chinese-days', () => {
  const calendar = calendarFrom(builtInNotices, 1);

  it.each(calendar.years)('agree on every day of %i', (year) => {
    const differing: string[] = [];
    for (let date = localDate(`${year}-01-01`); date < `${year + 1}`; date = addDays(date, 1)) {
      if (isWorkday(date, calendar) !== chineseDays.isWorkday(date)) differing.push(date);
    }
    expect(differing).toEqual([]);
  });
});
