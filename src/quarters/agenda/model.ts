import type { Instant } from '../../kernel/time.ts';
import type { QuarterSchedule } from '../schedule/model.ts';

/** What a cycle does by itself; each is the command of the same name. */
export type StepName =
  | 'remindTopics'
  | 'giveNotice'
  | 'remindReports'
  | 'markReportsLate'
  | 'escalateReports'
  | 'markMeetingLate'
  | 'publishReport';

export interface Step {
  readonly name: StepName;
  readonly at: Instant;
}

/** In order of time; a step that was taken is gone. */
export type Agenda = readonly Step[];

/** Reminders whose time is past are not made up for; notice, late mark and escalation are. */
export function agendaOf(schedule: QuarterSchedule, now: Instant): Agenda {
  const steps: Step[] = [
    ...[schedule.topicsAt].filter((at) => at > now).map((at) => ({ name: 'remindTopics' as const, at })),
    { name: 'giveNotice', at: schedule.noticeAt },
    ...schedule.remindAt.filter((at) => at > now).map((at) => ({ name: 'remindReports' as const, at })),
    { name: 'markReportsLate', at: schedule.lateAt },
    { name: 'escalateReports', at: schedule.escalateAt },
    { name: 'markMeetingLate', at: schedule.meetingEnds },
  ];
  return inOrder(steps);
}

/**
 * The steps still to take after the dates have moved: what was said once is not said again, except the notice, which
 * names a day that no longer holds. A notice that would be due already is given by the news of the move itself. Nobody is
 * reminded where the supervisor need no longer be told: nothing is missing.
 */
export function rescheduled(before: Agenda, schedule: QuarterSchedule, now: Instant): Agenda {
  const open = (name: StepName) => before.some((step) => step.name === name);
  const steps = agendaOf(schedule, now).filter(({ name, at }) => {
    if (name === 'giveNotice') return at > now;
    if (name === 'remindReports') return at > now && open('escalateReports');
    if (name === 'markMeetingLate') return at > now || open(name);
    return open(name);
  });
  return inOrder(steps);
}

export function without(agenda: Agenda, names: readonly StepName[]): Agenda {
  return agenda.filter(({ name }) => !names.includes(name));
}

/** Of steps due at one instant, the one that comes first in a quarter's life is taken first. */
export function inOrder(steps: readonly Step[]): Agenda {
  return [...steps].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
