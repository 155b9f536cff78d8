import { describe, expect, it } from '@jest/globals';
import { calibrateScores, type Review } from '../../../src/matching/calibration/model.ts';
import { numbers } from '../support/instances.ts';

/** A round with known merits: each application is read by three reviewers of known strictness. */
function round(seed: number, { strictness, noise }: { strictness: number; noise: number }): { reviews: Review[]; merit: Map<string, number> } {
  const draw = numbers(seed);
  const normal = (): number => Array.from({ length: 12 }, () => draw(0, 10_000) / 10_000).reduce((sum, part) => sum + part, -6);
  const bias = Array.from({ length: 40 }, () => strictness * normal());
  const merit = new Map<string, number>();
  const reviews: Review[] = [];
  for (let at = 0; at < 240; at++) {
    const application = `a${at}`;
    const worth = 10 * normal();
    merit.set(application, worth);
    const readers = new Set<number>();
    while (readers.size < 3) readers.add(draw(0, bias.length - 1));
    for (const reader of readers) reviews.push({ application, reviewer: `r${reader}`, score: 60 + worth + 10 * bias[reader]! + 10 * noise * normal() });
  }
  return { reviews, merit };
}

type Shown = 'raw' | 'calibrated';

function topFound({ reviews, merit }: ReturnType<typeof round>, shown: Shown): number {
  const { applications } = calibrateScores({ reviews, method: 'blup' });
  const quarter = applications.length / 4;
  const best = new Set([...merit].sort(([, a], [, b]) => b - a).slice(0, quarter).map(([id]) => id));
  const chosen = [...applications].sort((a, b) => b[shown] - a[shown]).slice(0, quarter);
  return chosen.filter(({ application }) => best.has(application)).length / quarter;
}

const seeds = Array.from({ length: 12 }, (_, at) => at + 1);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('calibrated scores', () => {
  it('find more of the best quarter than raw means when reviewers are strict and lenient', () => {
    const rounds = seeds.map((seed) => round(seed, { strictness: 0.9, noise: 0.6 }));
    const [raw, calibrated] = (['raw', 'calibrated'] as const).map((shown) => mean(rounds.map((one) => topFound(one, shown))));
    expect(calibrated! - raw!).toBeGreaterThan(0.04);
  });

  it('lose next to nothing when reviewers are alike', () => {
    const rounds = seeds.map((seed) => round(seed, { strictness: 0, noise: 0.6 }));
    const [raw, calibrated] = (['raw', 'calibrated'] as const).map((shown) => mean(rounds.map((one) => topFound(one, shown))));
    expect(raw! - calibrated!).toBeLessThan(0.01);
  });

  it('recover planted strictness, and what the spread is made of', () => {
    const { reviews } = round(3, { strictness: 0, noise: 0.2 });
    const strict = reviews.map((review) => (review.reviewer === 'r7' ? { ...review, score: review.score - 25 } : review));
    const { reviewers, variances } = calibrateScores({ reviews: strict, method: 'blup' });
    const effect = reviewers.find(({ reviewer }) => reviewer === 'r7')!.effect;
    expect(effect).toBeLessThan(-18);
    expect(Math.max(...reviewers.filter(({ reviewer }) => reviewer !== 'r7').map((one) => Math.abs(one.effect)))).toBeLessThan(5);
    expect(variances!.application).toBeGreaterThan(variances!.noise);
  });

  it.each([0.8, 0])('solve the mixed model\'s equations (strictness %d)', (strictness) => {
    const { reviews } = round(11, { strictness, noise: 0.5 });
    const { applications, reviewers, variances, mean: overall } = calibrateScores({ reviews, method: 'blup' });
    const reviewerEffect = new Map(reviewers.map(({ reviewer, effect }) => [reviewer, effect]));
    const applicationEffect = new Map(applications.map(({ application, calibrated }) => [application, calibrated - overall]));
    const { noise, application: spread, reviewer: bias } = variances!;
    for (const { application } of applications) {
      const own = reviews.filter((review) => review.application === application);
      const left = own.reduce((sum, review) => sum + review.score - overall - reviewerEffect.get(review.reviewer)!, 0);
      expect(applicationEffect.get(application)! * (own.length + noise / spread)).toBeCloseTo(left, 3);
    }
    for (const { reviewer, effect } of reviewers) {
      const own = reviews.filter((review) => review.reviewer === reviewer);
      const left = own.reduce((sum, review) => sum + review.score - overall - applicationEffect.get(review.application)!, 0);
      if (bias > 0) expect(effect * (own.length + noise / bias)).toBeCloseTo(left, 2);
      else expect(effect).toBe(0);
    }
    expect(mean(reviews.map((review) => review.score - applicationEffect.get(review.application)! - reviewerEffect.get(review.reviewer)!))).toBeCloseTo(overall, 4);
  });

  it('are the same for every order of the rows, with raw means and an interval around each', () => {
    const { reviews } = round(5, { strictness: 0.8, noise: 0.5 });
    const found = calibrateScores({ reviews, method: 'blup' });
    expect(calibrateScores({ reviews: reviews.toReversed(), method: 'blup' })).toEqual(found);
    const one = found.applications[0]!;
    const own = reviews.filter(({ application }) => application === one.application).map(({ score }) => score);
    expect(one.raw).toBeCloseTo(mean(own), 5);
    expect([one.low < one.calibrated, one.calibrated < one.high, one.shrinkage > 0.5, one.shrinkage < 1]).toEqual([true, true, true, true]);
  });
});

describe('raw means stand', () => {
  const plain = (...rows: [string, string, number][]): Review[] => rows.map(([application, reviewer, score]) => ({ application, reviewer, score }));

  it.each([
    ['DISCONNECTED', plain(['a', 'r', 60], ['b', 'r', 70], ['c', 's', 80], ['d', 's', 90])],
    ['TOO_FEW_PAIRS', plain(['a', 'r', 60], ['b', 'r', 70])],
    ['NO_DIFFERENCE', plain(['a', 'r', 60], ['b', 'r', 70], ['a', 's', 70], ['b', 's', 60])],
  ])('with the note %s', (note, reviews) => {
    const found = calibrateScores({ reviews, method: 'blup' });
    expect([found.method, found.note]).toEqual(['none', note]);
    for (const { raw, calibrated } of found.applications) expect(calibrated).toBe(raw);
  });

  it('when asked for, and when there is nothing', () => {
    expect(calibrateScores({ reviews: plain(['a', 'r', 60], ['a', 's', 70]), method: 'none' }).applications).toMatchObject([{ raw: 65, calibrated: 65 }]);
    expect(calibrateScores({ reviews: [], method: 'none' })).toEqual({ method: 'none', mean: 0, applications: [], reviewers: [] });
  });

  it.each([
    ['CALIBRATION_SCORE_INVALID', plain(['a', 'r', 60], ['b', 'r', NaN])],
    ['CALIBRATION_SCORE_INVALID', plain(['a', 'r', 60], ['b', 'r', Infinity])],
    ['CALIBRATION_ID_MISSING', plain(['a', 'r', 60], ['', 'r', 1])],
    ['CALIBRATION_REVIEW_TWICE', plain(['a', 'r', 60], ['a', 'r', 61])],
  ])('or are refused: %s', (code, reviews) => {
    expect(() => calibrateScores({ reviews, method: 'blup' })).toThrow(expect.objectContaining({ code, params: { row: 2 } }));
  });
});
