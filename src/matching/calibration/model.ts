import { refuse } from '../../kernel/refusal.ts';
import { components, effects, isConnected, type Ratings } from './effects.ts';

export interface Review {
  readonly application: string;
  readonly reviewer: string;
  /** Points on the rubric's scale; finite. */
  readonly score: number;
}

export interface CalibrationInput {
  readonly reviews: readonly Review[];
  /** `blup`: score = mean + application + reviewer + noise, each effect shrunk by what is known of it · `none`: raw means. */
  readonly method: 'blup' | 'none';
}

/**
 * Why raw means stand although calibrated ones were asked for: `DISCONNECTED` some applications share no reviewers
 * with the others, not even through a chain · `TOO_FEW_PAIRS` nobody reviewed twice, or nothing was reviewed twice ·
 * `NO_DIFFERENCE` the applications differ by no more than the noise.
 */
export type CalibrationNote = 'DISCONNECTED' | 'TOO_FEW_PAIRS' | 'NO_DIFFERENCE';

export interface CalibratedApplication {
  readonly application: string;
  readonly reviews: number;
  /** Mean of its scores as given; always shown beside the calibrated one. */
  readonly raw: number;
  readonly calibrated: number;
  /** 0 … 1: how much of what its scores say beyond the mean is believed. */
  readonly shrinkage: number;
  /** 95 in 100, the reviewers' effects taken as known; equal to `calibrated` where raw means stand. */
  readonly low: number;
  readonly high: number;
}

export interface CalibratedReviewer {
  readonly reviewer: string;
  readonly reviews: number;
  /** Points above (lenient) or below (strict) the others; 0 where raw means stand. */
  readonly effect: number;
}

export interface Calibrated {
  readonly method: 'blup' | 'none';
  readonly note?: CalibrationNote;
  readonly mean: number;
  /** Squared points. */
  readonly variances?: { readonly application: number; readonly reviewer: number; readonly noise: number };
  /** In the order of their ids. */
  readonly applications: readonly CalibratedApplication[];
  readonly reviewers: readonly CalibratedReviewer[];
}

/**
 * Scores with the strictness of their reviewers taken out; the same for every order of the rows. Refuses
 * `CALIBRATION_SCORE_INVALID`, `CALIBRATION_ID_MISSING` and `CALIBRATION_REVIEW_TWICE`, each naming the row (from 1).
 */
export function calibrateScores({ reviews, method }: CalibrationInput): Calibrated {
  const ratings = ratingsOf(reviews);
  if (method === 'none') return raw(ratings);
  if (!isConnected(ratings)) return raw(ratings, 'DISCONNECTED');
  const variances = components(ratings);
  if (!variances) return raw(ratings, 'TOO_FEW_PAIRS');
  if (variances.application <= 0) return raw(ratings, 'NO_DIFFERENCE');
  const found = effects(ratings, variances);
  const weight = variances.noise / variances.application;
  return {
    method,
    mean: rounded(found.mean),
    variances: {
      application: rounded(variances.application),
      reviewer: rounded(variances.reviewer),
      noise: rounded(variances.noise),
    },
    applications: ratings.applications.map((application, at) => {
      const count = ratings.perApplication[at]!;
      const calibrated = found.mean + found.application[at]!;
      const half = 1.96 * Math.sqrt(variances.noise / (count + weight));
      return {
        application,
        reviews: count,
        raw: rounded(ratings.sums[at]! / count),
        calibrated: rounded(calibrated),
        shrinkage: rounded(count / (count + weight)),
        low: rounded(calibrated - half),
        high: rounded(calibrated + half),
      };
    }),
    reviewers: ratings.reviewers.map((reviewer, at) => ({
      reviewer,
      reviews: ratings.perReviewer[at]!,
      effect: rounded(found.reviewer[at]!),
    })),
  };
}

function raw(ratings: Ratings, note?: CalibrationNote): Calibrated {
  const total = ratings.score.reduce((sum, score) => sum + score, 0);
  return {
    method: 'none',
    ...(note && { note }),
    mean: ratings.score.length === 0 ? 0 : rounded(total / ratings.score.length),
    applications: ratings.applications.map((application, at) => {
      const count = ratings.perApplication[at]!;
      const mean = rounded(ratings.sums[at]! / count);
      return { application, reviews: count, raw: mean, calibrated: mean, shrinkage: 1, low: mean, high: mean };
    }),
    reviewers: ratings.reviewers.map((reviewer, at) => ({ reviewer, reviews: ratings.perReviewer[at]!, effect: 0 })),
  };
}

/** Rows by application, then reviewer, so that sums do not depend on the order in which they came. */
function ratingsOf(reviews: readonly Review[]): Ratings {
  reviews.forEach(({ application, reviewer, score }, at) => {
    if (!Number.isFinite(score)) refuse('CALIBRATION_SCORE_INVALID', 'invalid', { row: at + 1 });
    if (!application || !reviewer) refuse('CALIBRATION_ID_MISSING', 'invalid', { row: at + 1 });
  });
  const [applications, applicationOf] = ranked(reviews.map(({ application }) => application));
  const [reviewers, reviewerOf] = ranked(reviews.map(({ reviewer }) => reviewer));
  const rows = byKey(applicationOf, byKey(reviewerOf, Int32Array.from(reviews.keys()), reviewers.length), applications.length);
  const ratings = {
    applications,
    reviewers,
    application: rows.map((row) => applicationOf[row]!),
    reviewer: rows.map((row) => reviewerOf[row]!),
    score: Float64Array.from(rows, (row) => reviews[row]!.score),
    perApplication: new Int32Array(applications.length),
    perReviewer: new Int32Array(reviewers.length),
    sums: new Float64Array(applications.length),
  };
  rows.forEach((row, at) => {
    const [application, reviewer] = [ratings.application[at]!, ratings.reviewer[at]!];
    const twice = at > 0 && ratings.application[at - 1] === application && ratings.reviewer[at - 1] === reviewer;
    if (twice) refuse('CALIBRATION_REVIEW_TWICE', 'invalid', { row: Math.max(row, rows[at - 1]!) + 1 });
    ratings.perApplication[application]! += 1;
    ratings.perReviewer[reviewer]! += 1;
    ratings.sums[application]! += ratings.score[at]!;
  });
  return ratings;
}

/** The distinct ids in order, and the place of each row's among them. */
function ranked(ids: readonly string[]): [string[], Int32Array] {
  const distinct = [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
  const places = new Map(distinct.map((id, at) => [id, at]));
  return [distinct, Int32Array.from(ids, (id) => places.get(id)!)];
}

/** Rows stably in the order of their keys, by counting. */
function byKey(key: Int32Array, rows: Int32Array, keys: number): Int32Array {
  const next = new Int32Array(keys + 1);
  for (const row of rows) next[key[row]! + 1]! += 1;
  for (let at = 0; at < keys; at++) next[at + 1]! += next[at]!;
  const sorted = new Int32Array(rows.length);
  for (const row of rows) sorted[next[key[row]!]!++] = row;
  return sorted;
}

/** Millionths: below that the last bits of a machine's arithmetic begin. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
