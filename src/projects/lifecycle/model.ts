import type { DeadlineSpec, Quarter } from '../../calendar/model.ts';
import type { Command, Proposal, Recorded } from '../../cases/model.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Fen } from '../../kernel/money.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant, LocalDate } from '../../kernel/time.ts';
import type { PinnedPolicy } from '../../policy/model.ts';

/** `seeking`: the engine looks for the next unit, nobody is waited for. */
export type Status =
  | 'consent'
  | 'seeking'
  | 'offered'
  | 'listed'
  | 'claimed'
  | 'agreed'
  | 'implementing'
  | 'acceptance'
  | 'rectifying'
  | 'accepted'
  | 'evaluated'
  | 'rewarded'
  | 'suspended'
  | 'cancelled'
  | 'closed';

export type ReportStatus = 'submitted' | 'returned' | 'accepted' | 'waived';

/** What a date was counted from, and on which calendar; kept to count it again. */
export interface Basis {
  readonly spec: DeadlineSpec;
  readonly calendarVersion: number;
}

export interface Report {
  readonly status: ReportStatus;
  readonly contentId?: string;
  /** Needs that this report says are answered. */
  readonly needs: readonly string[];
  readonly served: number;
  readonly spentFen: Fen;
  readonly reviewBy?: Instant;
  readonly reviewBasis?: Basis;
}

export type Grade = 'excellent' | 'good' | 'pass' | 'fail';

export interface ProjectState {
  readonly status: Status;
  readonly proposalId: string;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly budgetFen: Fen;
  /** Needs that this project is to answer. */
  readonly needs: readonly string[];
  readonly policy: PinnedPolicy<'microProject'>;
  readonly points: PinnedPolicy<'points'>;
  /** When the present status is due, resolved on the calendar. */
  readonly due?: Instant;
  readonly dueBasis?: Basis;
  /** Waits that were marked late: each escalates once. */
  readonly late: readonly string[];
  readonly firstOffer?: string;
  readonly offeredTo?: string;
  /** Units that declined, let an offer lapse or withdrew: never offered to again. */
  readonly passedBy: readonly string[];
  readonly leadUnit?: string;
  readonly formerLeads: readonly string[];
  readonly implementerId?: string;
  readonly reports: Readonly<Record<Quarter, Report>>;
  readonly rectified: boolean;
  readonly suspendedFrom?: Status;
  readonly grade?: Grade;
  readonly awardFen?: Fen;
  readonly takenOver?: TakenOver;
}

/** In which an old ledger may hold a project: somebody leads it, and somebody is awaited. */
export const TAKEN_OVER_STATUSES = ['claimed', 'agreed', 'implementing', 'acceptance', 'rectifying', 'accepted'] as const satisfies readonly Status[];

export type TakenOverStatus = (typeof TAKEN_OVER_STATUSES)[number];

/** What the lead unit had promised, brought and had checked when the project came; each amount is part of the one before. */
export interface TakenOverFunds {
  readonly pledgedFen: Fen;
  readonly deliveredFen: Fen;
  readonly verifiedFen: Fen;
  /** The day in whose quarter they count; null = when the project came. */
  readonly on: LocalDate | null;
}

/** Cash of a unit beside the lead; of the day of the lead’s. */
export interface CoFunder extends Omit<TakenOverFunds, 'on'> {
  readonly unitId: string;
}

export interface TakenOver {
  readonly funds: TakenOverFunds;
  /** Absent where the case remembers from before schema 2. */
  readonly coFunders?: readonly CoFunder[];
  readonly at: Instant;
  /** Need and proposal were made from the same row: they go when it is taken back. */
  readonly drawnUp: boolean;
  /** Somebody has done something with the project since: it is no longer taken back. */
  readonly touched: boolean;
}

type Ask<Type extends string, Facts = unknown> = Command & { readonly type: Type } & Facts;

