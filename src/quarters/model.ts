import { previousQuarter, quarterStart, type Quarter } from '../calendar/model.ts';
import { dueCommandId, type CaseMachine, type Command, type Proposal, type Recorded, type Wait } from '../cases/model.ts';
import { refuse } from '../kernel/refusal.ts';
import { SYSTEM_ACTOR, type OrgPath } from '../kernel/scope.ts';
import { shanghaiDate, type Instant } from '../kernel/time.ts';
import type { PinnedPolicy } from '../policy/model.ts';
import { agendaOf, inOrder, rescheduled, without, type Agenda, type Step, type StepName } from './agenda/model.ts';
import { assertWithin, type QuarterSchedule } from './schedule/model.ts';

/** `asking`: the engine finds out who owes a report, nobody is waited for. */
export type QuarterStatus = 'asking' | 'collecting' | 'held' | 'published' | 'closed';

export interface QuarterState {
  readonly status: QuarterStatus;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly quarter: Quarter;
  readonly policy: PinnedPolicy<'quarter'>;
  readonly schedule: QuarterSchedule;
  /** What happens by itself, the next first. */
  readonly agenda: Agenda;
  /** A person chose the day, or people were invited to it: a revised calendar no longer moves it. */
  readonly meetingFixed: boolean;
  readonly meetingLate: boolean;
  /** How often the dates were counted anew: a step that comes back to a former instant is another step. */
  readonly moves: number;
  /** Projects that owed a report when they were asked. */
  readonly asked?: number;
  readonly resolutions?: number;
}

interface OpeningFacts {
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly quarter: Quarter;
  readonly policy: PinnedPolicy<'quarter'>;
  readonly schedule: QuarterSchedule;
}

type Ask<Type extends string, Facts = unknown> = Command & { readonly type: Type } & Facts;

export type QuarterCommand =
  | Ask<'open', OpeningFacts>
  | Ask<'recordAsked', { readonly asked: number }>
  | Ask<'moveMeeting', { readonly schedule: QuarterSchedule }>
  | Ask<'recount', { readonly schedule: QuarterSchedule }>
  | Ask<'recordMeeting', { readonly resolutions: number; readonly minutesBy: Instant }>
  | Ask<'publishReport'>
  | Ask<Exclude<StepName, 'publishReport'>, { readonly step: Instant }>;

type Fact<Type extends string, Facts = unknown> = Proposal & { readonly type: Type } & Facts;

/** From schema 2 on: reports on the heard quarter that are neither accepted nor waived, counted where it is published. */
interface Counted {
  readonly unsettled?: number;
}

export type QuarterProposal =
  | Fact<'opened', OpeningFacts>
  | Fact<'reportsAsked', { readonly asked: number }>
  | Fact<'topicsReminded', { readonly step: Instant }>
  | Fact<'noticeGiven', { readonly step: Instant }>
  | Fact<'reportsReminded', { readonly step: Instant } & Counted>
  | Fact<'reportsMarkedLate', { readonly step: Instant } & Counted>
  | Fact<'reportsEscalated', { readonly step: Instant }>
  | Fact<'meetingMarkedLate', { readonly step: Instant }>
  | Fact<'meetingMoved', { readonly schedule: QuarterSchedule; readonly contentId: string | null }>
  | Fact<'calendarRecounted', { readonly schedule: QuarterSchedule }>
  | Fact<
      'meetingRecorded',
      {
        readonly resolutions: number;
        readonly minutesBy: Instant;
        readonly contentId: string | null;
        readonly contentHash: string | null;
      }
    >
  | Fact<'reportPublished', { readonly automatic: boolean } & Counted>;

export type QuarterEvent = Recorded<QuarterProposal>;

const OPEN: readonly QuarterStatus[] = ['collecting', 'held', 'published'];

/** Which command is legal in which status; the page's stage view and the documents read the same table. */
export const legal: Readonly<Record<Exclude<QuarterCommand['type'], 'open'>, readonly QuarterStatus[]>> = {
  recordAsked: ['asking'],
  moveMeeting: ['collecting'],
  recount: ['collecting'],
  recordMeeting: ['collecting'],
  publishReport: ['held'],
  remindTopics: ['collecting'],
  giveNotice: ['collecting'],
  markMeetingLate: ['collecting'],
  remindReports: OPEN,
  markReportsLate: OPEN,
  escalateReports: OPEN,
};

const COUNTED: readonly QuarterProposal['type'][] = ['reportsReminded', 'reportsMarkedLate', 'reportPublished'];

/** Whether the event says how many reports could still change. */
export function isCounted(type: QuarterProposal['type']): boolean {
  return COUNTED.includes(type);
}

