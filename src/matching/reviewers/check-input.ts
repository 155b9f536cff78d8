import { indexRows, RowErrors } from '../row-errors.ts';
import type { Load, ReviewerInput } from './model.ts';

const MOST_POINTS = 1_000_000;
const MOST_APPLICATIONS = 100_000;
const MOST_REVIEWERS = 20_000;
const MOST_PAIRS = 4_000_000;
const MOST_PER_APPLICATION = 50;
const MOST_SECONDS = 600;

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

/** The input by index; `barred` holds `application × reviewers + reviewer` of every conflict with its reason. */
export interface Checked {
  readonly loads: readonly Load[];
  readonly barred: ReadonlyMap<number, string>;
}

function checkLoads({ applications, reviewers, perApplication, load }: ReviewerInput, errors: RowErrors): Load[] {
  const most = applications.length;
  const check = ({ min, max }: Load, at: string): void => {
    if (!isWhole(min, 0, MOST_APPLICATIONS) || !isWhole(max, 0, MOST_APPLICATIONS) || min > max) errors.add(at, 'REVIEW_LOAD_INVALID');
    else if (min > most) errors.add(at, 'REVIEW_LOAD_EXCEEDS_APPLICATIONS');
  };
  check(load, 'load');
  const loads = reviewers.map((reviewer, row) => {
    if (reviewer.load) check(reviewer.load, `reviewers/${row}/load`);
    return reviewer.load ?? load;
  });
  let asked = 0;
  const work = most * perApplication;
  const row = loads.findIndex(({ min }) => (asked += min) > work);
  // Named: the first reviewer for whom nothing is left once those before have their least load.
  if (row >= 0) errors.add(`reviewers/${row}/load`, 'REVIEW_LOADS_EXCEED_WORK');
  return loads;
}

function checkPairs({ applications, reviewers, affinity }: ReviewerInput, errors: RowErrors): void {
  const { application, reviewer, points } = affinity;
  if (application.length > MOST_PAIRS) errors.add('affinity', 'REVIEW_TOO_MANY_PAIRS');
  if (reviewer.length !== application.length || points.length !== application.length) errors.add('affinity', 'REVIEW_AFFINITY_RAGGED');
  errors.throwIfAny();
  const seen = new Set<number>();
  for (let row = 0; row < application.length; row++) {
    const isKnown = isWhole(application[row], 0, applications.length - 1) && isWhole(reviewer[row], 0, reviewers.length - 1);
    if (!isWhole(application[row], 0, applications.length - 1)) errors.add(`affinity/${row}/application`, 'REVIEW_APPLICATION_UNKNOWN');
    if (!isWhole(reviewer[row], 0, reviewers.length - 1)) errors.add(`affinity/${row}/reviewer`, 'REVIEW_REVIEWER_UNKNOWN');
    if (!isWhole(points[row], 0, MOST_POINTS)) errors.add(`affinity/${row}/points`, 'REVIEW_POINTS_INVALID');
    const key = application[row]! * reviewers.length + reviewer[row]!;
    if (isKnown && seen.has(key)) errors.add(`affinity/${row}`, 'REVIEW_PAIR_TWICE');
    seen.add(key);
  }
}

/** Refuses what has no right answer, naming each row (`affinity/3/points`). */
export function checkReviewerInput(input: ReviewerInput): Checked {
  const errors = new RowErrors();
  const { applications, reviewers, conflicts, perApplication, floor, seed, secondsLimit = 1 } = input;
  if (applications.length > MOST_APPLICATIONS) errors.add('applications', 'REVIEW_TOO_MANY_APPLICATIONS');
  if (reviewers.length > MOST_REVIEWERS) errors.add('reviewers', 'REVIEW_TOO_MANY_REVIEWERS');
  if (!isWhole(perApplication, 1, MOST_PER_APPLICATION)) errors.add('perApplication', 'REVIEW_PER_APPLICATION_INVALID');
  if (!isWhole(seed, 0, 0xffffffff)) errors.add('seed', 'MATCHING_SEED_INVALID');
  if (floor !== undefined && floor !== 'max' && !isWhole(floor, 0, MOST_POINTS * MOST_PER_APPLICATION)) errors.add('floor', 'REVIEW_FLOOR_INVALID');
  if (!(secondsLimit > 0 && secondsLimit <= MOST_SECONDS)) errors.add('secondsLimit', 'REVIEW_SECONDS_INVALID');
  errors.throwIfAny();
  const applicationAt = indexRows(applications.map(({ id }) => id), 'applications', errors);
  const reviewerAt = indexRows(reviewers.map(({ id }) => id), 'reviewers', errors);
  const loads = checkLoads(input, errors);
  checkPairs(input, errors);
  const barred = new Map<number, string>();
  conflicts.forEach(({ application, reviewer, reason }, row) => {
    const [a, r] = [applicationAt.get(application), reviewerAt.get(reviewer)];
    if (a === undefined) errors.add(`conflicts/${row}/application`, 'REVIEW_APPLICATION_UNKNOWN');
    if (r === undefined) errors.add(`conflicts/${row}/reviewer`, 'REVIEW_REVIEWER_UNKNOWN');
    if (typeof reason !== 'string' || reason === '') errors.add(`conflicts/${row}/reason`, 'REVIEW_CONFLICT_REASON_MISSING');
    if (a === undefined || r === undefined) return;
    const key = a * reviewers.length + r;
    // The first reason in their order, so that the order of the rows does not choose it.
    const known = barred.get(key);
    if (known === undefined || reason < known) barred.set(key, reason);
  });
  errors.throwIfAny();
  return { loads, barred };
}