export interface OpeningFacts {
  readonly proposalId: string;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly budgetFen: Fen;
  readonly needs: readonly string[];
  readonly policy: PinnedPolicy<'microProject'>;
  readonly points: PinnedPolicy<'points'>;
  /** Works on shared property first need the affected residents' recorded agreement. */
  readonly consentNeeded: boolean;
  /** The unit that the confirmed plan names; none = open list. */
  readonly firstOffer?: string;
}

export interface ReportFacts {
  readonly quarter: Quarter;
  readonly needs: readonly string[];
  readonly served: number;
  readonly spentFen: Fen;
}

/** A project that was under way elsewhere, as one row of an old ledger (台账) has it. */
export interface TakeOverFacts extends Omit<OpeningFacts, 'consentNeeded' | 'firstOffer'> {
  readonly status: TakenOverStatus;
  readonly leadUnit: string;
  readonly implementerId: string;
  readonly claimedOn: LocalDate | null;
  readonly agreedOn: LocalDate | null;
  readonly startedOn: LocalDate | null;
  /** Accepted before. */
  readonly reports: readonly ReportFacts[];
  readonly funds: TakenOverFunds;
  /** Absent from what was stored before schema 2. */
  readonly coFunders?: readonly CoFunder[];
  readonly drawnUp: boolean;
  readonly source: { readonly importId: string; readonly fileHash: string; readonly sheet: string; readonly row: number; readonly number: string };
}

export type ProjectCommand =
  | Ask<'open', OpeningFacts>
  | Ask<'takeOver', TakeOverFacts>
  | Ask<'undoTakeOver'>
  | Ask<'recordConsent'>
  | Ask<'offer', { readonly unitId: string }>
  | Ask<'list'>
  | Ask<'claim', { readonly unitId: string }>
  | Ask<'declineOffer', { readonly unitId: string }>
  | Ask<'assignUnclaimed', { readonly unitId: string }>
  | Ask<'withdraw', { readonly unitId: string }>
  | Ask<'agree', { readonly implementerId: string; readonly startsAtOnce?: boolean }>
  | Ask<'start'>
  | Ask<'submitReport', ReportFacts>
  | Ask<'returnReport', { readonly quarter: Quarter }>
  | Ask<'acceptReport', { readonly quarter: Quarter }>
  | Ask<'waiveReport', { readonly quarter: Quarter }>
  | Ask<'requestAcceptance'>
  | Ask<'accept'>
  | Ask<'requireRectification'>
  | Ask<'submitRectification'>
  | Ask<'evaluate', { readonly grade: Grade; readonly scoreHundredths: number; readonly awardExpected: boolean }>
  | Ask<'reward', { readonly awardFen: Fen }>
  | Ask<'closeWithoutAward'>
  | Ask<'suspend'>
  | Ask<'resume'>
  | Ask<'cancel'>
  | Ask<'recount', { readonly calendarVersion: number }>
  | Ask<'expireOffer'>
  | Ask<'lapseClaim'>
  | Ask<'markLate', { readonly wait: string }>
  | Ask<'close'>;

export type ProjectCommandType = ProjectCommand['type'];

/** All but those that a case begins with. */
export type LaterCommandType = Exclude<ProjectCommandType, 'open' | 'takeOver'>;

type Fact<Type extends string, Facts = unknown> = Proposal & { readonly type: Type } & Facts;

