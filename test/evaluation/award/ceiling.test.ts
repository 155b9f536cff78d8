import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertAward, awardCeiling, type AwardFacts } from '../../../src/evaluation/award/ceiling/model.ts';
import { fen } from '../../../src/kernel/money.ts';
import type { AwardPolicy } from '../../../src/policy/model.ts';

const policy: AwardPolicy = { gradeFrom: 'good', spendPercentMax: 50, capFen: 1_000_000, noticeWorkdays: 7, objectionWorkdays: 5, approvals: 2 };

const facts = (change: Partial<AwardFacts> = {}): AwardFacts => ({
  grade: 'good',
  verifiedFen: fen(1_000_000),
  amountFen: fen(500_000),
  recipient: { id: 'community', kind: 'community' },
  communityId: 'community',
  implementerId: 'implementer',
  ...change,
});

describe('an award', () => {
  it('is at most half of the verified spending, and at most the cap', () => {
    expect(awardCeiling('good', fen(1_000_001), policy)).toBe(500_000);
    expect(awardCeiling('excellent', fen(9_000_000), policy)).toBe(1_000_000);
    expect(awardCeiling('pass', fen(9_000_000), policy)).toBe(0);
    expect(awardCeiling('pass', fen(100), { ...policy, gradeFrom: 'pass' })).toBe(50);
  });

  it('never exceeds what was spent or the cap', () => {
    fc.assert(
      fc.property(fc.nat(1e12), fc.integer({ min: 1, max: 100 }), fc.nat(1e9), (spent, spendPercentMax, capFen) => {
        const ceiling = awardCeiling('excellent', fen(spent), { ...policy, spendPercentMax, capFen });
        expect(ceiling * 100).toBeLessThanOrEqual(spent * spendPercentMax);
        expect(ceiling).toBeLessThanOrEqual(capFen);
      }),
    );
  });

  it('goes to the community or to the social organisation that implemented it', () => {
    expect(() => assertAward(facts(), policy)).not.toThrow();
    const organisation = { id: 'implementer', kind: 'socialOrganization' } as const;
    expect(() => assertAward(facts({ recipient: organisation }), policy)).not.toThrow();
  });

  it.each([
    ['AWARD_NOT_GRADED', { grade: null }],
    ['AWARD_GRADE', { grade: 'pass' }],
    ['AWARD_GRADE', { grade: 'fail' }],
    ['AWARD_CEILING', { amountFen: fen(500_001) }],
    ['AWARD_CEILING', { amountFen: fen(0) }],
    ['AWARD_CEILING', { verifiedFen: fen(0), amountFen: fen(1) }],
    ['AWARD_RECIPIENT', { recipient: { id: 'implementer', kind: 'coBuildingUnit' } }],
    ['AWARD_RECIPIENT', { recipient: { id: 'implementer', kind: 'bureau' } }],
    ['AWARD_RECIPIENT', { recipient: { id: 'community', kind: 'subdistrictOffice' } }],
    ['AWARD_RECIPIENT', { recipient: { id: 'stranger', kind: 'socialOrganization' } }],
    ['AWARD_RECIPIENT', { recipient: { id: 'other', kind: 'community' } }],
  ] as const)('is refused with %s for %j', (code, change) => {
    expect(() => assertAward(facts(change), policy)).toThrow(code);
  });
});
