import { describe, expect, it } from '@jest/globals';
import { calendarFrom, quarter } from '../../src/calendar/model.ts';
import { builtInNotices } from '../../src/calendar/notices/built-in.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import { assertMeetingDay, meetingByPolicy, meetingFrom, minutesDue, scheduleOf } from '../../src/quarters/schedule/model.ts';
import { pinnedDefault } from '../support/policies.ts';

const calendar = calendarFrom(builtInNotices, 1);
const policy = pinnedDefault('quarter').values;
const at = (date: string, hour: number) => shanghaiInstant(localDate(date), hour);

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'none';
}

describe('the dates of a quarter', () => {
  it('are counted from the meeting, around the National Day of 2026', () => {
    // October 2026: workdays 8, 9, 10 (Saturday, make-up), 12–16, 19, 20.
    const meetingOn = meetingByPolicy(quarter('2026Q4'), policy, calendar);
    expect(meetingOn).toBe('2026-10-20');
    expect(scheduleOf(meetingOn, policy, calendar)).toEqual({
      meetingOn,
      calendarVersion: 1,
      provisional: false,
      topicsAt: at('2026-09-30', 9), // 5 October is a holiday
      noticeAt: at('2026-10-15', 9),
      meetingEnds: at('2026-10-21', 0),
      reportsDue: at('2026-10-14', 0), // the whole of 13 October counts
      remindAt: [at('2026-09-29', 9), at('2026-09-30', 9), at('2026-10-13', 9)], // 6 October is a holiday
      lateAt: at('2026-10-14', 9),
      escalateAt: at('2026-10-27', 9),
    });
  });

  it('are provisional where the year has no notice yet', () => {
    const meetingOn = meetingByPolicy(quarter('2027Q1'), policy, calendar);
    expect(scheduleOf(meetingOn, policy, calendar)).toMatchObject({ meetingOn: '2027-01-14', provisional: true });
  });

  it('fold reminders that fall on one workday into one', () => {
    const often = { ...policy, reportReminderDays: [7, 6, 5, 0] };
    // 13 October less 7 and 6 days are holidays.
    expect(scheduleOf(localDate('2026-10-20'), often, calendar).remindAt).toEqual([at('2026-09-30', 9), at('2026-10-08', 9), at('2026-10-13', 9)]);
  });

  it('follow every number of the policy', () => {
    const base = scheduleOf(localDate('2026-07-14'), policy, calendar);
    const changed = (change: Partial<typeof policy>) => scheduleOf(localDate('2026-07-14'), { ...policy, ...change }, calendar);
    expect(changed({ topicsBeforeDays: 20 }).topicsAt).not.toBe(base.topicsAt);
    expect(changed({ noticeBeforeWorkdays: 5 }).noticeAt).not.toBe(base.noticeAt);
    expect(changed({ reportDueBeforeMeetingWorkdays: 3 }).reportsDue).not.toBe(base.reportsDue);
    expect(changed({ reportReminderDays: [3] }).remindAt).toHaveLength(1);
    expect(changed({ reportLateAfterDays: 2 }).lateAt).not.toBe(base.lateAt);
    expect(changed({ reportEscalateAfterDays: 20 }).escalateAt).not.toBe(base.escalateAt);
    expect(changed({ reminderHour: 8 }).noticeAt).not.toBe(base.noticeAt);
    expect(meetingByPolicy(quarter('2026Q3'), { ...policy, meetingWorkdayIndex: 3 }, calendar)).toBe('2026-07-03');
    expect(minutesDue(localDate('2026-07-14'), policy, calendar)).toBe(at('2026-07-18', 0));
    expect(minutesDue(localDate('2026-07-14'), { ...policy, minutesAfterWorkdays: 4 }, calendar)).toBe(at('2026-07-21', 0));
  });
});

describe('a meeting set by hand', () => {
  it('leaves time for topics, and never falls on a rest day or a make-up weekend', () => {
    const q4 = quarter('2026Q4');
    expect(meetingFrom(localDate('2026-09-20'), q4, policy, calendar)).toBe('2026-10-20');
    expect(meetingFrom(localDate('2026-11-22'), q4, policy, calendar)).toBe('2026-12-07');
    // 15 days on is Saturday 10 October, a make-up workday.
    expect(meetingFrom(localDate('2026-09-25'), q4, { ...policy, meetingWorkdayIndex: 1 }, calendar)).toBe('2026-10-12');
    expect(codeOf(() => meetingFrom(localDate('2026-12-18'), q4, policy, calendar))).toBe('QUARTER_OVER');
  });

  it('is refused on 10 October 2026 (make-up) and 11 October (Sunday), not on the 12th', () => {
    expect(codeOf(() => assertMeetingDay(quarter('2026Q4'), localDate('2026-10-10'), calendar))).toBe('QUARTER_MEETING_DAY');
    expect(codeOf(() => assertMeetingDay(quarter('2026Q4'), localDate('2026-10-11'), calendar))).toBe('QUARTER_MEETING_DAY');
    expect(codeOf(() => assertMeetingDay(quarter('2026Q4'), localDate('2026-10-12'), calendar))).toBe('none');
    expect(codeOf(() => assertMeetingDay(quarter('2026Q4'), localDate('9999-12-31'), calendar))).toBe('QUARTER_MEETING_OUTSIDE');
  });
});
