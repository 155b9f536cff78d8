import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, gradeOf, MARKED, type Marks } from '../../src/evaluation/model.ts';
import { contentOf, valuesOf } from '../../src/policy/model.ts';
import { builtInPacks } from '../../src/policy/packs/built-in.ts';
import type { EvaluationPolicy } from '../../src/policy/model.ts';

const policy: EvaluationPolicy = valuesOf<'evaluation'>(contentOf(builtInPacks.evaluation));
const marks: Marks = { completion: 90, quality: 80, finance: 100, sustainability: 60 };
const FIVE = { raters: 5, stars: 22 };

describe('the score', () => {
  it('adds weight times percent, satisfaction by the mean of the stars', () => {
    // 25×90 + 20×80 + 20×100 + 15×60 = 6750; 20 × 88 % = 17.60.
    const evaluation = evaluate(marks, FIVE, policy);
    expect(evaluation).toMatchObject({ scoreHundredths: 8510, grade: 'good', spread: false, vetoedBy: null });
    expect(evaluation.satisfaction).toEqual({ raters: 5, percentHundredths: 8800 });
  });

  it('spreads the weight of satisfaction, and says so, when too few have rated', () => {
    const evaluation = evaluate(marks, { raters: 4, stars: 4 }, policy);
    // 6750 of 80 points.
    expect(evaluation).toMatchObject({ scoreHundredths: 8438, grade: 'good', spread: true });
    expect(evaluation.satisfaction).toEqual({ raters: 4, percentHundredths: null });
    expect(evaluation.parts.find((part) => part.criterion === 'satisfaction')).toEqual({
      criterion: 'satisfaction',
      weight: 20,
      countsHundredths: 0,
      reachedHundredths: null,
    });
    expect(evaluation.parts.find((part) => part.criterion === 'completion')?.countsHundredths).toBe(3125);
  });

  it('rounds half a hundredth up', () => {
    const half: EvaluationPolicy = { ...policy, completionWeight: 1, qualityWeight: 3, financeWeight: 0, sustainabilityWeight: 4 };
    const few = { raters: 0, stars: 0 };
    // 100 × 1 / 8 = 12.50 exactly; 101 / 8 = 12.625 → 12.63.
    expect(evaluate({ ...marks, completion: 100, quality: 0, sustainability: 0 }, few, half).scoreHundredths).toBe(1250);
    expect(evaluate({ ...marks, completion: 98, quality: 1, sustainability: 0 }, few, half).scoreHundredths).toBe(1263);
  });

  it('is failed by bad finance, whatever the rest', () => {
    const best = { completion: 100, quality: 100, sustainability: 100 };
    expect(evaluate({ ...best, finance: 59 }, { raters: 9, stars: 45 }, policy)).toMatchObject({
      vetoedBy: 'finance',
      grade: 'fail',
      scoreHundredths: 9180,
    });
    expect(evaluate({ ...best, finance: 60 }, { raters: 9, stars: 45 }, policy)).toMatchObject({ vetoedBy: null, grade: 'excellent' });
    expect(evaluate({ ...best, finance: 0 }, FIVE, { ...policy, financeVeto: false }).vetoedBy).toBeNull();
  });

  it.each([
    [9000, 'excellent'],
    [8999, 'good'],
    [8000, 'good'],
    [7999, 'pass'],
    [6000, 'pass'],
    [5999, 'fail'],
  ])('%p hundredths are %s', (score, grade) => {
    expect(gradeOf(score, policy)).toBe(grade);
  });

  it.each([-1, 101, 50.5, Number.NaN])('refuses the mark %p', (quality) => {
    expect(() => evaluate({ ...marks, quality }, FIVE, policy)).toThrow('EVALUATION_MARK_INVALID');
  });

  it('cannot be given when nothing but unshown satisfaction counts', () => {
    const only: EvaluationPolicy = {
      ...policy,
      completionWeight: 0,
      qualityWeight: 0,
      financeWeight: 0,
      sustainabilityWeight: 0,
      satisfactionWeight: 100,
    };
    expect(() => evaluate(marks, { raters: 1, stars: 5 }, only)).toThrow('EVALUATION_UNRATED');
    expect(evaluate(marks, FIVE, only).scoreHundredths).toBe(8800);
  });
});

const anyMarks = fc.record(Object.fromEntries(MARKED.map((it) => [it, fc.nat(100)])) as Record<keyof Marks, fc.Arbitrary<number>>);
const anyRatings = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 200 }).map((stars) => ({
  raters: stars.length,
  stars: stars.reduce((sum, star) => sum + star, 0),
}));

describe('every evaluation', () => {
  it('lies between the worst and the best mark it counts', () => {
    fc.assert(
      fc.property(anyMarks, anyRatings, (given, ratings) => {
        const { scoreHundredths, parts } = evaluate(given, ratings, policy);
        const counted = parts.flatMap(({ reachedHundredths }) => (reachedHundredths === null ? [] : [reachedHundredths]));
        expect(scoreHundredths).toBeGreaterThanOrEqual(Math.min(...counted));
        expect(scoreHundredths).toBeLessThanOrEqual(Math.max(...counted));
      }),
    );
  });

  it('never falls because a mark rose', () => {
    fc.assert(
      fc.property(anyMarks, anyRatings, fc.constantFrom(...MARKED), (given, ratings, criterion) => {
        const better = { ...given, [criterion]: Math.min(100, given[criterion] + 1) };
        const before = evaluate(given, ratings, policy).scoreHundredths;
        expect(evaluate(better, ratings, policy).scoreHundredths).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe('each value of the pack', () => {
  const score = (change: Partial<EvaluationPolicy>) => evaluate(marks, FIVE, { ...policy, ...change });

  it.each(['completionWeight', 'qualityWeight', 'satisfactionWeight', 'financeWeight', 'sustainabilityWeight'] as const)(
    'changes the score: %s',
    (weight) => {
      expect(score({ [weight]: policy[weight] + 20 }).scoreHundredths).not.toBe(score({}).scoreHundredths);
    },
  );

  it('changes the grade or whether satisfaction is shown', () => {
    expect(score({ goodFrom: 86 }).grade).toBe('pass');
    expect(score({ excellentFrom: 85 }).grade).toBe('excellent');
    expect(score({ goodFrom: 87, passFrom: 86 }).grade).toBe('fail');
    expect(score({ ratersMin: 6 }).spread).toBe(true);
    expect(evaluate({ ...marks, finance: 40 }, FIVE, { ...policy, financeVetoBelowPercent: 40 }).vetoedBy).toBeNull();
  });
});
