import { dayText } from '../../cases/stage/dates.ts';
import type { StageLine, StageStep, StageView, StepState, Telltale } from '../../cases/stage/model.ts';
import { shanghaiDate, type Instant } from '../../kernel/time.ts';
import type { FollowState } from '../intake/model.ts';
import type { LeavingReason } from '../need/model.ts';

export interface FollowedNeed {
  readonly state: FollowState;
  readonly submittedAt: Instant;
  readonly communityId: string;
  readonly remarks: readonly Instant[];
  readonly asked: { readonly text: string; readonly at: Instant } | null;
  readonly leftOut: { readonly reason: LeavingReason; readonly text: string } | null;
}

type PublicStep = 'received' | 'verified' | 'matched' | 'handled' | 'settled';

const STEPS: readonly PublicStep[] = ['received', 'verified', 'matched', 'handled', 'settled'];

interface Mapping {
  /** Undefined = nothing is left to do. */
  readonly step: PublicStep | undefined;
  /** `raiser`: the reader's own turn. */
  readonly owner: 'communityWorker' | 'manager' | 'raiser' | undefined;
}

/** 收到→核实→对接→办理→办结: what a resident is told of each state. */
export const FOLLOWED: Readonly<Record<FollowState, Mapping>> = {
  checking: { step: 'verified', owner: 'communityWorker' },
  received: { step: 'verified', owner: 'communityWorker' },
  asked: { step: 'verified', owner: 'raiser' },
  joined: { step: 'verified', owner: 'communityWorker' },
  triaged: { step: 'matched', owner: 'communityWorker' },
  listed: { step: 'matched', owner: 'manager' },
  answered: { step: 'settled', owner: 'raiser' },
  closed: { step: undefined, owner: undefined },
  counted: { step: undefined, owner: undefined },
  notTaken: { step: undefined, owner: undefined },
  withdrawn: { step: undefined, owner: undefined },
  leftOut: { step: undefined, owner: undefined },
};

/** Steps that an answer of that kind never takes. */
const LEFT_OUT: Readonly<Partial<Record<FollowState, readonly PublicStep[]>>> = {
  counted: ['matched', 'handled'],
  notTaken: ['matched', 'handled', 'settled'],
  withdrawn: ['matched', 'handled', 'settled'],
  leftOut: ['matched', 'handled', 'settled'],
};

/** A resident's own submission, before any project takes it up. There are no deadlines to promise. */
export function followStage(need: FollowedNeed, tell: Telltale): StageView {
  const { state, submittedAt } = need;
  const { step, owner } = FOLLOWED[state];
  const at = step === undefined ? STEPS.length : STEPS.indexOf(step);
  const unit = tell.unit(need.communityId) ?? tell.say('stage.owner.unknown');
  const role = owner === undefined || owner === 'raiser' ? '' : tell.say(`accounts.role.${owner}`);
  const who = owner === undefined ? null : owner === 'raiser' ? tell.say('stage.need.you') : owner === 'manager' ? role : tell.say('stage.owner.at', { unit, role });
  const until = tell.say('stage.until.none');
  const what = owner === undefined ? null : tell.say(`stage.need.wait.${state}`, { text: need.asked?.text ?? '' });
  const turn = owner === undefined ? 'none' : owner === 'raiser' ? 'mine' : 'other';
  return {
    kind: 'need',
    sentence: what === null ? endText(need, tell) : tell.say(`stage.turn.${turn}`, { owner: who ?? '', what, until }),
    turn,
    owner: who === null || owner === undefined ? null : { role: owner, orgUnitId: owner === 'communityWorker' ? need.communityId : null, text: who, people: [] },
    what,
    dueAt: null,
    workdaysLeft: null,
    late: false,
    otherwise: owner === undefined ? null : tell.say(`stage.need.otherwise.${owner !== 'raiser' ? 'staff' : state === 'asked' ? 'asked' : 'raiser'}`),
    escalations: [],
    action: null,
    also: [],
    steps: STEPS.map((key, index) => stepOf(key, index, { at, state, submittedAt }, tell)),
    history: historyOf(need, tell),
  };
}

function endText({ state, leftOut }: FollowedNeed, tell: Telltale): string {
  const reason = leftOut && tell.say(`needs.leaving.${leftOut.reason}`);
  return tell.say(`needs.intake.state.${state}`, { reason: reason ?? '', text: leftOut?.text ?? '' });
}

function stepOf(
  key: PublicStep,
  index: number,
  { at, state, submittedAt }: { readonly at: number; readonly state: FollowState; readonly submittedAt: Instant },
  tell: Telltale,
): StageStep {
  const isLeftOut = LEFT_OUT[state]?.includes(key) ?? false;
  const status: StepState = isLeftOut ? 'skipped' : index < at ? 'done' : index === at ? 'current' : 'ahead';
  const label = tell.say(`stage.public.step.${key}`);
  const on = key === 'received' ? shanghaiDate(submittedAt) : null;
  const note = isLeftOut ? tell.say(`stage.need.skipped.${state}`) : null;
  const what = [on && dayText(on, tell), note].filter(Boolean);
  const text = tell.say(`stage.step.${status}`, { label, what: what.length === 0 ? '' : ` ${what.join(' ')}` });
  return { key, label, state: status, on, estimated: null, count: null, note, text, side: [] };
}

function historyOf({ submittedAt, remarks, asked }: FollowedNeed, tell: Telltale): StageLine[] {
  const lines = [
    { at: submittedAt, text: tell.say('stage.need.event.submitted') },
    ...remarks.map((at) => ({ at, text: tell.say('stage.need.event.remarked') })),
    ...(asked ? [{ at: asked.at, text: tell.say('stage.need.event.asked', { text: asked.text }) }] : []),
  ];
  return lines.map((line) => ({ ...line, by: null }));
}
