import type { CountedDeadline, Proposal } from '../../../cases/model.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { laterOf, type Instant } from '../../../kernel/time.ts';
import type { SurveyPolicy } from '../../../policy/model.ts';
import type { SurveyEvent, SurveyProposal, SurveyState } from '../lifecycle/model.ts';

type Deadlines = NonNullable<Proposal['deadlines']>;

export const REMINDER = 'reminder';

/** Before closing, on workdays. */
export function reminders(closesAt: Instant, { reminderDays, reminderHour: hour }: SurveyPolicy): Deadlines {
  return Object.fromEntries(reminderDays.map((days) => [`${REMINDER}${days}`, { from: closesAt, n: -days, unit: 'day', hour }]));
}

/** A reminder outside the time of collecting would remind nobody of anything. */
export function remindersOf(event: SurveyEvent, after: Instant, before: Instant): Instant[] {
  const instants = Object.entries(event.due).flatMap(([name, { at }]) => (name.startsWith(REMINDER) && at > after && at < before ? [at] : []));
  return [...new Set(instants)].sort();
}

/** What a state remembers of the dates of its event. */
export function counted({ due }: SurveyEvent): Pick<SurveyState, 'due' | 'dueSpec' | 'calendarVersion'> {
  const [any] = Object.values(due) as readonly CountedDeadline[];
  const own: CountedDeadline | undefined = due['due'];
  return {
    ...(any && { calendarVersion: any.calendarVersion }),
    ...(own && { due: own.at }),
    ...(own?.spec && { dueSpec: own.spec }),
  };
}

/** Dates that nobody has been held to yet: reminders to come, and the end of triage or of the time on the list. */
function openDates({ release, remindAt, policy, due, dueSpec, late }: SurveyState): Deadlines {
  if (release && remindAt.length > 0) return reminders(release.closesAt, policy.values);
  return due && dueSpec && !late ? { due: dueSpec } : {};
}

/** The calendar on which an open date was counted; none = no revision concerns this survey. */
export function countedOn(state: SurveyState): number | null {
  return Object.keys(openDates(state)).length > 0 ? (state.calendarVersion ?? null) : null;
}

/** Refuses `SURVEY_CALENDAR_KNOWN`. */
export function recounted(state: SurveyState, calendarVersion: number): SurveyProposal {
  const known = countedOn(state);
  if (known === null || known >= calendarVersion) refuse('SURVEY_CALENDAR_KNOWN', 'state');
  return { type: 'calendarRecounted', schema: 1, deadlines: openDates(state) };
}

/** Nobody becomes late by a notice, and no reminder is lost to it: a date that would lie in the past stays what it was. */
export function withDates(state: SurveyState, event: SurveyEvent): SurveyState {
  const { release, remindAt } = state;
  const { due = state.due, ...basis } = counted(event);
  const again = release ? remindersOf(event, laterOf(release.opensAt, event.at), release.closesAt).slice(-remindAt.length) : [];
  const effective = due && due > event.at ? due : state.due;
  return {
    ...state,
    ...basis,
    ...(effective && { due: effective }),
    remindAt: remindAt.length > 0 && again.length === remindAt.length ? again : remindAt,
  };
}
