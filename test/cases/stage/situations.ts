import { provisionally, quarter, resolveDeadline } from '../../../src/calendar/model.ts';
import { blank, remember, wakeAt, type CaseMachine, type Command, type Memory, type Proposal, type Recorded } from '../../../src/cases/model.ts';
import type { Track } from '../../../src/cases/stage/model.ts';
import { awardMachine, legal as award } from '../../../src/evaluation/award/model.ts';
import { awardTrack } from '../../../src/evaluation/award/stage/model.ts';
import { fen } from '../../../src/kernel/money.ts';
import type { ActorId, OrgPath } from '../../../src/kernel/scope.ts';
import { addHours, localDate, shanghaiInstant, type Instant } from '../../../src/kernel/time.ts';
import { RUN_MOVES, runMachine } from '../../../src/matching/model.ts';
import { runTrack } from '../../../src/matching/stage/model.ts';
import { legal as survey } from '../../../src/needs/survey/lifecycle/model.ts';
import { surveyMachine } from '../../../src/needs/survey/model.ts';
import { surveyTrack } from '../../../src/needs/survey/stage/model.ts';
import { legal as project } from '../../../src/projects/lifecycle/model.ts';
import { projectMachine } from '../../../src/projects/model.ts';
import { projectTrack } from '../../../src/projects/stage/model.ts';
import { legal as cycle, quarterMachine } from '../../../src/quarters/model.ts';
import { scheduleOf } from '../../../src/quarters/schedule/model.ts';
import { legal as rights, rightsMachine } from '../../../src/rights/model.ts';
import { rightsTrack } from '../../../src/rights/stage/model.ts';
import { quarterTrack } from '../../../src/quarters/stage/model.ts';
import { CALENDAR, opening, report, takingOver, way } from '../../projects/support/played.ts';
import { pinnedDefault } from '../../support/policies.ts';

export const START = shanghaiInstant(localDate('2026-01-26'), 9);
export const calendar = provisionally(CALENDAR);

type AnyMachine = CaseMachine<{ status: string }, Command, Proposal>;
export type AnyTrack = Track<{ status: string }, Proposal>;
type Step = object | { readonly moveTo: Instant };

export interface Kind {
  readonly machine: AnyMachine;
  readonly track: AnyTrack;
  /** The table that the rules decide by. */
  readonly legal: Readonly<Record<string, readonly string[]>>;
  /** Every status that the rules know. */
  readonly statuses: readonly string[];
  readonly ways: Readonly<Record<string, readonly Step[]>>;
}

export interface Situation {
  readonly events: readonly Recorded<Proposal>[];
  readonly state: { readonly status: string };
  readonly now: Instant;
}

/** All that a history passes through: the case after each of its events, and at the time the last one was due. */
export function situationsOf({ machine }: Kind, steps: readonly Step[]): Situation[] {
  let memory: Memory<{ status: string }> = blank();
  let now = START;
  const events: Recorded<Proposal>[] = [];
  const found: Situation[] = [];
  const send = (command: Command): void => {
    const { deadlines = {}, ...facts } = machine.decide(memory.state, command, now);
    const due = Object.fromEntries(Object.entries(deadlines).map(([name, spec]) => [name, { ...resolveDeadline(spec, calendar), spec }]));
    const event = JSON.parse(JSON.stringify({ ...facts, version: memory.version + 1, commandId: command.id, actor: command.actor, at: now, due })) as Recorded<Proposal>;
    events.push(event);
    memory = remember(machine, memory, event);
    found.push({ events: [...events], state: memory.state!, now });
  };
  for (const step of steps) {
    if (!('moveTo' in step)) send({ id: `c${events.length}`, actor: 'person-1' as ActorId, at: now, ...step } as unknown as Command);
    else {
      const until = step.moveTo as Instant;
      for (let wake = wakeAt(machine, memory.state!); wake !== undefined && wake <= until; wake = wakeAt(machine, memory.state!)) {
        now = wake > now ? wake : now;
        send(machine.dueCommand(memory.state!, now)!);
      }
      now = until;
      found.push({ events: [...events], state: memory.state!, now });
    }
  }
  return found;
}

