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
/** Of the first distance from the solution, in the norm of the equations. */
const ENOUGH = 1e-13;
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

/**
 * Best linear unbiased predictions (Henderson 1975). Applications are eliminated from the mixed model's equations; what is
 * left for the mean and the reviewers is solved by conjugate gradients, in a fixed order.
 */
export function effects(ratings: Ratings, variances: Variances): Effects {
  const { score, application, reviewer, perApplication } = ratings;
  const centre = score.reduce((sum, value) => sum + value, 0) / score.length;
  const ridge = { application: variances.noise / variances.application, reviewer: variances.noise / Math.max(0, variances.reviewer) };
  const shares = Float64Array.from(perApplication, (count) => 1 / (count + ridge.application));
  /** What an application's scores, or parts of them, leave over once its own effect is taken out of each. */
  const leftOver = (row: (at: number) => number): Float64Array => {
    const sums = new Float64Array(shares.length);
    for (let at = 0; at < score.length; at++) sums[application[at]!]! += row(at);
    const left = new Float64Array(score.length);
    for (let at = 0; at < score.length; at++) left[at] = row(at) - sums[application[at]!]! * shares[application[at]!]!;
    return left;
  };
  const system = new Reviewers(ratings, shares, ridge.reviewer);
  const ofMeanAndReviewers = system.solve(system.collect(leftOver((at) => score[at]! - centre)));
  const mean = ofMeanAndReviewers[0]!;
  const ofReviewer = ofMeanAndReviewers.slice(1);
  const ofApplication = new Float64Array(shares.length);
  for (let at = 0; at < score.length; at++) ofApplication[application[at]!]! += score[at]! - centre - mean - ofReviewer[reviewer[at]!]!;
  for (let at = 0; at < shares.length; at++) ofApplication[at]! *= shares[at]!;
  return { mean: centre + mean, application: ofApplication, reviewer: ofReviewer };
}

/** The equations of the mean (place 0) and the reviewers (from place 1 on), applications eliminated. */
class Reviewers {
  readonly #ratings: Ratings;
  readonly #shares: Float64Array;
  readonly #ridge: number;
  readonly #diagonal: Float64Array;

  constructor(ratings: Ratings, shares: Float64Array, ridge: number) {
    this.#ratings = ratings;
    this.#shares = shares;
    this.#ridge = ridge;
    const { application, reviewer, perApplication, perReviewer } = ratings;
    this.#diagonal = new Float64Array(perReviewer.length + 1).fill(ridge, 1);
    for (let at = 0; at < application.length; at++) this.#diagonal[reviewer[at]! + 1]! += 1 - shares[application[at]!]!;
    perApplication.forEach((count, at) => (this.#diagonal[0]! += count * (1 - count * shares[at]!)));
  }

  /** Rows summed up for the mean and for each reviewer. */
  collect(rows: Float64Array): Float64Array {
    const { reviewer, perReviewer } = this.#ratings;
    const sums = new Float64Array(perReviewer.length + 1);
    for (let at = 0; at < rows.length; at++) {
      sums[0]! += rows[at]!;
      sums[reviewer[at]! + 1]! += rows[at]!;
    }
    return sums;
  }

  #times(x: Float64Array): Float64Array {
    const { application, reviewer, perApplication } = this.#ratings;
    const sums = new Float64Array(perApplication.length);
    for (let at = 0; at < application.length; at++) sums[application[at]!]! += x[0]! + x[reviewer[at]! + 1]!;
    for (let at = 0; at < sums.length; at++) sums[at]! *= this.#shares[at]!;
    const rows = new Float64Array(application.length);
    for (let at = 0; at < rows.length; at++) rows[at] = x[0]! + x[reviewer[at]! + 1]! - sums[application[at]!]!;
    const image = this.collect(rows);
    for (let at = 1; at < image.length; at++) image[at]! += this.#ridge * x[at]!;
    return image;
  }

  /** Conjugate gradients, scaled by the diagonal (Golub & Van Loan, Matrix Computations, §11.5). */
  solve(right: Float64Array): Float64Array {
    const x = new Float64Array(right.length);
    if (this.#ridge === Infinity) {
      // Reviewers do not differ: the mean is all there is.
      x[0] = right[0]! / this.#diagonal[0]!;
      return x;
    }
    const left = right.slice();
    const scaled = left.map((value, at) => value / this.#diagonal[at]!);
    const direction = scaled.slice();
    let size = product(left, scaled);
    const enough = size * ENOUGH * ENOUGH;
    for (let round = 0; round < MOST_ROUNDS && size > enough; round++) {
      const image = this.#times(direction);
      const step = size / product(direction, image);
      for (let at = 0; at < x.length; at++) {
        x[at]! += step * direction[at]!;
        left[at]! -= step * image[at]!;
        scaled[at] = left[at]! / this.#diagonal[at]!;
      }
      const next = product(left, scaled);
      for (let at = 0; at < x.length; at++) direction[at] = scaled[at]! + (next / size) * direction[at]!;
      size = next;
    }
    return x;
  }
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
