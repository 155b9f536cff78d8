import type { StagedCase, Track } from '../../../cases/stage/model.ts';
import type { OrgPath } from '../../../kernel/scope.ts';
import { legal, type SurveyCommand, type SurveyProposal, type SurveyState, type SurveyStatus } from '../lifecycle/model.ts';
import { surveyCaseId } from '../messages.ts';
import { surveyMachine } from '../model.ts';

const STEPS = ['draft', 'opening', 'collecting', 'triage', 'listed'] as const;

type Step = (typeof STEPS)[number];

const STEP_OF: Readonly<Record<Exclude<SurveyStatus, 'closed'>, Step>> = {
  draft: 'draft',
  collecting: 'collecting',
  triage: 'triage',
  listed: 'listed',
};

export const surveyTrack: Track<SurveyState, SurveyProposal> = {
  kind: 'needsSurvey',
  steps: STEPS,
  stepOf: ({ status, release }) =>
    status === 'closed' ? undefined : status === 'draft' && release ? 'opening' : STEP_OF[status],
  endings: { discarded: 'discarded' },
  expected: ({ release, policy: { values } }, step) => {
    if (step === 'opening') return release && { at: release.opensAt };
    if (step === 'collecting') return release && { at: release.closesAt };
    if (step === 'triage') return { n: values.triageWorkdays, unit: 'workday' };
    return step === 'listed' ? { n: values.listedDays, unit: 'day' } : undefined;
  },
  actions: { drafting: 'release', triage: 'list', listed: 'close' } satisfies Record<string, keyof typeof legal>,
  events: {
    drafted: 'concerned',
    released: 'everyone',
    recalled: 'concerned',
    discarded: 'concerned',
    collectingBegan: 'everyone',
    extended: 'everyone',
    workersReminded: 'concerned',
    collectingEnded: 'everyone',
    markedLate: 'concerned',
    calendarRecounted: 'concerned',
    listed: 'everyone',
    closed: 'everyone',
  },
  sides: {
    extended: { side: 'extended', does: 'marks' },
    markedLate: { side: 'late', does: 'marks' },
    discarded: { side: 'discarded', does: 'marks' },
  },
};

export function stagedSurvey(id: string, orgPath: OrgPath): StagedCase<SurveyState, SurveyCommand, SurveyProposal> {
  return { machine: surveyMachine, track: surveyTrack, caseId: surveyCaseId(id), orgPath };
}
