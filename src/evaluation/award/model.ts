import { assertCanApprove, progressOf, type ApprovalState } from '../../approvals/model.ts';
import {
  dueCommandId,
  toldCommandId,
  type CaseMachine,
  type Command,
  type Proposal,
  type Recorded,
  type Told,
  type Wait,
} from '../../cases/model.ts';
import { datedBy, redated, type Dated } from '../../cases/recounting/model.ts';
import type { Fen } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import { SYSTEM_ACTOR, type OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { PinnedPolicy } from '../../policy/model.ts';
import type { ProjectCommand } from '../../projects/lifecycle/model.ts';
import { PROJECT_WORKFLOW, projectCaseId } from '../../projects/messages.ts';
import { awardCaseId } from '../messages.ts';

export type AwardStatus = 'proposed' | 'noticed' | 'objected' | 'granted' | 'refused' | 'withdrawn';

export interface AwardOpening {
  readonly awardId: string;
  readonly projectId: string;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  /** The community or the implementing social organisation; earmarked to continue the project. */
  readonly recipientId: string;
  readonly amountFen: Fen;
  /** Over everything the approvers decide on. */
  readonly digest: string;
  readonly preparerId: string;
  readonly policy: PinnedPolicy<'award'>;
  readonly contentId: string;
}

/** Its date is the end of the public notice or, while an objection is open, the day by which it is answered. */
export interface AwardState extends Omit<AwardOpening, 'contentId'>, Dated {
  readonly status: AwardStatus;
  /** The body whose objection is open; others follow theirs by a code. */
  readonly objectorId?: string;
  readonly late?: true;
  readonly approvers: readonly { readonly personId: string; readonly at: Instant }[];
}

type Ask<Type extends string, Facts = unknown> = Command & { readonly type: Type } & Facts;

export type AwardCommand =
  | Ask<'open', AwardOpening>
  | Ask<'approve', { readonly personId: string; readonly accountId: string; readonly digest: string }>
  | Ask<'refuse'>
  | Ask<'withdraw'>
  | Ask<'object', { readonly unitId?: string }>
  | Ask<'dismissObjection'>
  | Ask<'upholdObjection'>
  | Ask<'recount', { readonly calendarVersion: number }>
  | Ask<'markLate'>
  | Ask<'grant'>;

type Fact<Type extends string, Facts = unknown> = Proposal & { readonly type: Type } & Facts;

interface WithContent {
  readonly contentId: string | null;
}

export type AwardProposal =
  | Fact<'proposed', AwardOpening>
  | Fact<
      'approved',
      { readonly personId: string; readonly accountId: string; readonly digest: string; readonly isComplete: boolean }
    >
  | Fact<'refused', WithContent>
  | Fact<'withdrawn', WithContent>
  | Fact<'objected', WithContent & { readonly unitId?: string }>
  | Fact<'objectionDismissed', WithContent>
  | Fact<'objectionUpheld', WithContent>
  | Fact<'calendarRecounted'>
  | Fact<'markedLate'>
  | Fact<'granted'>;

export type AwardEvent = Recorded<AwardProposal>;

/** Which command is legal in which status; the page's stage view reads the same table. */
export const legal: Readonly<Record<Exclude<AwardCommand['type'], 'open'>, readonly AwardStatus[]>> = {
  approve: ['proposed'],
  refuse: ['proposed'],
  withdraw: ['proposed', 'noticed', 'objected'],
  object: ['noticed'],
  dismissObjection: ['objected'],
  upholdObjection: ['objected'],
  recount: ['noticed', 'objected'],
  markLate: ['objected'],
  grant: ['noticed'],
};

export const FINAL: readonly AwardStatus[] = ['granted', 'refused', 'withdrawn'];

function notice(state: Pick<AwardState, 'policy'>, now: Instant): Pick<Proposal, 'deadlines'> {
  return { deadlines: { due: { from: now, n: state.policy.values.noticeWorkdays, unit: 'workday' } } };
}

/** No date where the award pinned its rules before they named one. */
function answering(state: AwardState, now: Instant): Pick<Proposal, 'deadlines'> {
  const { objectionWorkdays: n }: Partial<AwardOpening['policy']['values']> = state.policy.values;
  return n === undefined ? {} : { deadlines: { due: { from: now, n, unit: 'workday' } } };
}

/** Who objects comes from outside and is told what can still be done. */
function refusalOf(type: AwardCommand['type'], status: AwardStatus): string {
  if (type !== 'object' || status === 'proposed') return 'AWARD_STATE';
  return status === 'objected' ? 'AWARD_OBJECTED' : 'AWARD_NOTICE_OVER';
}

/** What the pure rules know of the approvals; the approvals area holds the same in the database. */
export function approvalOf(state: AwardState): ApprovalState {
  return {
    ...progressOf(state.approvers.length, state.policy.values.approvals),
    digest: state.digest,
    preparers: [state.preparerId],
    approvers: state.approvers,
  };
}

function decide(state: AwardState | undefined, command: AwardCommand, now: Instant): AwardProposal {
  if (command.type === 'open') {
    if (state) refuse('AWARD_STATE', 'state', { status: state.status });
    return { type: 'proposed', schema: 1, ...factsOf(command), contentId: command.contentId };
  }
  if (!state) return refuse('AWARD_UNKNOWN', 'unknown');
  if (!legal[command.type].includes(state.status)) refuse(refusalOf(command.type, state.status), 'state', { status: state.status });
  const contentId = command.contentId ?? null;
  switch (command.type) {
    case 'approve':
      return approved(state, command, now);
    case 'refuse':
      return { type: 'refused', schema: 1, contentId };
    case 'withdraw':
      return { type: 'withdrawn', schema: 1, contentId };
    case 'object':
      return { type: 'objected', schema: 2, contentId, ...(command.unitId !== undefined && { unitId: command.unitId }), ...answering(state, now) };
    case 'dismissObjection':
      // The objector's answer is public too: the notice runs again in full.
      return { type: 'objectionDismissed', schema: 1, contentId, ...notice(state, now) };
    case 'upholdObjection':
      return { type: 'objectionUpheld', schema: 1, contentId };
    case 'recount':
      return recounted(state, command.calendarVersion);
    case 'markLate':
      return { type: 'markedLate', schema: 1 };
    case 'grant':
      return { type: 'granted', schema: 1 };
  }
}

/** The calendar on which the open date was counted; none = no revision concerns this award. */
export function countedOn({ dueBasis }: AwardState): number | undefined {
  return dueBasis?.calendarVersion;
}

function recounted(state: AwardState, calendarVersion: number): AwardProposal {
  const { dueBasis } = state;
  if (!dueBasis || dueBasis.calendarVersion >= calendarVersion) return refuse('AWARD_CALENDAR_KNOWN', 'state');
  return { type: 'calendarRecounted', schema: 1, deadlines: { due: dueBasis.spec } };
}

function factsOf(from: Omit<AwardOpening, 'contentId'>): Omit<AwardOpening, 'contentId'> {
  const { awardId, projectId, communityId, orgPath, recipientId, amountFen, digest, preparerId, policy } = from;
  return { awardId, projectId, communityId, orgPath, recipientId, amountFen, digest, preparerId, policy };
}

function approved(state: AwardState, command: Extract<AwardCommand, { type: 'approve' }>, now: Instant): AwardProposal {
  const { personId, accountId, digest } = command;
  assertCanApprove(approvalOf(state), digest, personId);
  const { complete: isComplete } = progressOf(state.approvers.length + 1, state.policy.values.approvals);
  return { type: 'approved', schema: 1, personId, accountId, digest, isComplete, ...(isComplete && notice(state, now)) };
}

function apply(state: AwardState | undefined, event: AwardEvent): AwardState {
  if (event.type === 'proposed') return { ...factsOf(event), status: 'proposed', approvers: [] };
  if (!state) throw new RangeError('an award begins with proposed');
  switch (event.type) {
    case 'approved': {
      const approvers = [...state.approvers, { personId: event.personId, at: event.at }];
      return event.isComplete ? noticed({ ...state, approvers }, event) : { ...state, approvers };
    }
    case 'refused':
    case 'objectionUpheld':
      return ended(state, 'refused');
    case 'withdrawn':
      return ended(state, 'withdrawn');
    case 'objected':
      return { ...ended(state, 'objected'), ...datedBy(event.due['due']), ...(event.unitId !== undefined && { objectorId: event.unitId }) };
    case 'objectionDismissed':
      return noticed(state, event);
    case 'calendarRecounted':
      return { ...state, ...redated(state, event.due['due'], event.at) };
    case 'markedLate':
      return { ...state, late: true };
    case 'granted':
      return ended(state, 'granted');
  }
}

function noticed(state: AwardState, { due }: AwardEvent): AwardState {
  return { ...ended(state, 'noticed'), ...datedBy(due['due']) };
}

function ended({ due: _due, dueBasis: _basis, objectorId: _objector, late: _late, ...state }: AwardState, status: AwardStatus): AwardState {
  return { ...state, status };
}

function waits(state: AwardState): readonly Wait[] {
  switch (state.status) {
    case 'proposed':
      return [{ name: 'approval', owner: { role: 'leader' }, otherwise: 'evaluation.award.wait.approval' }];
    case 'noticed':
      return state.due
        ? [{ name: 'notice', owner: { role: 'system' }, due: state.due, wakeAt: state.due, otherwise: 'evaluation.award.wait.notice' }]
        : [];
    case 'objected':
      return [answerWait(state)];
    default:
      return [];
  }
}

function answerWait({ due, late }: AwardState): Wait {
  const otherwise = late ? 'evaluation.award.wait.objectionLate' : 'evaluation.award.wait.objection';
  return { name: 'objection', owner: { role: 'manager' }, ...(due && { due }), ...(due && !late && { wakeAt: due }), otherwise };
}

function dueCommand({ status, due, late }: AwardState, now: Instant): AwardCommand | undefined {
  if (!due || due > now) return undefined;
  const by = { actor: SYSTEM_ACTOR, at: due } as const;
  if (status === 'noticed') return { ...by, id: dueCommandId('notice', due), type: 'grant' };
  return status === 'objected' && !late ? { ...by, id: dueCommandId('objection', due), type: 'markLate' } : undefined;
}

/** The project hears how it ended and closes. */
function tells(event: AwardEvent, after: AwardState): readonly Told[] {
  if (!FINAL.includes(after.status)) return [];
  const asked = { id: toldCommandId(awardCaseId(after.awardId), event.version), actor: event.actor, at: event.at };
  const command: ProjectCommand =
    after.status === 'granted'
      ? { ...asked, type: 'reward', awardFen: after.amountFen }
      : { ...asked, type: 'closeWithoutAward' };
  return [{ kind: PROJECT_WORKFLOW, caseId: projectCaseId(after.projectId), command }];
}

export interface AwardMachine extends CaseMachine<AwardState, AwardCommand, AwardProposal> {
  orgPath(state: AwardState): OrgPath;
}

export const awardMachine: AwardMachine = {
  kind: 'resultBasedAward',
  decide,
  apply,
  waits,
  dueCommand,
  tells,
  closed: (state) => FINAL.includes(state.status),
  orgPath: (state) => state.orgPath,
};
