import { describe, expect, it } from '@jest/globals';
import type { Explained } from '../../../src/matching/decision.ts';
import { fitsOf } from '../../../src/matching/fit/model.ts';

const parts = { category: 3000, distance: 1800, capacity: 1500, funds: 800, grade: 0, load: 0, text: 0, preference: 0 };
const scored = (unitId: string, score: number) => ({ target: `offer of ${unitId}`, unitId, score, scoreParts: parts });
const decision = (best: string, others: Explained['alternatives']): Explained => ({ subject: 'p', outcome: 'matched', best: scored(best, 8700), alternatives: others });
const eligible = (unitId: string, score: number) => ({ ...scored(unitId, score), eligible: true, reasonCode: 'LESS_FITTING' as const });

describe('how well a proposal suits a unit', () => {
  it('is told to the chosen one and to one who was not, each its own', () => {
    const rows = [{ proposalId: 'p', decision: decision('a', [eligible('b', 8100)]) }];
    expect(fitsOf(rows, new Set(['a']))).toEqual([{ proposalId: 'p', unitId: 'a', score: 8700, parts }]);
    expect(fitsOf(rows, new Set(['b']))).toEqual([{ proposalId: 'p', unitId: 'b', score: 8100, parts }]);
  });

  it('is the newest, and the best of several offers of one plan', () => {
    const rows = [
      { proposalId: 'p', decision: decision('c', [eligible('b', 9000)]) },
      { proposalId: 'p', decision: decision('c', [eligible('b', 7000), eligible('b', 6000)]) },
    ];
    expect(fitsOf(rows, new Set(['b']))).toMatchObject([{ score: 7000 }]);
  });

  it('is left out where nothing was compared', () => {
    const closed = { target: 'offer of b', unitId: 'b', eligible: false, reasonCode: 'CATEGORY' as const };
    expect(fitsOf([{ proposalId: 'p', decision: decision('c', [closed]) }], new Set(['b', 'd']))).toEqual([]);
  });
});
