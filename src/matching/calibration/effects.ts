/** Row `k`: the reviewer at `reviewer[k]` gave the application at `application[k]` so many points. */
export interface Ratings {
  readonly applications: readonly string[];
  readonly reviewers: readonly string[];
  readonly application: Int32Array;
  readonly reviewer: Int32Array;
  readonly score: Float64Array;
  readonly perApplication: Int32Array;
  readonly perReviewer: Int32Array;
  /** Of each application's scores. */
  readonly sums: Float64Array;
}

/** Squared points; `noise` is positive, the others may come out as 0 or below where there is no such difference. */
export interface Variances {
  readonly application: number;
  readonly reviewer: number;
  readonly noise: number;
}

export interface Effects {
  readonly mean: number;
  readonly application: Float64Array;
  readonly reviewer: Float64Array;
}

const LEAST_NOISE = 1e-6;
const ENOUGH = 1e-9;
const MOST_ROUNDS = 500;

/** Whether a chain of shared reviewers leads from each application to each other one; what is not joined cannot be compared. */
export function isConnected({ applications, reviewers, application, reviewer }: Ratings): boolean {
  const parent = Int32Array.from({ length: applications.length + reviewers.length }, (_, at) => at);
  const root = (at: number): number => {
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  let parts = parent.length;
  application.forEach((one, row) => {
    const [a, b] = [root(one), root(applications.length + reviewer[row]!)];
    if (a === b) return;
    parent[a] = b;
    parts -= 1;
  });
  return parts <= 1;
}

/**
 * From pairs of reviews: two of one application differ by reviewers and noise, two of one reviewer by applications and
 * noise, two that share neither by all three. Undefined = one of the three kinds of pairs does not occur.
 */
export function components(ratings: Ratings): Variances | undefined {
  const { score } = ratings;
  // Around their mean, so that large scores do not cancel each other's digits.
  const centre = score.reduce((sum, value) => sum + value, 0) / score.length;
  const sameApplication = pairs(ratings.application, ratings.perApplication, score, centre);
  const sameReviewer = pairs(ratings.reviewer, ratings.perReviewer, score, centre);
  const all = pairs(new Int32Array(score.length), Int32Array.of(score.length), score, centre);
  const otherCount = all.count - sameApplication.count - sameReviewer.count;
  if (sameApplication.count === 0 || sameReviewer.count === 0 || otherCount <= 0) return undefined;
  const withinApplication = sameApplication.squares / sameApplication.count / 2;
  const withinReviewer = sameReviewer.squares / sameReviewer.count / 2;
  const apart = (all.squares - sameApplication.squares - sameReviewer.squares) / otherCount / 2;
  const [application, reviewer] = [apart - withinApplication, apart - withinReviewer];
  return { application, reviewer, noise: Math.max(LEAST_NOISE, apart - Math.max(0, application) - Math.max(0, reviewer)) };
}

/** Number of pairs within the groups, and the sum of their squared differences. */
function pairs(group: Int32Array, counts: Int32Array, score: Float64Array, centre: number): { count: number; squares: number } {
  const sums = new Float64Array(counts.length);
  const squared = new Float64Array(counts.length);
  group.forEach((at, row) => {
    const value = score[row]! - centre;
    sums[at]! += value;
    squared[at]! += value * value;
  });
  let [count, squares] = [0, 0];
  counts.forEach((members, at) => {
    count += (members * (members - 1)) / 2;
    squares += members * squared[at]! - sums[at]! * sums[at]!;
  });
  return { count, squares };
}

/** Best linear unbiased predictions (Henderson 1975), by Gauss–Seidel on the mixed model's equations in a fixed order. */
export function effects(ratings: Ratings, variances: Variances): Effects {
  const { score, application, reviewer, perApplication, perReviewer } = ratings;
  const ofApplication = new Float64Array(perApplication.length);
  const ofReviewer = new Float64Array(perReviewer.length);
  const weights = [variances.noise / variances.application, variances.noise / Math.max(0, variances.reviewer)] as const;
  let mean = score.reduce((sum, value) => sum + value, 0) / score.length;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const moved = relax(ofApplication, perApplication, weights[0], (sums) => {
      application.forEach((at, row) => (sums[at]! += score[row]! - mean - ofReviewer[reviewer[row]!]!));
    });
    relax(ofReviewer, perReviewer, weights[1], (sums) => {
      reviewer.forEach((at, row) => (sums[at]! += score[row]! - mean - ofApplication[application[row]!]!));
    });
    let left = 0;
    for (let row = 0; row < score.length; row++) left += score[row]! - ofApplication[application[row]!]! - ofReviewer[reviewer[row]!]!;
    mean = left / score.length;
    if (moved < ENOUGH) break;
  }
  return { mean, application: ofApplication, reviewer: ofReviewer };
}

/** Sets each effect anew from what the others leave over; answers the largest move. */
function relax(effect: Float64Array, counts: Int32Array, weight: number, collect: (sums: Float64Array) => void): number {
  const sums = new Float64Array(effect.length);
  collect(sums);
  let largest = 0;
  for (let at = 0; at < effect.length; at++) {
    const next = sums[at]! / (counts[at]! + weight);
    largest = Math.max(largest, Math.abs(next - effect[at]!));
    effect[at] = next;
  }
  return largest;
}
