import type { StagedCase, Track } from '../../cases/stage/model.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import { matchingCaseId } from '../messages.ts';
import { runMachine, type RunCommand, type RunProposal, type RunState, type RunStatus } from '../model.ts';

const STEPS = ['solve', 'confirm', 'carryOut'] as const;

type Step = (typeof STEPS)[number];

const STEP_OF: Readonly<Record<Exclude<RunStatus, 'carriedOut' | 'cancelled'>, Step>> = {
  frozen: 'solve',
  solved: 'confirm',
  confirmed: 'carryOut',
};

export const runTrack: Track<RunState, RunProposal> = {
  kind: 'matchingRun',
  steps: STEPS,
  stepOf: ({ status }) => (status === 'carriedOut' || status === 'cancelled' ? undefined : STEP_OF[status]),
  endings: { cancelled: 'cancelled', abandoned: 'cancelled' },
  // The engine's own steps take minutes.
  expected: ({ policy }, step) => (step === 'confirm' ? { n: policy.values.confirmWorkdays, unit: 'workday' } : { n: 0, unit: 'day' }),
  actions: { confirmation: 'confirm' } satisfies Record<string, RunCommand['type']>,
  events: {
    opened: 'concerned',
    solved: 'concerned',
    changed: 'concerned',
    regathered: 'concerned',
    confirmed: 'everyone',
    carriedOut: 'everyone',
    cancelled: 'concerned',
    abandoned: 'concerned',
    calendarRecounted: 'concerned',
    markedLate: 'concerned',
  },
  sides: {
    changed: { side: 'changed', does: 'marks' },
    regathered: { side: 'regathered', does: 'marks' },
    cancelled: { side: 'cancelled', does: 'marks' },
    abandoned: { side: 'abandoned', does: 'marks' },
  },
  facts: (event) => ({ params: 'projects' in event ? { n: event.projects } : {} }),
};

export function stagedRun(id: string, orgPath: OrgPath): StagedCase<RunState, RunCommand, RunProposal> {
  return { machine: runMachine, track: runTrack, caseId: matchingCaseId(id), orgPath };
}
