import {
  addWorkdays,
  isMakeupWorkday,
  isUnsettled,
  isWorkday,
  meetingDate,
  provisionally,
  quarterEnd,
  quarterStart,
  resolveDeadline,
  type Calendar,
  type Deadline,
  type DeadlineSpec,
  type Quarter,
} from '../../calendar/model.ts';
import { refuse } from '../../kernel/refusal.ts';
import { addDays, shanghaiInstant, type Instant, type LocalDate } from '../../kernel/time.ts';
import type { QuarterPolicy } from '../../policy/model.ts';

/** All dates of one community's quarter, counted once on one calendar; the rules only read them. */
export interface QuarterSchedule {
  readonly meetingOn: LocalDate;
  readonly calendarVersion: number;
  /** A notice still to come may move one of the dates. */
  readonly provisional: boolean;
  readonly topicsAt: Instant;
  readonly noticeAt: Instant;
  /** Midnight that ends the meeting's day. */
  readonly meetingEnds: Instant;
  /** Exclusive: a report handed in at this instant is late. */
  readonly reportsDue: Instant;
  /** In order of time, without repeats. */
  readonly remindAt: readonly Instant[];
  readonly lateAt: Instant;
  readonly escalateAt: Instant;
}

/**
 * Counts the dates back and forth from the meeting. Years without a notice count Monday to Friday and mark the whole
 * schedule as provisional: a quarter that begins in January is opened before its year is always published.
 */
export function scheduleOf(meetingOn: LocalDate, policy: QuarterPolicy, published: Calendar): QuarterSchedule {
  const calendar = provisionally(published);
  const counted: Deadline[] = [];
  const at = (spec: DeadlineSpec): Instant => {
    const deadline = resolveDeadline(spec, calendar);
    counted.push(deadline);
    return deadline.at;
  };
  const hour = policy.reminderHour;
  const due = resolveDeadline({ from: meetingOn, n: -policy.reportDueBeforeMeetingWorkdays, unit: 'workday' }, calendar);
  const reminders = policy.reportReminderDays.map((days) => at({ from: due.on, n: -days, unit: 'day', hour }));
  const dates = {
    topicsAt: at({ from: meetingOn, n: -policy.topicsBeforeDays, unit: 'day', hour }),
    noticeAt: at({ from: meetingOn, n: -policy.noticeBeforeWorkdays, unit: 'workday', hour }),
    lateAt: at({ from: due.on, n: policy.reportLateAfterDays, unit: 'day', hour }),
    escalateAt: at({ from: due.on, n: policy.reportEscalateAfterDays, unit: 'day', hour }),
  };
  return {
    meetingOn,
    calendarVersion: calendar.version,
    provisional: isUnsettled(meetingOn, calendar) || [due, ...counted].some((deadline) => deadline.provisional),
    ...dates,
    meetingEnds: shanghaiInstant(meetingOn, 24),
    reportsDue: due.at,
    remindAt: [...new Set(reminders)].sort(),
  };
}

/** The day the policy names. Refuses `CALENDAR_MEETING_DATE_NONE`. */
export function meetingByPolicy(quarter: Quarter, policy: QuarterPolicy, published: Calendar): LocalDate {
  return meetingDate(quarter, policy.meetingWorkdayIndex, provisionally(published));
}

/**
 * For a quarter that is opened by hand: the policy's day, or where that leaves no time for topics, the first suitable
 * day that does. Refuses `QUARTER_OVER` if the quarter has none left.
 */
export function meetingFrom(today: LocalDate, quarter: Quarter, policy: QuarterPolicy, published: Calendar): LocalDate {
  const calendar = provisionally(published);
  const usual = meetingByPolicy(quarter, policy, published);
  const first = addDays(today, policy.topicsBeforeDays);
  if (usual >= first) return usual;
  let day = addWorkdays(addDays(first, -1), 1, calendar);
  while (isMakeupWorkday(day, calendar)) day = addWorkdays(day, 1, calendar);
  if (day >= quarterEnd(quarter)) refuse('QUARTER_OVER', 'rule', { quarter });
  return day;
}

/** Refuses `QUARTER_MEETING_OUTSIDE`. */
export function assertWithin(quarter: Quarter, day: LocalDate): void {
  if (day < quarterStart(quarter) || day >= quarterEnd(quarter)) refuse('QUARTER_MEETING_OUTSIDE', 'rule', { quarter, date: day });
}

/** Nobody is called to a meeting on a rest day or a make-up weekend. Refuses `QUARTER_MEETING_DAY`, `QUARTER_MEETING_OUTSIDE`. */
export function assertMeetingDay(quarter: Quarter, day: LocalDate, published: Calendar): void {
  assertWithin(quarter, day);
  const calendar = provisionally(published);
  if (!isWorkday(day, calendar) || isMakeupWorkday(day, calendar)) refuse('QUARTER_MEETING_DAY', 'rule', { date: day });
}

/** Minutes count from the day on which the meeting was recorded. */
export function minutesDue(recordedOn: LocalDate, policy: QuarterPolicy, published: Calendar): Instant {
  const spec: DeadlineSpec = { from: recordedOn, n: policy.minutesAfterWorkdays, unit: 'workday' };
  return resolveDeadline(spec, provisionally(published)).at;
}
