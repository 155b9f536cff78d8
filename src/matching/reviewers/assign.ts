import type { SolveProgram } from '../programs.ts';
import type { Certificate } from '../solver/input.ts';
import type { Watch } from '../solver/pace.ts';
import { bestSeating, type Best } from './best.ts';
import { checkAssignment, checkShortage } from './check.ts';
import { decide, type Settled } from './decide.ts';
import { seatingAtFloor } from './floor.ts';
import type { Assignment, FloorFound, ReviewerInput, Seat, Shortage } from './model.ts';
import { reviewProblem, seatOf, type ReviewProblem } from './problem.ts';
import type { Seating } from './seating.ts';

/** For searching a floor; whoever asks for none needs none of it. */
export interface Means extends Watch {
  readonly solveProgram?: SolveProgram;
}

/**
 * Who reads which application: the most points in all that loads and conflicts allow, with or without a floor for every
 * application, or the cut that shows why nobody can do it. Every answer is proved again by `check.ts` before it is given.
 * The same for every order of the rows, unless the time for a floor was up. Refuses what `checkReviewerInput` and
 * `seatingAtFloor` refuse, and `MATCHING_CANCELLED`.
 */
export function assignReviewers(input: ReviewerInput, means: Means = {}): Assignment | Shortage {
  const problem = reviewProblem(input);
  const best = bestSeating(problem, means);
  if ('outcome' in best) return provedShortage(input, best);
  if (input.floor === undefined) return provedAssignment(input, problem, { best, seating: best.seating });
  if (!means.solveProgram) throw new TypeError('a floor needs a solver of programs');
  const { seating, found } = seatingAtFloor(problem, best.seating, { floor: input.floor, ...(input.secondsLimit && { secondsLimit: input.secondsLimit }) }, means.solveProgram);
  return provedAssignment(input, problem, { best, seating, floor: found });
}

/** What can be said of no seat is a defect, and leaves nothing behind. */
export function provedShortage(input: ReviewerInput, shortage: Shortage): Shortage {
  const [finding] = checkShortage(input, shortage);
  if (finding) throw new Error(`the shortage is not proved: ${finding.code} at ${finding.at}`);
  return shortage;
}

export interface Solved {
  readonly best: Best;
  readonly seating: Seating;
  readonly floor?: FloorFound;
  readonly substitutes?: ReadonlySet<number>;
}

/** A seat with a conflict, or an assignment that is not proved, is a defect and leaves nothing behind. */
export function provedAssignment(input: ReviewerInput, problem: ReviewProblem, { best, seating, floor, substitutes }: Solved): Assignment {
  const settled: Settled = { seating, best: best.seating, prices: best.prices, ...(substitutes && { substitutes }) };
  const seats = seatsOf(problem, seating);
  const bestSeats = seating === best.seating ? seats : seatsOf(problem, best.seating);
  const assignment: Assignment = {
    outcome: 'assigned',
    seed: problem.seed,
    seats,
    total: totalOf(seats),
    best: { certificate: certificateOf(best), seats: bestSeats },
    ...(floor && { floor }),
    reviewers: problem.reviewers.map((reviewer, at) => ({
      reviewer,
      load: seating.load[at]!,
      min: problem.min[at]!,
      max: problem.max[at]!,
      price: best.prices[at]!,
    })),
    decisions: decide(problem, settled),
  };
  const [finding] = checkAssignment(input, assignment);
  if (finding) throw new Error(`the assignment is not proved: ${finding.code} at ${finding.at}`);
  return assignment;
}

/** The dual by complementary slackness: what applications keep of their seats, and what the loads are worth. */
function certificateOf({ seating, prices }: Best): Certificate {
  const { problem } = seating;
  let [primal, dual] = [0, 0];
  for (const pair of seating.seatedPairs()) {
    primal += problem.points[pair]!;
    dual += problem.points[pair]! - prices[problem.reviewer[pair]!]!;
  }
  prices.forEach((price, at) => (dual += price * (price > 0 ? problem.max[at]! : problem.min[at]!)));
  return { primal, dual, gap: dual - primal };
}

function seatsOf(problem: ReviewProblem, seating: Seating): Seat[] {
  return seating.seatedPairs().map((pair) => seatOf(problem, pair));
}

function totalOf(seats: readonly Seat[]): number {
  return seats.reduce((sum, { points }) => sum + points, 0);
}
