import type { CountedDeadline } from '../../cases/model.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Basis, ProjectCommand, ProjectEvent, ProjectProposal, ProjectState, Report } from '../lifecycle/model.ts';
import { unreviewed } from '../reporting/model.ts';
import { projectWaits, reviewWait } from '../waiting/model.ts';

/** What a state remembers of a date: the instant, and how it was counted. */
export type Dated = Pick<CountedDeadline, 'at'> & Partial<CountedDeadline>;

export function dueBy(deadline: Dated | undefined): Pick<ProjectState, 'due' | 'dueBasis'> {
  const basis = basisOf(deadline);
  return deadline ? { due: deadline.at, ...(basis && { dueBasis: basis }) } : {};
}

export function reviewBy(deadline: Dated | undefined): Pick<Report, 'reviewBy' | 'reviewBasis'> {
  const basis = basisOf(deadline);
  return deadline ? { reviewBy: deadline.at, ...(basis && { reviewBasis: basis }) } : {};
}

function basisOf(deadline: Dated | undefined): Basis | undefined {
  if (deadline?.spec === undefined || deadline.calendarVersion === undefined) return undefined;
  return { spec: deadline.spec, calendarVersion: deadline.calendarVersion };
}

/** The dates that nobody has been held to yet, by the name of their deadline: what was marked late stays late. */
export function openDates(state: ProjectState): Readonly<Record<string, Basis>> {
  const [own, ...reviews] = projectWaits(state);
  const dates: Record<string, Basis> = {};
  if (own?.wakeAt && state.dueBasis) dates.due = state.dueBasis;
  for (const [quarter, { reviewBasis }] of unreviewed(state)) {
    const name = reviewWait(quarter);
    if (reviewBasis && reviews.some((wait) => wait.name === name && wait.wakeAt)) dates[name] = reviewBasis;
  }
  return dates;
}

/** The oldest calendar on which an open date was counted; none = no revision concerns this project. */
export function countedOn(state: ProjectState): number | undefined {
  const versions = Object.values(openDates(state)).map(({ calendarVersion }) => calendarVersion);
  return versions.length > 0 ? Math.min(...versions) : undefined;
}

/** Refuses `PROJECT_CALENDAR_KNOWN`. */
export function recounted(state: ProjectState, { calendarVersion }: Extract<ProjectCommand, { type: 'recount' }>): ProjectProposal {
  const dates = Object.entries(openDates(state));
  if (!dates.some(([, basis]) => basis.calendarVersion < calendarVersion)) refuse('PROJECT_CALENDAR_KNOWN', 'state');
  return { type: 'calendarRecounted', schema: 1, deadlines: Object.fromEntries(dates.map(([name, { spec }]) => [name, spec])) };
}

/** No date is moved into the past: nobody becomes late by a notice. */
export function withDates(state: ProjectState, event: Extract<ProjectEvent, { type: 'calendarRecounted' }>): ProjectState {
  const effective = (known: Instant | undefined, deadline: CountedDeadline): Dated =>
    deadline.at > event.at || known === undefined ? deadline : { ...deadline, at: known };
  const { due, ...reviews } = event.due;
  const reports = { ...state.reports };
  for (const [quarter, report] of unreviewed(state)) {
    const again = reviews[reviewWait(quarter)];
    if (again) reports[quarter] = { ...report, ...reviewBy(effective(report.reviewBy, again)) };
  }
  return { ...state, ...(due && dueBy(effective(state.due, due))), reports };
}
