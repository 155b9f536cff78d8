import { Refusal } from '../../../src/kernel/refusal.ts';
import type { ActorId, OrgPath } from '../../../src/kernel/scope.ts';
import { localDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import type { RightsPolicy } from '../../../src/policy/model.ts';
import { stateOfReport } from '../../../src/projects/exposure/model.ts';
import { rightsMachine } from '../../../src/rights/model.ts';
import { assertMayReveal, isManyReveals } from '../../../src/rights/reveal/model.ts';
import { copyUntilOf } from '../../../src/rights/copying.ts';
import { pinnedDefault } from '../../support/policies.ts';
import type { Rows } from './row.ts';

const at = shanghaiInstant(localDate('2026-03-02'), 9);

function received(values: RightsPolicy) {
  const facts = { requestId: 'r1', right: 'access', channel: 'oral', subjectId: 's1', needId: 'n1', submissionId: null, communityId: 'k1', orgPath: '/a/' as OrgPath } as const;
  return rightsMachine.decide(undefined, { ...facts, id: 'c1', type: 'open', actor: 'a' as ActorId, at, policy: { ...pinnedDefault('rights'), values } }, at);
}

function codeOf(work: () => void): string {
  try {
    work();
    return 'taken';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

export const rights: Rows<'rights'> = {
  answerWorkdays: {
    to: 5,
    outcome: 'by when a request about one’s own data is answered',
    of: (values) => received(values).deadlines?.['due']?.n,
    becomes: [15, 5],
  },
  copyDays: {
    to: 7,
    outcome: 'how long the copy may be read',
    of: (values) => copyUntilOf(at, values),
    becomes: [shanghaiInstant(localDate('2026-04-02')), shanghaiInstant(localDate('2026-03-10'))],
  },
  revealsPerDay: {
    to: 2,
    outcome: 'behind how many masks one may look in a day',
    of: (values) => codeOf(() => assertMayReveal(2, values)),
    becomes: ['taken', 'REVEALS_MANY'],
  },
  revealsAlarm: {
    to: 2,
    outcome: 'from how many looks behind masks the auditors are told',
    of: (values) => isManyReveals(2, values),
    becomes: [false, true],
  },
  exposuresOpenMost: {
    to: 5,
    outcome: 'how many titles are hidden at once before anybody has looked',
    of: (values) => stateOfReport([], 5, values),
    becomes: ['open', 'noted'],
  },
};
