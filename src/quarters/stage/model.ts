import type { Quarter } from '../../calendar/model.ts';
import type { Wait } from '../../cases/model.ts';
import type { Escalation, StagedCase, Track } from '../../cases/stage/model.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { StepName } from '../agenda/model.ts';
import { quarterCaseId } from '../messages.ts';
import { legal, quarterMachine, type QuarterCommand, type QuarterProposal, type QuarterState, type QuarterStatus } from '../model.ts';

const STEPS = ['asking', 'collecting', 'meeting', 'minutes', 'following'] as const;

type Step = (typeof STEPS)[number];

const STEP_OF: Readonly<Record<Exclude<QuarterStatus, 'closed'>, Step>> = {
  asking: 'asking',
  collecting: 'collecting',
  held: 'minutes',
  published: 'following',
};

/** Which of the agenda's steps a wait leads to, one after the other. */
const AHEAD: Readonly<Record<string, readonly StepName[]>> = {
  topics: ['remindTopics'],
  reports: ['remindReports', 'markReportsLate', 'escalateReports'],
  meeting: ['markMeetingLate'],
  minutes: ['publishReport'],
};

/** What happens by itself until somebody acts, the next first. */
export function escalationsOf({ agenda }: Pick<QuarterState, 'agenda'>, wait: string): Escalation[] {
  const names = AHEAD[wait] ?? [];
  return agenda.filter(({ name }) => names.includes(name)).map(({ name, at }) => ({ at, text: `stage.quarterCycle.ahead.${name}` }));
}

export const quarterTrack: Track<QuarterState, QuarterProposal> = {
  kind: 'quarterCycle',
  steps: STEPS,
  // Invitations went out: from here on all wait for the day itself.
  stepOf: ({ status, meetingFixed, agenda }) =>
    status === 'closed'
      ? undefined
      : status === 'collecting' && meetingFixed && !agenda.some(({ name }) => name === 'giveNotice')
        ? 'meeting'
        : STEP_OF[status],
  expected: ({ schedule, agenda }, step) => {
    if (step === 'asking') return { n: 0, unit: 'day' };
    if (step === 'collecting') return { at: schedule.noticeAt };
    if (step === 'meeting') return { at: schedule.meetingEnds };
    if (step === 'following') return { at: schedule.escalateAt };
    const minutes = agenda.find(({ name }) => name === 'publishReport');
    return minutes && { at: minutes.at };
  },
  ahead: (state: QuarterState, { name }: Wait) => {
    const ahead = escalationsOf(state, name);
    return ahead.length === 0 ? undefined : ahead;
  },
  actions: { meeting: 'recordMeeting', minutes: 'publishReport' } satisfies Record<string, keyof typeof legal>,
  events: {
    opened: 'everyone',
    reportsAsked: 'concerned',
    topicsReminded: 'concerned',
    noticeGiven: 'everyone',
    reportsReminded: 'concerned',
    reportsMarkedLate: 'concerned',
    reportsEscalated: 'concerned',
    meetingMarkedLate: 'concerned',
    meetingMoved: 'everyone',
    calendarRecounted: 'concerned',
    meetingRecorded: 'everyone',
    reportPublished: 'everyone',
  },
  sides: {
    meetingMarkedLate: { side: 'meetingLate', does: 'opens' },
    meetingRecorded: { side: 'meetingLate', does: 'closes' },
    meetingMoved: { side: 'moved', does: 'marks' },
  },
  facts: (event) => ({
    params: {
      ...('asked' in event && { n: event.asked }),
      ...('resolutions' in event && { n: event.resolutions }),
      ...(event.type === 'meetingMoved' && { day: event.schedule.meetingOn }),
    },
  }),
};

export function stagedQuarter(communityId: string, quarter: Quarter, orgPath: OrgPath): StagedCase<QuarterState, QuarterCommand, QuarterProposal> {
  return { machine: quarterMachine, track: quarterTrack, caseId: quarterCaseId(communityId, quarter), orgPath };
}
