import type { Passed, PassedReason, ReviewDecision, SeatReason } from './model.ts';
import type { ReviewProblem } from './problem.ts';
import type { Seating } from './seating.ts';

/** Of each application, beside conflicts. */
const MOST_NAMED = 10;

export interface Settled {
  readonly seating: Seating;
  /** Without floor and without keeping anybody's seat. */
  readonly best: Seating;
  readonly prices: Float64Array;
  /** Pairs seated for somebody who stepped aside. */
  readonly substitutes?: ReadonlySet<number>;
}

/** The assignment told application by application, in the published order. */
export function decide(problem: ReviewProblem, settled: Settled): ReviewDecision[] {
  return problem.applications.map((application, at) => decisionOn(problem, settled, application, at));
}

function decisionOn(problem: ReviewProblem, settled: Settled, application: string, at: number): ReviewDecision {
  const { seating, best, prices, substitutes } = settled;
  const { reviewer, points, start, reviewers } = problem;
  const pairs = Array.from({ length: start[at + 1]! - start[at]! }, (_, index) => start[at]! + index).sort((a, b) => points[b]! - points[a]! || a - b);
  const isSeated = (pair: number): boolean => seating.isSeated[pair] === 1;
  const seated = pairs.filter(isSeated);
  const passed = pairs.filter((pair) => !isSeated(pair));
  const kept = (pair: number): number => points[pair]! - prices[reviewer[pair]!]!;
  const lowestKept = seated.reduce((low, pair) => Math.min(low, kept(pair)), Infinity);
  const lowestPoints = seated.reduce((low, pair) => Math.min(low, points[pair]!), Infinity);
  const isBest = pairs.every((pair) => seating.isSeated[pair] === best.isSeated[pair]);
  const strongestPassed = passed.length > 0 ? points[passed[0]!]! : -1;

  const becauseOf = (pair: number): SeatReason => {
    if (substitutes?.has(pair)) return 'SUBSTITUTE';
    if (best.isSeated[pair] !== 1) return substitutes ? 'KEPT' : 'FLOOR';
    return points[pair]! >= strongestPassed ? 'FIT' : 'LOAD';
  };
  const reasonOf = (pair: number): PassedReason => {
    if (!isBest && best.isSeated[pair] === 1) return substitutes ? 'KEPT' : 'FLOOR';
    if (points[pair] === lowestPoints) return 'TIE';
    return points[pair]! < lowestPoints ? 'OUTBID' : 'LOAD';
  };
  const named = passed.slice(0, MOST_NAMED).map((pair): Passed => ({
    reviewer: reviewers[reviewer[pair]!]!,
    reasonCode: reasonOf(pair),
    points: points[pair]!,
    ...(isBest && { marginAtLeast: lowestKept - kept(pair) }),
  }));
  const others: Partial<Record<PassedReason, number>> = {};
  for (const pair of passed.slice(MOST_NAMED)) others[reasonOf(pair)] = (others[reasonOf(pair)] ?? 0) + 1;
  return {
    application,
    total: seated.reduce((sum, pair) => sum + points[pair]!, 0),
    seats: seated.map((pair) => ({ reviewer: reviewers[reviewer[pair]!]!, points: points[pair]!, because: becauseOf(pair) })),
    passed: [
      ...problem.conflicts[at]!.map((conflict): Passed => ({ reviewer: conflict.reviewer, reasonCode: 'CONFLICT', points: conflict.points, conflict: conflict.reason })),
      ...named,
    ],
    others,
  };
}