export type ProjectProposal =
  | Fact<'opened', OpeningFacts>
  | Fact<'takenOver', TakeOverFacts>
  | Fact<'takeOverUndone'>
  | Fact<'consentRecorded', { readonly contentId: string | null }>
  | Fact<'offered', { readonly unitId: string }>
  | Fact<'listed'>
  | Fact<'claimed', { readonly unitId: string }>
  | Fact<'offerDeclined', { readonly unitId: string; readonly contentId: string | null }>
  | Fact<'offerExpired', { readonly unitId: string }>
  | Fact<'assigned', { readonly unitId: string; readonly contentId: string | null }>
  | Fact<'claimLapsed', { readonly unitId: string }>
  | Fact<'withdrawn', { readonly unitId: string; readonly contentId: string | null }>
  /** Schema 1 had no `startsAtOnce`: the unit then always says when it starts. */
  | Fact<'agreed', { readonly implementerId: string; readonly startsAtOnce?: boolean; readonly contentId: string | null }>
  | Fact<'started'>
  | Fact<'reportSubmitted', ReportFacts & { readonly contentId: string | null; readonly contentHash: string | null }>
  | Fact<'reportReturned', { readonly quarter: Quarter; readonly contentId: string | null }>
  | Fact<'reportAccepted', { readonly quarter: Quarter }>
  | Fact<'reportWaived', { readonly quarter: Quarter; readonly contentId: string | null }>
  | Fact<'acceptanceRequested', { readonly contentId: string | null }>
  | Fact<'accepted', { readonly contentId: string | null }>
  | Fact<'rectificationRequired', { readonly contentId: string | null }>
  | Fact<'rectificationSubmitted', { readonly contentId: string | null }>
  | Fact<
      'evaluated',
      {
        readonly grade: Grade;
        readonly scoreHundredths: number;
        readonly awardExpected: boolean;
        readonly contentId: string | null;
      }
    >
  | Fact<'rewarded', { readonly awardFen: Fen }>
  | Fact<'awardForgone', { readonly contentId: string | null }>
  | Fact<'suspended', { readonly contentId: string | null }>
  | Fact<'resumed'>
  | Fact<'cancelled', { readonly contentId: string | null }>
  | Fact<'calendarRecounted'>
  | Fact<'waitLate', { readonly wait: string }>
  | Fact<'closed'>;

export type ProjectEvent = Recorded<ProjectProposal>;

const RUNNING: readonly Status[] = ['claimed', 'agreed', 'implementing', 'acceptance', 'rectifying'];
const BEFORE_CLAIM: readonly Status[] = ['consent', 'seeking', 'offered', 'listed'];

/** Which command is legal in which status; the page's stage view and the documents read the same table. */
export const legal: Readonly<Record<LaterCommandType, readonly Status[]>> = {
  undoTakeOver: TAKEN_OVER_STATUSES,
  recordConsent: ['consent'],
  offer: ['seeking', 'listed'],
  list: ['seeking'],
  claim: ['offered', 'listed'],
  declineOffer: ['offered'],
  assignUnclaimed: ['listed'],
  withdraw: ['claimed', 'agreed', 'implementing', 'rectifying'],
  agree: ['claimed'],
  start: ['agreed'],
  submitReport: ['implementing', 'acceptance', 'rectifying'],
  returnReport: ['implementing', 'acceptance', 'rectifying'],
  acceptReport: ['implementing', 'acceptance', 'rectifying'],
  waiveReport: ['implementing', 'acceptance', 'rectifying', 'suspended'],
  requestAcceptance: ['implementing'],
  accept: ['acceptance'],
  requireRectification: ['acceptance'],
  submitRectification: ['rectifying'],
  evaluate: ['accepted'],
  reward: ['evaluated'],
  closeWithoutAward: ['evaluated'],
  suspend: [...RUNNING],
  resume: ['suspended'],
  cancel: [...BEFORE_CLAIM, ...RUNNING, 'suspended'],
  expireOffer: ['offered'],
  lapseClaim: ['claimed'],
  markLate: ['consent', 'listed', ...RUNNING, 'accepted', 'evaluated'],
  recount: ['consent', 'offered', 'listed', 'claimed', 'implementing', 'acceptance', 'rectifying', 'accepted'],
  close: ['rewarded'],
};

export const FINAL: readonly Status[] = ['closed', 'cancelled'];

/** Refuses `PROJECT_STATE` (409) with the status it found. */
export function assertLegal(state: ProjectState, type: LaterCommandType): void {
  if (!legal[type].includes(state.status)) refuse('PROJECT_STATE', 'state', { status: state.status, command: type });
}
