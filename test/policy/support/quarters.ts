import { calendarFrom, quarter as quarterNamed } from '../../../src/calendar/model.ts';
import { builtInNotices } from '../../../src/calendar/notices/built-in.ts';
import { localDate } from '../../../src/kernel/time.ts';
import type { Policies } from '../../../src/policy/model.ts';
import { meetingByPolicy, minutesDue, scheduleOf, type QuarterSchedule } from '../../../src/quarters/schedule/model.ts';
import type { Rows } from './row.ts';
import type { Stored } from './stored.ts';

const calendar = calendarFrom(builtInNotices, 1);
const meetingOn = localDate('2026-07-14');
const dates = (values: Policies['quarter']): QuarterSchedule => scheduleOf(meetingOn, values, calendar);

/** Around the meeting of Tuesday, 14 July 2026; instants are written in UTC, eight hours behind. */
export const quarter = (stored: () => Stored): Rows<'quarter'> => ({
  opensBeforeDays: {
    to: 45,
    outcome: 'how early a quarter is opened',
    of: (values) => stored().openings(values),
    becomes: [[], ['2027Q2']],
  },
  meetingWorkdayIndex: {
    to: 3,
    outcome: 'the day of the joint meeting',
    of: (values) => meetingByPolicy(quarterNamed('2026Q3'), values, calendar),
    becomes: ['2026-07-14', '2026-07-03'],
  },
  topicsBeforeDays: {
    to: 5,
    outcome: 'when topics are asked for',
    of: (values) => dates(values).topicsAt,
    becomes: ['2026-06-29T01:00:00.000000Z', '2026-07-09T01:00:00.000000Z'],
  },
  noticeBeforeWorkdays: {
    to: 4,
    outcome: 'when notice is given',
    of: (values) => dates(values).noticeAt,
    becomes: ['2026-07-09T01:00:00.000000Z', '2026-07-08T01:00:00.000000Z'],
  },
  minutesAfterWorkdays: {
    to: 4,
    outcome: 'until when the minutes are due',
    of: (values) => minutesDue(meetingOn, values, calendar),
    becomes: ['2026-07-17T16:00:00.000000Z', '2026-07-20T16:00:00.000000Z'],
  },
  reportDueBeforeMeetingWorkdays: {
    to: 4,
    outcome: 'until when reports are due',
    of: (values) => dates(values).reportsDue,
    becomes: ['2026-07-07T16:00:00.000000Z', '2026-07-08T16:00:00.000000Z'],
  },
  reportReminderDays: {
    to: [7],
    outcome: 'when reports are reminded of',
    of: (values) => dates(values).remindAt,
    becomes: [
      ['2026-06-23T01:00:00.000000Z', '2026-06-30T01:00:00.000000Z', '2026-07-07T01:00:00.000000Z'],
      ['2026-06-30T01:00:00.000000Z'],
    ],
  },
  reportLateAfterDays: {
    to: 2,
    outcome: 'when a missing report is late',
    of: (values) => dates(values).lateAt,
    becomes: ['2026-07-08T01:00:00.000000Z', '2026-07-09T01:00:00.000000Z'],
  },
  reportEscalateAfterDays: {
    to: 7,
    outcome: 'when a missing report is escalated',
    of: (values) => dates(values).escalateAt,
    becomes: ['2026-07-21T01:00:00.000000Z', '2026-07-14T01:00:00.000000Z'],
  },
  reminderHour: {
    to: 10,
    outcome: 'the hour of reminders',
    of: (values) => dates(values).noticeAt,
    becomes: ['2026-07-09T01:00:00.000000Z', '2026-07-09T02:00:00.000000Z'],
  },
});