const later = (hours: number): Step => ({ moveTo: addHours(START, hours) });
const kind = (of: { machine: unknown; track: unknown }, legal: Kind['legal'], final: readonly string[], ways: Kind['ways']): Kind => ({
  ...(of as Pick<Kind, 'machine' | 'track'>),
  legal,
  statuses: [...new Set([...Object.values(legal).flat(), ...final])],
  ways,
});
const runMoves = Object.fromEntries(
  [...new Set(Object.values(RUN_MOVES).flat())].map((command) => [command, Object.keys(RUN_MOVES).filter((status) => RUN_MOVES[status as keyof typeof RUN_MOVES].includes(command))]),
);

const YEAR = 24 * 365;
const { claim, agree, start, requestAcceptance, accept, evaluate } = way;
const quarters = [quarter('2026Q1'), quarter('2026Q2')] as const;
const under: readonly Step[] = [opening(), claim, agree, start];

const schedule = scheduleOf(localDate('2026-04-15'), pinnedDefault('quarter').values, CALENDAR);
const openQuarter = { type: 'open', communityId: 'k1', orgPath: '/a/' as OrgPath, quarter: quarter('2026Q2'), policy: pinnedDefault('quarter'), schedule };
const asked: readonly Step[] = [openQuarter, { type: 'recordAsked', asked: 3 }];
const meeting = shanghaiInstant(localDate('2026-04-15'), 10);
const record = { type: 'recordMeeting', resolutions: 2, minutesBy: shanghaiInstant(localDate('2026-04-22'), 24) };

const plan = { planHash: 'h', inputHash: 'i', seed: 1, value: 10, matched: 1, unmatched: 0, choices: [] };
const openRun = { type: 'open', orgPath: '/a/' as OrgPath, policy: pinnedDefault('matching') };
const solved: readonly Step[] = [openRun, { type: 'recordPlan', revision: 1, plan }];

const openAward = {
  type: 'open',
  awardId: 'a1',
  projectId: 'p1',
  communityId: 'k1',
  orgPath: '/a/' as OrgPath,
  recipientId: 'k1',
  amountFen: fen(10_000),
  digest: 'd',
  preparerId: 'preparer',
  policy: pinnedDefault('award'),
  contentId: 'x',
};
const approve = (personId: string): Step => ({ type: 'approve', personId, accountId: personId, digest: 'd' });
const noticed: readonly Step[] = [openAward, approve('b'), approve('c')];

const openRights = {
  type: 'open',
  requestId: 'r1',
  right: 'deletion',
  channel: 'followUp',
  subjectId: 's1',
  needId: 'n1',
  submissionId: 'u1',
  communityId: 'k1',
  orgPath: '/a/' as OrgPath,
  policy: pinnedDefault('rights'),
  contentId: 'x',
};

const openSurvey = { type: 'open', surveyId: 's1', orgPath: '/a/' as OrgPath, policy: pinnedDefault('survey') };
const release = { type: 'release', opensAt: addHours(START, 48), closesAt: addHours(START, 24 * 15), communityIds: ['k1', 'k2'], contentHash: 'h' };

