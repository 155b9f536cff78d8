import { dueCommandId, type CaseMachine, type Command, type Proposal, type Recorded, type Wait } from '../cases/model.ts';
import { datedBy, redated, type Dated } from '../cases/recounting/model.ts';
import { refuse } from '../kernel/refusal.ts';
import { SYSTEM_ACTOR, type OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { PinnedPolicy } from '../policy/model.ts';

/** What a person may ask about their own data: see it, have it put right, have it deleted (个人信息保护法 45, 46, 47). */
export const RIGHTS = ['access', 'correction', 'deletion'] as const;

export type Right = (typeof RIGHTS)[number];

/** How it was asked: by the follow-up code, or told to staff. */
export const RIGHTS_CHANNELS = ['followUp', 'paper', 'oral'] as const;

export type RightsChannel = (typeof RIGHTS_CHANNELS)[number];

/** Why it is not carried out; a refusal says so in words as well (个人信息保护法 50). */
export const REFUSAL_GROUNDS = ['identity', 'legalHold', 'statutoryTerm', 'unfounded'] as const;

export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

export type RightsStatus = 'received' | 'carriedOut' | 'refused' | 'withdrawn';

/** By numbers: whose it is, is a subject; what they wrote lies sealed with it. */
export interface RightsOpening {
  readonly requestId: string;
  readonly right: Right;
  readonly channel: RightsChannel;
  readonly subjectId: string;
  readonly needId: string;
  /** Null where staff or a file brought the need. */
  readonly submissionId: string | null;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly policy: PinnedPolicy<'rights'>;
}

/** Its date is the day by which it is answered. */
export interface RightsState extends RightsOpening, Dated {
  readonly status: RightsStatus;
  readonly late: boolean;
}

type Ask<Type extends string, Facts = unknown> = Command & { readonly type: Type } & Facts;

export type RightsCommand =
  | Ask<'open', RightsOpening>
  | Ask<'carryOut'>
  | Ask<'refuse', { readonly ground: RefusalGround }>
  | Ask<'withdraw'>
  | Ask<'recount', { readonly calendarVersion: number }>
  | Ask<'markLate'>;

type Fact<Type extends string, Facts = unknown> = Proposal & { readonly type: Type; readonly schema: 1 } & Facts;

interface WithContent {
  readonly contentId: string | null;
}

export type RightsProposal =
  | Fact<'received', RightsOpening & WithContent>
  | Fact<'carriedOut', WithContent>
  | Fact<'refused', WithContent & { readonly ground: RefusalGround }>
  | Fact<'withdrawn'>
  | Fact<'calendarRecounted'>
  | Fact<'markedLate'>;

export type RightsEvent = Recorded<RightsProposal>;

/** Which command is legal in which status; the page's stage view reads the same table. */
export const legal: Readonly<Record<Exclude<RightsCommand['type'], 'open'>, readonly RightsStatus[]>> = {
  carryOut: ['received'],
  refuse: ['received'],
  withdraw: ['received'],
  recount: ['received'],
  markLate: ['received'],
};

function decide(state: RightsState | undefined, command: RightsCommand, now: Instant): RightsProposal {
  if (command.type === 'open') {
    if (state) refuse('RIGHTS_STATE', 'state', { status: state.status });
    const due = { from: now, n: command.policy.values.answerWorkdays, unit: 'workday' } as const;
    return { type: 'received', schema: 1, ...factsOf(command), contentId: command.contentId ?? null, deadlines: { due } };
  }
  if (!state) return refuse('RIGHTS_UNKNOWN', 'unknown');
  if (!legal[command.type].includes(state.status)) refuse('RIGHTS_STATE', 'state', { status: state.status });
  const contentId = command.contentId ?? null;
  switch (command.type) {
    case 'carryOut':
      if (state.right === 'correction' && contentId === null) refuse('RIGHTS_CORRECTION_EMPTY', 'rule');
      return { type: 'carriedOut', schema: 1, contentId };
    case 'refuse':
      return { type: 'refused', schema: 1, ground: command.ground, contentId };
    case 'withdraw':
      return { type: 'withdrawn', schema: 1 };
    case 'recount':
      return recounted(state, command.calendarVersion);
    case 'markLate':
      return { type: 'markedLate', schema: 1 };
  }
}

function recounted({ dueBasis }: RightsState, calendarVersion: number): RightsProposal {
  if (!dueBasis || dueBasis.calendarVersion >= calendarVersion) return refuse('RIGHTS_CALENDAR_KNOWN', 'state');
  return { type: 'calendarRecounted', schema: 1, deadlines: { due: dueBasis.spec } };
}

function factsOf(from: RightsOpening): RightsOpening {
  const { requestId, right, channel, subjectId, needId, submissionId, communityId, orgPath, policy } = from;
  return { requestId, right, channel, subjectId, needId, submissionId, communityId, orgPath, policy };
}

function apply(state: RightsState | undefined, event: RightsEvent): RightsState {
  if (event.type === 'received') return { ...factsOf(event), status: 'received', late: false, ...datedBy(event.due['due']) };
  if (!state) throw new RangeError('a rights request begins with received');
  switch (event.type) {
    case 'carriedOut':
    case 'refused':
    case 'withdrawn': {
      const { due: _due, dueBasis: _basis, ...rest } = state;
      return { ...rest, status: event.type };
    }
    case 'calendarRecounted':
      return { ...state, ...redated(state, event.due['due'], event.at) };
    case 'markedLate':
      return { ...state, late: true };
  }
}

function waits({ status, communityId, due, late }: RightsState): readonly Wait[] {
  if (status !== 'received') return [];
  const wake = due !== undefined && !late && { wakeAt: due };
  const otherwise = late ? 'rights.wait.late' : 'rights.wait.answer';
  return [{ name: 'answer', owner: { role: 'communityWorker', orgUnitId: communityId }, ...(due && { due }), ...wake, otherwise }];
}

function dueCommand({ status, due, late }: RightsState, now: Instant): RightsCommand | undefined {
  if (status !== 'received' || late || !due || due > now) return undefined;
  return { id: dueCommandId('answer', due), type: 'markLate', actor: SYSTEM_ACTOR, at: due };
}

/** The calendar on which the open date was counted; none = no revision concerns this request. */
export function countedOn({ dueBasis }: RightsState): number | undefined {
  return dueBasis?.calendarVersion;
}

export interface RightsMachine extends CaseMachine<RightsState, RightsCommand, RightsProposal> {
  orgPath(state: RightsState): OrgPath;
}

export const rightsMachine: RightsMachine = {
  kind: 'rightsRequest',
  decide,
  apply,
  waits,
  dueCommand,
  closed: ({ status }) => status !== 'received',
  orgPath: ({ orgPath }) => orgPath,
};