const STEP_EVENTS = {
  remindTopics: 'topicsReminded',
  giveNotice: 'noticeGiven',
  remindReports: 'reportsReminded',
  markReportsLate: 'reportsMarkedLate',
  escalateReports: 'reportsEscalated',
  markMeetingLate: 'meetingMarkedLate',
} as const;

/** The meeting of a quarter hears the one that has just ended. */
export function heardQuarter(quarter: Quarter): Quarter {
  return previousQuarter(quarter);
}

function decide(state: QuarterState | undefined, command: QuarterCommand, now: Instant): QuarterProposal {
  if (command.type === 'open') {
    if (state) refuse('QUARTER_OPEN_ALREADY', 'state');
    const { communityId, orgPath, quarter, policy, schedule } = command;
    return { type: 'opened', schema: 1, communityId, orgPath, quarter, policy, schedule };
  }
  if (!state) refuse('QUARTER_UNKNOWN', 'unknown');
  if (!legal[command.type].includes(state.status)) {
    refuse('QUARTER_STATE', 'state', { status: state.status, command: command.type });
  }
  switch (command.type) {
    case 'recordAsked':
      return { type: 'reportsAsked', schema: 1, asked: command.asked };
    case 'moveMeeting':
      return meetingMoved(state, command, now);
    case 'recount':
      if (command.schedule.calendarVersion <= state.schedule.calendarVersion) refuse('QUARTER_CALENDAR_KNOWN', 'state');
      return { type: 'calendarRecounted', schema: 1, schedule: effective(state, command.schedule, now) };
    case 'recordMeeting':
      return meetingRecorded(state, command, now);
    case 'publishReport':
      return { type: 'reportPublished', schema: 2, automatic: command.actor === SYSTEM_ACTOR };
    default:
      if (!state.agenda.some(({ name, at }) => name === command.type && at === command.step && at <= now)) {
        refuse('QUARTER_STEP_UNKNOWN', 'state', { step: command.type });
      }
      return { type: STEP_EVENTS[command.type], schema: isCounted(STEP_EVENTS[command.type]) ? 2 : 1, step: command.step };
  }
}

type Asked<Type extends QuarterCommand['type']> = Extract<QuarterCommand, { readonly type: Type }>;

function meetingMoved(state: QuarterState, command: Asked<'moveMeeting'>, now: Instant): QuarterProposal {
  const { meetingOn } = command.schedule;
  assertWithin(state.quarter, meetingOn);
  if (meetingOn < shanghaiDate(now)) refuse('QUARTER_MEETING_PAST', 'rule', { date: meetingOn });
  if (meetingOn === state.schedule.meetingOn) refuse('QUARTER_MEETING_SAME', 'state', { date: meetingOn });
  const contentId = command.contentId ?? null;
  return { type: 'meetingMoved', schema: 1, schedule: effective(state, command.schedule, now), contentId };
}

function meetingRecorded(state: QuarterState, command: Asked<'recordMeeting'>, now: Instant): QuarterProposal {
  const { meetingOn } = state.schedule;
  if (shanghaiDate(now) < meetingOn) refuse('QUARTER_MEETING_AHEAD', 'state', { date: meetingOn });
  const { resolutions, minutesBy } = command;
  if (resolutions < 0) refuse('QUARTER_RESOLUTIONS_NEGATIVE', 'rule');
  const content = { contentId: command.contentId ?? null, contentHash: command.contentHash ?? null };
  return { type: 'meetingRecorded', schema: 1, resolutions, minutesBy, ...content };
}

/** A report date that has passed stays, and none is moved into the past: who was late remains late, nobody becomes it. */
function effective({ schedule }: QuarterState, wanted: QuarterSchedule, now: Instant): QuarterSchedule {
  if (now < schedule.reportsDue && now < wanted.reportsDue) return wanted;
  const { reportsDue, remindAt, lateAt, escalateAt } = schedule;
  return { ...wanted, reportsDue, remindAt, lateAt, escalateAt };
}