export const kinds: Readonly<Record<string, Kind>> = {
  microProject: kind({ machine: projectMachine, track: projectTrack }, project, ['closed', 'cancelled'], {
    'to its end': [...under, report(quarters[0]), { type: 'acceptReport', quarter: quarters[0] }, requestAcceptance, accept, evaluate, { type: 'reward', awardFen: fen(1) }, later(1)],
    'after a vote, without an award': [opening({ consentNeeded: true, firstOffer: 'u1' }), { type: 'recordConsent' }, claim, agree, start, requestAcceptance, accept, { ...evaluate, awardExpected: false }, later(1)],
    'from an old ledger': [takingOver({ status: 'agreed' }), start, report(quarters[0])],
    'from an old ledger, and back': [takingOver({ status: 'acceptance' }), later(24 * 60), { type: 'undoTakeOver' }],
    'with every detour': [
      opening({ firstOffer: 'u1' }),
      { type: 'declineOffer', unitId: 'u1' },
      { type: 'offer', unitId: 'u2' },
      later(24 * 60),
      { type: 'list' },
      { type: 'claim', unitId: 'u3' },
      { ...agree, implementerId: 'u3' },
      start,
      { type: 'withdraw', unitId: 'u3' },
      { type: 'list' },
      { type: 'claim', unitId: 'u4' },
      { ...agree, implementerId: 'u4' },
      start,
      report(quarters[0]),
      { type: 'returnReport', quarter: quarters[0] },
      { type: 'suspend' },
      { type: 'waiveReport', quarter: quarters[0] },
      { type: 'resume' },
      requestAcceptance,
      { type: 'requireRectification' },
      { type: 'submitRectification' },
      accept,
      later(YEAR),
      evaluate,
      { type: 'closeWithoutAward' },
    ],
    'nobody claims': [opening(), later(24 * 40), { type: 'assignUnclaimed', unitId: 'u1' }, later(24 * 80), { type: 'list' }, { type: 'cancel' }],
    'a new calendar': [opening(), { type: 'recount', calendarVersion: 99 }],
  }),
  quarterCycle: kind({ machine: quarterMachine, track: quarterTrack }, cycle, ['closed'], {
    'to its end': [...asked, { moveTo: meeting }, record, { type: 'publishReport' }, later(YEAR)],
    late: [...asked, { moveTo: addHours(meeting, 48) }, record, later(YEAR)],
    moved: [...asked, { type: 'moveMeeting', schedule: scheduleOf(localDate('2026-04-20'), pinnedDefault('quarter').values, CALENDAR) }],
    'a new calendar': [...asked, { type: 'recount', schedule: { ...schedule, calendarVersion: schedule.calendarVersion + 1 } }],
  }),
  matchingRun: kind({ machine: runMachine, track: runTrack }, runMoves, ['carriedOut', 'cancelled'], {
    'to its end': [...solved, { type: 'confirm', planHash: 'h' }, { type: 'recordCarriedOut', projects: 1 }],
    changed: [...solved, { type: 'change', choices: [], contentId: 'x' }, { type: 'recordPlan', revision: 2, plan }, later(YEAR), { type: 'replan' }, { type: 'cancel', contentId: 'x' }],
    'a new calendar': [...solved, { type: 'recount', calendarVersion: 99 }],
    'nothing to solve': [openRun, { type: 'abandon', code: 'MATCHING_NOTHING_READY' }],
  }),
  resultBasedAward: kind({ machine: awardMachine, track: awardTrack }, award, ['granted', 'refused', 'withdrawn'], {
    'to its end': [...noticed, later(YEAR)],
    objected: [...noticed, { type: 'object' }, { type: 'dismissObjection' }, { type: 'object' }, { type: 'upholdObjection' }],
    'objected, and answered late': [...noticed, { type: 'object', unitId: 'u1' }, later(24 * 60), { type: 'dismissObjection' }],
    'a new calendar': [...noticed, { type: 'recount', calendarVersion: 99 }],
    refused: [openAward, { type: 'refuse' }],
    withdrawn: [...noticed, { type: 'withdraw' }],
  }),
  rightsRequest: kind({ machine: rightsMachine, track: rightsTrack }, rights, ['carriedOut', 'refused', 'withdrawn'], {
    'carried out': [openRights, { type: 'carryOut', contentId: 'x' }],
    'refused, and late': [openRights, later(24 * 60), { type: 'refuse', ground: 'legalHold', contentId: 'x' }],
    'taken back': [openRights, { type: 'withdraw' }],
    'a new calendar': [openRights, { type: 'recount', calendarVersion: 99 }],
  }),
  needsSurvey: kind({ machine: surveyMachine, track: surveyTrack }, survey, ['closed'], {
    'to its end': [openSurvey, release, later(72), { type: 'extend', closesAt: addHours(START, 24 * 20) }, later(24 * 21), later(24 * 80), { type: 'list' }, { type: 'close' }],
    discarded: [openSurvey, release, { type: 'recall' }, { type: 'discard' }],
    'a new calendar': [openSurvey, release, { type: 'recount', calendarVersion: 99 }],
  }),
};
