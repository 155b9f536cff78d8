import type { Quarter } from '../calendar/model.ts';
import type { Instant } from '../kernel/time.ts';
import type { ConfirmationLine, DeliveryLine, RatingLine, ReportLine } from './files.ts';

/** What an actor does to one project, needs and deliveries being named as in the files. */
export type ProjectDeed =
  | { readonly type: 'recordConsent' }
  /** By whichever unit the offer is out to. */
  | { readonly type: 'claim' }
  | { readonly type: 'declineOffer'; readonly text: string }
  | { readonly type: 'withdraw'; readonly text: string }
  /** Somebody else's work begins later than the unit's own. */
  | { readonly type: 'agree'; readonly implementer: string | undefined; readonly startsAtOnce: boolean }
  | { readonly type: 'start' }
  | { readonly type: 'pledge' | 'deliver' | 'verify'; readonly delivery: DeliveryLine }
  | { readonly type: 'submitReport'; readonly report: ReportLine }
  | { readonly type: 'returnReport'; readonly quarter: Quarter; readonly text: string }
  | { readonly type: 'acceptReport' | 'waiveReport'; readonly quarter: Quarter }
  | { readonly type: 'issueSlips'; readonly count: number }
  | { readonly type: 'rate'; readonly rating: RatingLine; readonly slipUsedBefore: boolean }
  | { readonly type: 'requestAcceptance' | 'accept' | 'submitRectification' }
  | { readonly type: 'requireRectification'; readonly text: string }
  | { readonly type: 'evaluate'; readonly awardExpected: boolean }
  | { readonly type: 'proposeAward' | 'approveAward' };

/** What the office does for the year as a whole. */
export type YearDeed =
  | { readonly type: 'openSurvey' | 'registerOffers' | 'collectNeeds' | 'triageNeeds' | 'listNeeds' }
  | { readonly type: 'bundleProjects' | 'match' | 'confirmPlan' }
  | { readonly type: 'confirmNeed'; readonly confirmation: ConfirmationLine };

export type Act =
  | (ProjectDeed & { readonly at: Instant; readonly project: string })
  | (YearDeed & { readonly at: Instant; readonly project?: undefined });

export type ProjectAct = Extract<Act, { project: string }>;
