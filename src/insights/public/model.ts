import type { Status } from '../../projects/lifecycle/model.ts';
import { loopReport, type Cell, type LoopReport, type Organisations, type Period } from '../model.ts';

/** Where a project is, in words that need no knowledge of the office. */
export const PUBLIC_STAGES = ['open', 'underway', 'done', 'stopped'] as const;

export type PublicStage = (typeof PUBLIC_STAGES)[number];

const STAGE: Readonly<Record<Status, PublicStage>> = {
  consent: 'open',
  seeking: 'open',
  offered: 'open',
  listed: 'open',
  claimed: 'underway',
  agreed: 'underway',
  implementing: 'underway',
  acceptance: 'underway',
  rectifying: 'underway',
  suspended: 'underway',
  accepted: 'done',
  evaluated: 'done',
  rewarded: 'done',
  closed: 'done',
  cancelled: 'stopped',
};

export function publicStage(status: Status): PublicStage {
  return STAGE[status];
}

export function statusesOf(stage: PublicStage): Status[] {
  return (Object.keys(STAGE) as Status[]).filter((status) => STAGE[status] === stage);
}

/** The loop report of those communities alone that have published theirs; nothing is shown ahead of its community. */
export function publishedReport(
  period: Period,
  organisations: Organisations,
  cells: readonly Cell[],
  published: ReadonlySet<string>,
): LoopReport {
  const communities = organisations.communities.filter(({ id }) => published.has(id));
  return loopReport(period, { ...organisations, communities }, cells.filter(({ communityId }) => published.has(communityId)));
}

export const NOTICE_STATES = ['open', 'paused', 'over'] as const;

export type NoticeState = (typeof NOTICE_STATES)[number];
