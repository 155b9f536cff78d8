import type { StagedCase, Track } from '../../../cases/stage/model.ts';
import type { OrgPath } from '../../../kernel/scope.ts';
import { awardCaseId } from '../../messages.ts';
import { awardMachine, legal, type AwardCommand, type AwardProposal, type AwardState, type AwardStatus } from '../model.ts';

const STEPS = ['propose', 'approve', 'notice', 'grant'] as const;

type Step = (typeof STEPS)[number];

const STEP_OF: Readonly<Record<Exclude<AwardStatus, 'granted' | 'refused' | 'withdrawn'>, Step>> = {
  proposed: 'approve',
  noticed: 'notice',
  objected: 'notice',
};

export const awardTrack: Track<AwardState, AwardProposal> = {
  kind: 'resultBasedAward',
  steps: STEPS,
  stepOf: ({ status }) => (status === 'granted' || status === 'refused' || status === 'withdrawn' ? undefined : STEP_OF[status]),
  endings: { refused: 'refused', objectionUpheld: 'refused', withdrawn: 'withdrawn' },
  count: ({ approvers, policy }, step) => (step === 'approve' ? { done: approvers.length, of: policy.values.approvals } : undefined),
  expected: ({ policy }, step) => {
    if (step === 'notice') return { n: policy.values.noticeWorkdays, unit: 'workday' };
    return step === 'grant' ? { n: 0, unit: 'day' } : undefined;
  },
  actions: { approval: 'approve', objection: 'dismissObjection' } satisfies Record<string, keyof typeof legal>,
  events: {
    proposed: 'concerned',
    approved: 'concerned',
    refused: 'concerned',
    withdrawn: 'concerned',
    objected: 'everyone',
    objectionDismissed: 'everyone',
    objectionUpheld: 'everyone',
    calendarRecounted: 'everyone',
    markedLate: 'concerned',
    granted: 'everyone',
  },
  sides: {
    objected: { side: 'objected', does: 'opens' },
    objectionDismissed: { side: 'objected', does: 'closes' },
    objectionUpheld: { side: 'objected', does: 'closes' },
    refused: { side: 'refused', does: 'marks' },
    withdrawn: { side: 'withdrawn', does: 'marks' },
  },
};

export function stagedAward(id: string, orgPath: OrgPath): StagedCase<AwardState, AwardCommand, AwardProposal> {
  return { machine: awardMachine, track: awardTrack, caseId: awardCaseId(id), orgPath };
}
