import type { Proposal } from '../../../src/cases/model.ts';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { SYSTEM_ACTOR, WHOLE_TENANT } from '../../../src/kernel/scope.ts';
import { localDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import { assertAgreed, assertFresh, assertRoomForRemark, doubtsOf } from '../../../src/needs/intake/model.ts';
import { completed } from '../../../src/needs/survey/content/model.ts';
import type { SurveyCommand, SurveyState } from '../../../src/needs/survey/lifecycle/model.ts';
import { assertWindow, surveyMachine } from '../../../src/needs/survey/model.ts';
import { assertQuestions, type Question } from '../../../src/needs/survey/questions/model.ts';
import type { Policies } from '../../../src/policy/model.ts';
import { pinnedDefault } from '../../support/policies.ts';
import type { Rows } from './row.ts';

type Values = Policies['survey'];

const now = shanghaiInstant(localDate('2026-03-02'), 9);
const closesAt = shanghaiInstant(localDate('2026-05-01'));
const content = { title: '示例', intro: null, questions: [], communityIds: [], channels: [], opensAt: now, closesAt } as const;
const choices = ['a', 'b', 'c'].map((id) => ({ id, text: id }));
const questions = ['q1', 'q2'].map((id): Question => ({ id, type: 'multipleChoice', text: id, required: false, isNeed: false, choices }));

function refusal(work: () => void): Refusal | undefined {
  try {
    work();
  } catch (error) {
    return error as Refusal;
  }
  return undefined;
}

const codeOf = (work: () => void): string => refusal(work)?.code ?? 'taken';

/** What a command's event asks to be counted on the calendar. */
function deadlines(values: Values, status: SurveyState['status'], command: Pick<SurveyCommand, 'type'>): Proposal['deadlines'] {
  const policy = { ...pinnedDefault('survey'), values };
  const release = { opensAt: now, closesAt, communityIds: ['c1'], contentHash: 'h' };
  const state: SurveyState = { surveyId: 's', orgPath: WHOLE_TENANT, policy, status, remindAt: [], late: false, ...(status !== 'draft' && { release }) };
  const asked = { ...release, ...command, id: 'x', actor: SYSTEM_ACTOR, at: now } as unknown as SurveyCommand;
  return surveyMachine.decide(state, asked, now).deadlines;
}

const send = { honeypot: '', filledSeconds: 5, fromNetworkThisHour: 10 };

export const survey: Rows<'survey'> = {
  questionsMax: {
    to: 1,
    outcome: 'how much may be asked',
    of: (values) => codeOf(() => assertQuestions(questions, values)),
    becomes: ['taken', 'SURVEY_QUESTIONS_INVALID'],
  },
  choicesMax: {
    to: 2,
    outcome: 'among how many one chooses',
    of: (values) => codeOf(() => assertQuestions(questions, values)),
    becomes: ['taken', 'SURVEY_QUESTIONS_INVALID'],
  },
  targetPerArea: {
    to: 80,
    outcome: 'what a new survey aims at',
    of: (values) => completed(content, values).targetPerArea,
    becomes: [50, 80],
  },
  collectingDaysMax: {
    to: 30,
    outcome: 'how long is collected',
    of: (values) => codeOf(() => assertWindow(content, now, values)),
    becomes: ['taken', 'SURVEY_WINDOW_LONG'],
  },
  reminderDays: {
    to: [2],
    outcome: 'when workers are reminded',
    of: (values) => Object.values(deadlines(values, 'draft', { type: 'release' })!).map(({ n }) => n),
    becomes: [[-7, -3, -1], [-2]],
  },
  reminderHour: {
    to: 10,
    outcome: 'the hour of reminders',
    of: (values) => deadlines(values, 'draft', { type: 'release' })!['reminder1']!.hour,
    becomes: [9, 10],
  },
  triageWorkdays: {
    to: 5,
    outcome: 'until when everything is triaged',
    of: (values) => deadlines(values, 'collecting', { type: 'endCollecting' })!['due']!.n,
    becomes: [10, 5],
  },
  listedDays: {
    to: 60,
    outcome: 'when it closes by itself',
    of: (values) => deadlines(values, 'triage', { type: 'list' })!['due']!.n,
    becomes: [30, 60],
  },
  fillSecondsMin: {
    to: 10,
    outcome: 'what is too fast',
    of: (values) => doubtsOf(send, values),
    becomes: [[], ['tooFast']],
  },
  ticketMinutes: {
    to: 30,
    outcome: 'how long a form stays open',
    of: (values) => codeOf(() => assertFresh(3_600_000, values)),
    becomes: ['taken', 'TICKET_EXPIRED'],
  },
  doubtfulPerNetworkHour: {
    to: 10,
    outcome: 'what is too many',
    of: (values) => doubtsOf(send, values),
    becomes: [[], ['tooMany']],
  },
  guardianBelowAge: {
    to: 16,
    outcome: 'whose guardian is asked',
    of: (values) =>
      refusal(() => assertAgreed({ noticeVersion: '1', channel: 'form', minor: true, guardian: false }, '1', values.guardianBelowAge))?.params['age'],
    becomes: [14, 16],
  },
  remarksMax: {
    to: 2,
    outcome: 'how often one may add something',
    of: (values) => codeOf(() => assertRoomForRemark(2, values)),
    becomes: ['taken', 'REMARKS_MANY'],
  },
};
