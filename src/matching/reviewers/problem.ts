import { drawOrder } from '../solver/lots.ts';
import { checkReviewerInput } from './check-input.ts';
import type { Conflict, ReviewerInput, Seat } from './model.ts';

export const NONE = -1;

/** The question in the published order, conflicts taken out: application `a` may have the pairs `start[a] … start[a + 1] − 1`. */
export interface ReviewProblem {
  readonly perApplication: number;
  readonly seed: number;
  readonly applications: readonly string[];
  readonly reviewers: readonly string[];
  readonly min: Int32Array;
  readonly max: Int32Array;
  readonly start: Int32Array;
  readonly applicationOf: Int32Array;
  readonly reviewer: Int32Array;
  readonly points: Int32Array;
  /** Of each application, by reviewer; `points` null where the pair was no candidate anyway. */
  readonly conflicts: readonly (readonly (Pick<Conflict, 'reviewer' | 'reason'> & { readonly points: number | null })[])[];
}

/** Refuses as `checkReviewerInput` does. */
export function reviewProblem(input: ReviewerInput): ReviewProblem {
  const { loads, barred } = checkReviewerInput(input);
  const { affinity, seed, perApplication } = input;
  const width = input.reviewers.length;
  const applicationRow = drawOrder(seed, input.applications.map(({ id }) => id));
  const reviewerRow = drawOrder(seed, input.reviewers.map(({ id }) => id));
  const reviewerPlace = new Int32Array(width);
  reviewerRow.forEach((row, place) => (reviewerPlace[row] = place));
  const applicationPlace = new Int32Array(applicationRow.length);
  applicationRow.forEach((row, place) => (applicationPlace[row] = place));

  const open: number[] = [];
  const barredPoints = new Map<number, number>();
  for (let row = 0; row < affinity.points.length; row++) {
    const key = affinity.application[row]! * width + affinity.reviewer[row]!;
    if (barred.has(key)) barredPoints.set(key, affinity.points[row]!);
    else open.push(row);
  }
  const key = (row: number): number => applicationPlace[affinity.application[row]!]! * width + reviewerPlace[affinity.reviewer[row]!]!;
  // Places and rows in one number, so that the sort compares no pairs of them.
  const sorted = Float64Array.from(open, (row) => key(row) * ROWS + row).sort();
  const rows = Array.from(sorted, (place) => place % ROWS);
  const start = new Int32Array(applicationRow.length + 1);
  for (const row of rows) start[applicationPlace[affinity.application[row]!]! + 1]!++;
  for (let at = 0; at < applicationRow.length; at++) start[at + 1]! += start[at]!;

  const conflicts: { reviewer: string; reason: string; points: number | null }[][] = input.applications.map(() => []);
  for (const [pair, reason] of barred) {
    const reviewer = input.reviewers[pair % width]!.id;
    conflicts[applicationPlace[Math.floor(pair / width)]!]!.push({ reviewer, reason, points: barredPoints.get(pair) ?? null });
  }
  for (const list of conflicts) list.sort((a, b) => (a.reviewer < b.reviewer ? -1 : 1));
  return {
    perApplication,
    seed,
    applications: Array.from(applicationRow, (row) => input.applications[row]!.id),
    reviewers: Array.from(reviewerRow, (row) => input.reviewers[row]!.id),
    min: Int32Array.from(reviewerRow, (row) => loads[row]!.min),
    max: Int32Array.from(reviewerRow, (row) => Math.min(loads[row]!.max, input.applications.length)),
    start,
    applicationOf: Int32Array.from(rows, (row) => applicationPlace[affinity.application[row]!]!),
    reviewer: Int32Array.from(rows, (row) => reviewerPlace[affinity.reviewer[row]!]!),
    points: Int32Array.from(rows, (row) => affinity.points[row]!),
    conflicts,
  };
}

/** More than there can be pairs; a place among 10⁵ × 2·10⁴ and a row stay exact in one double. */
const ROWS = 2 ** 22;

export function seatOf(problem: ReviewProblem, pair: number): Seat {
  return {
    application: problem.applications[problem.applicationOf[pair]!]!,
    reviewer: problem.reviewers[problem.reviewer[pair]!]!,
    points: problem.points[pair]!,
  };
}