function apply(state: QuarterState | undefined, event: QuarterEvent): QuarterState {
  if (event.type === 'opened') {
    const { communityId, orgPath, quarter, policy, schedule } = event;
    const agenda = agendaOf(schedule, event.at);
    const facts = { communityId, orgPath, quarter, policy, schedule, agenda };
    return { status: 'asking', ...facts, meetingFixed: false, meetingLate: false, moves: 0 };
  }
  if (!state) throw new RangeError('a quarter begins with opened');
  switch (event.type) {
    case 'reportsAsked': {
      const agenda = state.agenda.filter(({ name, at }) => name !== 'remindReports' || at > event.at);
      return { ...state, status: 'collecting', asked: event.asked, agenda };
    }
    case 'topicsReminded':
      return done(state, { name: 'remindTopics', at: event.step });
    case 'noticeGiven':
      return { ...done(state, { name: 'giveNotice', at: event.step }), meetingFixed: true };
    case 'reportsReminded':
      return finished(relieved(done(state, { name: 'remindReports', at: event.step }), event));
    case 'reportsMarkedLate':
      return finished(relieved(done(state, { name: 'markReportsLate', at: event.step }), event));
    case 'reportsEscalated':
      return finished(done(state, { name: 'escalateReports', at: event.step }));
    case 'meetingMarkedLate':
      return { ...done(state, { name: 'markMeetingLate', at: event.step }), meetingLate: true };
    case 'meetingMoved':
      return { ...moved(state, event.schedule, event.at), meetingFixed: true };
    case 'calendarRecounted':
      return moved(state, event.schedule, event.at);
    case 'meetingRecorded': {
      const rest = without(state.agenda, ['remindTopics', 'giveNotice', 'markMeetingLate']);
      const agenda = inOrder([...rest, { name: 'publishReport', at: event.minutesBy }]);
      return { ...state, status: 'held', resolutions: event.resolutions, meetingLate: false, agenda };
    }
    case 'reportPublished':
      return finished(relieved({ ...state, status: 'published', agenda: without(state.agenda, ['publishReport']) }, event));
  }
}

/** Who has nothing left to hand in need not be woken for: once the quarter is over no project joins, and what is accepted stays. */
function relieved(state: QuarterState, { at, unsettled }: Counted & { readonly at: Instant }): QuarterState {
  if (unsettled !== 0 || shanghaiDate(at) < quarterStart(state.quarter)) return state;
  return { ...state, agenda: without(state.agenda, REPORT_STEPS) };
}

function done(state: QuarterState, step: Step): QuarterState {
  return { ...state, agenda: state.agenda.filter(({ name, at }) => name !== step.name || at !== step.at) };
}

function moved(state: QuarterState, schedule: QuarterSchedule, at: Instant): QuarterState {
  const agenda = rescheduled(state.agenda, schedule, at);
  return { ...state, schedule, agenda, moves: state.moves + 1, meetingLate: !agenda.some(({ name }) => name === 'markMeetingLate') };
}

/** Closed by whichever comes last: the report is published, and the supervisor knows who never answered. */
function finished(state: QuarterState): QuarterState {
  const open = state.status !== 'published' || state.agenda.length > 0;
  return open ? state : { ...state, status: 'closed' };
}

/** Who answers for a unit. */
export const UNIT_ROLE = 'unit';
export const WORKER_ROLE = 'communityWorker';
export const SUPERVISOR_ROLE = 'manager';

const REPORT_STEPS: readonly StepName[] = ['remindReports', 'markReportsLate', 'escalateReports'];

function waits(state: QuarterState): readonly Wait[] {
  const worker = { role: WORKER_ROLE, orgUnitId: state.communityId };
  if (state.status === 'asking') return [{ name: 'asking', owner: { role: 'system' }, otherwise: 'quarters.wait.asking' }];
  const next = (...names: readonly StepName[]) => state.agenda.find(({ name }) => names.includes(name));
  const open = (name: string, owner: Wait['owner'], due: Instant, step: Step | undefined): Wait => ({
    name,
    owner,
    due,
    ...(step && { wakeAt: step.at }),
    otherwise: `quarters.wait.${name}`,
  });
  const list: Wait[] = [];
  const topics = next('remindTopics');
  const notice = next('giveNotice');
  if (topics) list.push(open('topics', worker, topics.at, topics));
  if (notice) list.push(open('notice', { role: 'system' }, notice.at, notice));
  const report = next(...REPORT_STEPS);
  if (report) list.push(open('reports', { role: UNIT_ROLE }, state.schedule.reportsDue, report));
  if (state.status === 'collecting') list.push(open('meeting', worker, state.schedule.meetingEnds, next('markMeetingLate')));
  const minutes = next('publishReport');
  if (minutes) list.push(open('minutes', worker, minutes.at, minutes));
  return list;
}

function dueCommand(state: QuarterState, now: Instant): QuarterCommand | undefined {
  const step = state.status === 'asking' ? undefined : state.agenda.find(({ at }) => at <= now);
  if (!step) return undefined;
  const name = state.moves === 0 ? step.name : `${step.name}.${state.moves}`;
  const asked = { id: dueCommandId(name, step.at), actor: SYSTEM_ACTOR, at: step.at };
  return step.name === 'publishReport' ? { ...asked, type: step.name } : { ...asked, type: step.name, step: step.at };
}

export interface QuarterMachine extends CaseMachine<QuarterState, QuarterCommand, QuarterProposal> {
  orgPath(state: QuarterState): OrgPath;
}

export const quarterMachine: QuarterMachine = {
  kind: 'quarterCycle',
  decide,
  apply,
  waits,
  dueCommand,
  closed: (state) => state.status === 'closed',
  orgPath: (state) => state.orgPath,
};
