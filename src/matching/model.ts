import { dueCommandId, type CaseMachine, type Command, type Proposal, type Recorded, type Wait } from '../cases/model.ts';
import { datedBy, redated, type Dated } from '../cases/recounting/model.ts';
import { refuse } from '../kernel/refusal.ts';
import { SYSTEM_ACTOR, type ActorId, type OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { PinnedPolicy } from '../policy/model.ts';
import type { Choice } from './facts.ts';
import type { SolvedPlan } from './messages.ts';

/**
 * `frozen`: the engine gathers facts and solves · `solved`: a person decides · `confirmed`: the engine makes
 * projects of the plan · `carriedOut` and `cancelled` are over. A change by hand goes back to `frozen`, and so
 * does planning anew on today's facts; a question without an answer (nothing is ready any more) abandons the run.
 */
export type RunStatus = 'frozen' | 'solved' | 'confirmed' | 'carriedOut' | 'cancelled';

export interface RunPlan extends SolvedPlan {
  /** What the choices cost against the best plan, in hundredths of points; never negative. */
  readonly price: number;
}

/** Its date is the one by which a person confirms. */
export interface RunState extends Dated {
  readonly status: RunStatus;
  readonly orgPath: OrgPath;
  readonly policy: PinnedPolicy<'matching'>;
  readonly revision: number;
  /** Revision that gathered the facts; absent = 1. */
  readonly factsRevision?: number;
  readonly choices: readonly Choice[];
  readonly plan?: RunPlan;
  /** Value of the plan without choices. */
  readonly bestValue?: number;
  readonly late: boolean;
  /** Who confirmed, and by which command: what follows is derived from it. */
  readonly confirmation?: { readonly commandId: string; readonly actor: ActorId };
}

type Ask<Type extends string, Facts = unknown> = Command & { readonly type: Type } & Facts;

export type RunCommand =
  | Ask<'open', { readonly orgPath: OrgPath; readonly policy: PinnedPolicy<'matching'> }>
  | Ask<'recordPlan', { readonly revision: number; readonly plan: SolvedPlan }>
  | Ask<'abandon', { readonly code: string }>
  | Ask<'change', { readonly choices: readonly Choice[] }>
  | Ask<'replan'>
  | Ask<'confirm', { readonly planHash: string }>
  | Ask<'recordCarriedOut', { readonly projects: number }>
  | Ask<'cancel'>
  | Ask<'recount', { readonly calendarVersion: number }>
  | Ask<'markLate'>;

type Event<Type extends string, Facts = unknown> = Proposal & { readonly type: Type; readonly schema: 1 } & Facts;

export type RunProposal =
  | Event<'opened', { readonly orgPath: OrgPath; readonly policy: PinnedPolicy<'matching'> }>
  | Event<'solved', { readonly plan: RunPlan; readonly bestValue: number; readonly choices?: readonly Choice[] }>
  | Event<'changed', { readonly choices: readonly Choice[]; readonly contentId: string }>
  | Event<'regathered'>
  | Event<'confirmed', { readonly planHash: string }>
  | Event<'carriedOut', { readonly projects: number }>
  | Event<'cancelled', { readonly contentId: string }>
  | Event<'abandoned', { readonly code: string }>
  | Event<'calendarRecounted'>
  | Event<'markedLate'>;

export type RunEvent = Recorded<RunProposal>;

/** Which commands each status takes; the stage view is drawn from it. */
export const RUN_MOVES: Readonly<Record<RunStatus, readonly RunCommand['type'][]>> = {
  frozen: ['recordPlan', 'abandon', 'cancel'],
  solved: ['change', 'replan', 'confirm', 'cancel', 'recount', 'markLate'],
  confirmed: ['recordCarriedOut'],
  carriedOut: [],
  cancelled: [],
};

const CONFIRMATION = 'confirmation';

function decide(state: RunState | undefined, command: RunCommand, now: Instant): RunProposal {
  if (command.type === 'open') {
    if (state) refuse('MATCHING_RUN_OPEN_ALREADY', 'state');
    return { type: 'opened', schema: 1, orgPath: command.orgPath, policy: command.policy };
  }
  if (!state) return refuse('MATCHING_RUN_UNKNOWN', 'unknown');
  if (!RUN_MOVES[state.status].includes(command.type)) {
    refuse('MATCHING_RUN_NOT_IN_STATE', 'state', { status: state.status, command: command.type });
  }
  switch (command.type) {
    case 'recordPlan':
      return solved(state, command.revision, command.plan, now);
    case 'abandon':
      return { type: 'abandoned', schema: 1, code: command.code };
    case 'change':
      return { type: 'changed', schema: 1, choices: sound(command.choices), contentId: reasonOf(command) };
    case 'replan':
      return { type: 'regathered', schema: 1 };
    case 'confirm':
      if (command.planHash !== state.plan?.planHash) refuse('MATCHING_PLAN_CHANGED', 'state');
      return { type: 'confirmed', schema: 1, planHash: command.planHash };
    case 'recordCarriedOut':
      return { type: 'carriedOut', schema: 1, projects: command.projects };
    case 'cancel':
      return { type: 'cancelled', schema: 1, contentId: reasonOf(command) };
    case 'recount':
      return recounted(state, command.calendarVersion);
    case 'markLate':
      return { type: 'markedLate', schema: 1 };
  }
}

function solved(state: RunState, revision: number, { choices, bestValue: best, ...plan }: SolvedPlan, now: Instant): RunProposal {
  if (revision !== state.revision) refuse('MATCHING_PLAN_CHANGED', 'state');
  const bestValue = state.bestValue ?? best ?? plan.value;
  const dropped = choices !== undefined && choices.length < state.choices.length;
  return {
    type: 'solved',
    schema: 1,
    // A chosen pair may be one that was not compared before, and a stable plan is not the one worth most.
    plan: { ...plan, price: Math.max(0, bestValue - plan.value) },
    bestValue,
    ...(dropped && { choices }),
    deadlines: { due: { from: now, n: state.policy.values.confirmWorkdays, unit: 'workday' } },
  };
}

/** The calendar on which a date was counted that nobody was held to yet; none = no revision concerns this run. */
export function countedOn({ dueBasis, late }: RunState): number | undefined {
  return late ? undefined : dueBasis?.calendarVersion;
}

function recounted(state: RunState, calendarVersion: number): RunProposal {
  const known = countedOn(state);
  if (!state.dueBasis || known === undefined || known >= calendarVersion) return refuse('MATCHING_CALENDAR_KNOWN', 'state');
  return { type: 'calendarRecounted', schema: 1, deadlines: { due: state.dueBasis.spec } };
}

/**
 * The whole set of choices that shall hold; none goes back to the best plan. A proposal is settled at most once, but may
 * be kept from several offers. Refuses `MATCHING_CHOICE_TWICE`.
 */
function sound(choices: readonly Choice[]): readonly Choice[] {
  const known = new Set<string>();
  for (const { proposalId, offerId, forbid } of choices) {
    const key = forbid ? `${proposalId} ${offerId}` : proposalId;
    if (known.has(key)) refuse('MATCHING_CHOICE_TWICE', 'invalid', { proposalId });
    known.add(key);
  }
  return choices;
}

function reasonOf(command: Command): string {
  return command.contentId ?? refuse('MATCHING_REASON_MISSING', 'rule');
}

function apply(state: RunState | undefined, event: RunEvent): RunState {
  if (event.type === 'opened') {
    return { status: 'frozen', orgPath: event.orgPath, policy: event.policy, revision: 1, choices: [], late: false };
  }
  if (!state) throw new RangeError('a matching run begins with opened');
  switch (event.type) {
    case 'solved':
      return {
        ...state,
        status: 'solved',
        plan: event.plan,
        bestValue: event.bestValue,
        choices: event.choices ?? state.choices,
        late: false,
        ...datedBy(event.due['due']),
      };
    case 'changed':
      return { ...withoutPlan(state), status: 'frozen', revision: state.revision + 1, choices: event.choices };
    case 'regathered': {
      const { bestValue: _bestValue, ...kept } = withoutPlan(state);
      return { ...kept, status: 'frozen', revision: state.revision + 1, factsRevision: state.revision + 1 };
    }
    case 'confirmed':
      return { ...withoutDue(state), status: 'confirmed', confirmation: { commandId: event.commandId, actor: event.actor } };
    case 'carriedOut':
      return { ...state, status: 'carriedOut' };
    case 'cancelled':
    case 'abandoned':
      return { ...withoutDue(state), status: 'cancelled' };
    case 'calendarRecounted':
      return { ...state, ...redated(state, event.due['due'], event.at) };
    case 'markedLate':
      return { ...state, late: true };
  }
}

function withoutPlan({ plan: _plan, due: _due, dueBasis: _basis, ...rest }: RunState): RunState {
  return rest;
}

function withoutDue({ due: _due, dueBasis: _basis, ...rest }: RunState): RunState {
  return rest;
}

function waits(state: RunState): readonly Wait[] {
  switch (state.status) {
    case 'frozen':
      return [{ name: 'solving', owner: { role: 'system' }, otherwise: 'matching.wait.solving' }];
    case 'confirmed':
      return [{ name: 'carryingOut', owner: { role: 'system' }, otherwise: 'matching.wait.carryingOut' }];
    case 'solved':
      return [
        {
          name: CONFIRMATION,
          owner: { role: 'manager' },
          otherwise: 'matching.wait.markLate',
          ...(state.due && { due: state.due }),
          ...(state.due && !state.late && { wakeAt: state.due }),
        },
      ];
    default:
      return [];
  }
}

function dueCommand(state: RunState, now: Instant): RunCommand | undefined {
  const [wait] = waits(state);
  if (!wait?.wakeAt || wait.wakeAt > now) return undefined;
  return { id: dueCommandId(CONFIRMATION, wait.wakeAt), type: 'markLate', actor: SYSTEM_ACTOR, at: wait.wakeAt };
}

export interface RunMachine extends CaseMachine<RunState, RunCommand, RunProposal> {
  orgPath(state: RunState): OrgPath;
}

export const runMachine: RunMachine = {
  kind: 'matchingRun',
  decide,
  apply,
  waits,
  dueCommand,
  closed: (state) => state.status === 'carriedOut' || state.status === 'cancelled',
  orgPath: (state) => state.orgPath,
};
