import type { DeadlineSpec } from '../../../calendar/model.ts';
import type { Command, Proposal, Recorded } from '../../../cases/model.ts';
import type { OrgPath } from '../../../kernel/scope.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { PinnedPolicy } from '../../../policy/model.ts';

/**
 * `draft`: written, and once released waiting for its first day · `collecting`: answers come in · `triage`: people
 * look at them · `listed`: what was needed is on the list · `closed` is over. Answers are content, never commands.
 */
export const SURVEY_STATUSES = ['draft', 'collecting', 'triage', 'listed', 'closed'] as const;

export type SurveyStatus = (typeof SURVEY_STATUSES)[number];

export interface SurveyOpening {
  readonly surveyId: string;
  readonly orgPath: OrgPath;
  readonly policy: PinnedPolicy<'survey'>;
}

/** What a release fixes: from here on only the end can move, and only to later. */
export interface Release {
  readonly opensAt: Instant;
  /** Exclusive: what comes at this instant is too late. */
  readonly closesAt: Instant;
  readonly communityIds: readonly string[];
  /** Of the questions and everything else that was released. */
  readonly contentHash: string;
}

export interface SurveyState extends SurveyOpening {
  readonly status: SurveyStatus;
  readonly release?: Release;
  /** Reminders still to come, earliest first. */
  readonly remindAt: readonly Instant[];
  /** End of triage, or of the time on the list. */
  readonly due?: Instant;
  /** What it was counted from. */
  readonly dueSpec?: DeadlineSpec;
  /** On which the dates still open were counted. */
  readonly calendarVersion?: number;
  readonly late: boolean;
}

type Ask<Type extends string, Facts = unknown> = Command & { readonly type: Type } & Facts;

export type SurveyCommand =
  | Ask<'open', SurveyOpening>
  | Ask<'release', Release>
  | Ask<'recall'>
  | Ask<'discard'>
  | Ask<'beginCollecting'>
  | Ask<'extend', { readonly closesAt: Instant }>
  | Ask<'remindWorkers', { readonly step: Instant }>
  | Ask<'endCollecting'>
  | Ask<'markLate'>
  | Ask<'recount', { readonly calendarVersion: number }>
  | Ask<'list'>
  | Ask<'close'>;

type Fact<Type extends string, Facts = unknown> = Proposal & { readonly type: Type; readonly schema: 1 } & Facts;

export type SurveyProposal =
  | Fact<'drafted', SurveyOpening>
  | Fact<'released', Release>
  | Fact<'recalled'>
  | Fact<'discarded'>
  | Fact<'collectingBegan'>
  | Fact<'extended', { readonly closesAt: Instant }>
  | Fact<'workersReminded', { readonly step: Instant }>
  | Fact<'collectingEnded'>
  | Fact<'markedLate'>
  | Fact<'calendarRecounted'>
  | Fact<'listed'>
  | Fact<'closed'>;

export type SurveyEvent = Recorded<SurveyProposal>;

/** Which command is legal in which status; the page's stage view reads the same table. */
export const legal: Readonly<Record<Exclude<SurveyCommand['type'], 'open'>, readonly SurveyStatus[]>> = {
  release: ['draft'],
  recall: ['draft'],
  discard: ['draft'],
  beginCollecting: ['draft'],
  extend: ['collecting'],
  remindWorkers: ['collecting'],
  endCollecting: ['collecting'],
  markLate: ['triage'],
  recount: ['draft', 'collecting', 'triage', 'listed'],
  list: ['triage'],
  close: ['listed'],
};
