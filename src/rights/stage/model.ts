import type { StagedCase, Track } from '../../cases/stage/model.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import { rightsCaseId } from '../messages.ts';
import { legal, rightsMachine, type RightsCommand, type RightsProposal, type RightsState } from '../model.ts';

export const rightsTrack: Track<RightsState, RightsProposal> = {
  kind: 'rightsRequest',
  steps: ['receive', 'answer'],
  stepOf: ({ status }) => (status === 'received' ? 'answer' : undefined),
  endings: { refused: 'refused', withdrawn: 'withdrawn' },
  expected: ({ policy }, step) => (step === 'answer' ? { n: policy.values.answerWorkdays, unit: 'workday' } : undefined),
  actions: { answer: 'carryOut' } satisfies Record<string, keyof typeof legal>,
  events: {
    received: 'everyone',
    carriedOut: 'everyone',
    refused: 'everyone',
    withdrawn: 'everyone',
    calendarRecounted: 'concerned',
    markedLate: 'concerned',
  },
  sides: {
    refused: { side: 'refused', does: 'marks' },
    withdrawn: { side: 'withdrawn', does: 'marks' },
    markedLate: { side: 'late', does: 'marks' },
  },
};

export function stagedRights(id: string, orgPath: OrgPath): StagedCase<RightsState, RightsCommand, RightsProposal> {
  return { machine: rightsMachine, track: rightsTrack, caseId: rightsCaseId(id), orgPath };
}
