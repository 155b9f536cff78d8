import type { Quarter } from '../../calendar/model.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ProjectCommand, ProjectProposal, ProjectState, Report } from '../lifecycle/model.ts';

type Asked<Type extends ProjectCommand['type']> = Extract<ProjectCommand, { type: Type }>;

/** A returned report may be written again; an accepted or waived one stands. */
export function reportSubmitted(state: ProjectState, command: Asked<'submitReport'>, now: Instant): ProjectProposal {
  const { quarter, needs, served, spentFen, contentId, contentHash } = command;
  const earlier = state.reports[quarter];
  if (earlier && earlier.status !== 'returned') refuse('REPORT_EXISTS', 'state', { quarter, status: earlier.status });
  const foreign = needs.filter((need) => !state.needs.includes(need)).length;
  if (foreign > 0) refuse('REPORT_NEED_FOREIGN', 'rule', { count: foreign });
  if (new Set(needs).size !== needs.length) refuse('REPORT_NEED_TWICE', 'rule');
  if (served < 0 || spentFen < 0) refuse('REPORT_NUMBER_NEGATIVE', 'rule');
  return {
    type: 'reportSubmitted',
    schema: 1,
    quarter,
    needs,
    served,
    spentFen,
    contentId: contentId ?? null,
    contentHash: contentHash ?? null,
    deadlines: { review: { from: now, n: state.policy.values.reviewWorkdays, unit: 'workday' } },
  };
}

export function reportReturned(state: ProjectState, command: Asked<'returnReport'>): ProjectProposal {
  awaiting(state, command.quarter);
  return { type: 'reportReturned', schema: 1, quarter: command.quarter, contentId: command.contentId ?? null };
}

export function reportAccepted(state: ProjectState, command: Asked<'acceptReport'>): ProjectProposal {
  awaiting(state, command.quarter);
  return { type: 'reportAccepted', schema: 1, quarter: command.quarter };
}

export function reportWaived(state: ProjectState, command: Asked<'waiveReport'>): ProjectProposal {
  const status = state.reports[command.quarter]?.status;
  if (status === 'accepted' || status === 'waived') {
    refuse('REPORT_EXISTS', 'state', { quarter: command.quarter, status });
  }
  return { type: 'reportWaived', schema: 1, quarter: command.quarter, contentId: command.contentId ?? null };
}

function awaiting(state: ProjectState, quarter: Quarter): Report {
  const report = state.reports[quarter];
  if (report?.status !== 'submitted') refuse('REPORT_NOT_SUBMITTED', 'state', { quarter });
  return report;
}

/** Refuses `PROJECT_REPORTS_OPEN`: after acceptance nobody could answer them any more. */
export function assertReviewed(state: ProjectState): void {
  const open = unreviewed(state).length;
  if (open > 0) refuse('PROJECT_REPORTS_OPEN', 'state', { count: open });
}

/** While the project stood still nobody could answer a report: every review has its whole time again. */
export function reviewedAgainBy(state: ProjectState, now: Instant): NonNullable<ProjectProposal['deadlines']> {
  if (unreviewed(state).length === 0) return {};
  return { review: { from: now, n: state.policy.values.reviewWorkdays, unit: 'workday' } };
}

/** Reports that still wait for the community. */
export function unreviewed(state: ProjectState): readonly [Quarter, Report][] {
  return (Object.entries(state.reports) as [Quarter, Report][]).filter(([, report]) => report.status === 'submitted');
}
