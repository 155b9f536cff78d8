import { refuse } from '../../kernel/refusal.ts';
import type { Watch } from '../solver/pace.ts';
import { provedAssignment, provedShortage } from './assign.ts';
import { bestSeating } from './best.ts';
import type { Assignment, ReviewerInput, Shortage } from './model.ts';
import { NONE, reviewProblem, type ReviewProblem } from './problem.ts';
import { Seating } from './seating.ts';

/** Somebody steps aside from one application, or from all where none is named. */
export interface Recusal {
  readonly reviewer: string;
  readonly application?: string;
  /** A code, kept as the reason of the conflict. */
  readonly reason: string;
}

export interface SeatChange {
  readonly application: string;
  readonly from: string;
  readonly to: string;
}

/** The question as it stands now: what was recused is a conflict, and counts towards that reviewer's least load. */
interface Asked {
  readonly question: ReviewerInput;
}

export interface Substituted extends Asked {
  readonly assignment: Assignment;
  readonly changes: readonly SeatChange[];
  /** Points of the application that has least: whether a floor still holds. */
  readonly lowest: number;
}

/** Nobody can take the seat. */
export interface Unfilled extends Asked {
  readonly shortage: Shortage;
}

/**
 * Seats at once the best remaining substitute: whoever fits best of those with a place left; where all are full, as few
 * others as possible move. Everybody else keeps their seats, so the result may be worth less than starting anew, which
 * `best` shows. Answers the cut when nobody can take the seat. Refuses `REVIEW_SEAT_UNKNOWN` for a seat that is not held,
 * and what `checkReviewerInput` refuses.
 */
export function substitute(input: ReviewerInput, assignment: Assignment, recusals: readonly Recusal[], watch?: Watch): Substituted | Unfilled {
  const given = seatsGivenUp(assignment, recusals);
  const question = questionWithout(input, recusals, given);
  const problem = reviewProblem(question);
  const best = bestSeating(problem, watch);
  if ('outcome' in best) return { question, shortage: provedShortage(question, best) };
  const seating = seatingOf(problem, assignment);
  const before = new Set(assignment.seats.map(({ application, reviewer }) => key(application, reviewer)));
  problem.applications.forEach((_, application) => {
    while (seating.taken[application]! < problem.perApplication) seatNext(seating, application);
  });
  const substitutes = new Set(seating.seatedPairs().filter((pair) => !before.has(keyOf(problem, pair))));
  return {
    question,
    assignment: provedAssignment(question, problem, { best, seating, substitutes }),
    changes: changesBetween(problem, assignment, seating, substitutes),
    lowest: seating.totals().reduce((low, total) => Math.min(low, total), Infinity),
  };
}

function key(application: string, reviewer: string): string {
  return JSON.stringify([application, reviewer]);
}

function keyOf({ applications, applicationOf, reviewers, reviewer }: ReviewProblem, pair: number): string {
  return key(applications[applicationOf[pair]!]!, reviewers[reviewer[pair]!]!);
}

/** Seats each reviewer gives up. */
function seatsGivenUp({ seats }: Assignment, recusals: readonly Recusal[]): Map<string, number> {
  const given = new Map<string, Set<string>>();
  recusals.forEach(({ reviewer, application }, row) => {
    const held = seats.filter((seat) => seat.reviewer === reviewer && (application === undefined || seat.application === application));
    if (held.length === 0) refuse('REVIEW_SEAT_UNKNOWN', 'rule', { at: `recusals/${row}` });
    const all = given.get(reviewer) ?? new Set();
    for (const seat of held) all.add(seat.application);
    given.set(reviewer, all);
  });
  return new Map([...given].map(([reviewer, applications]) => [reviewer, applications.size]));
}

function questionWithout(input: ReviewerInput, recusals: readonly Recusal[], given: ReadonlyMap<string, number>): ReviewerInput {
  const { floor: _floor, ...open } = input;
  const gone = new Set(recusals.filter(({ application }) => application === undefined).map(({ reviewer }) => reviewer));
  const reviewers = input.reviewers.map((reviewer) => {
    const { min, max } = reviewer.load ?? input.load;
    if (gone.has(reviewer.id)) return { ...reviewer, load: { min: 0, max: 0 } };
    return given.has(reviewer.id) ? { ...reviewer, load: { min: Math.max(0, min - given.get(reviewer.id)!), max } } : reviewer;
  });
  const conflicts = recusals.flatMap(({ reviewer, application, reason }) =>
    (application === undefined ? input.applications.map(({ id }) => id) : [application]).map((id) => ({ application: id, reviewer, reason })),
  );
  return { ...open, reviewers, conflicts: [...input.conflicts, ...conflicts] };
}

function seatingOf(problem: ReviewProblem, { seats }: Assignment): Seating {
  const held = new Set(seats.map(({ application, reviewer }) => key(application, reviewer)));
  const seating = new Seating(problem);
  problem.points.forEach((_, pair) => held.has(keyOf(problem, pair)) && seating.seat(pair));
  return seating;
}

interface Step {
  readonly reviewer: number;
  /** Points gained up to here. */
  readonly gained: number;
  readonly pair: number;
  readonly givenUp: number;
  readonly before: Step | undefined;
}

/** Fewest moves first, then most points, then the published order. */
function seatNext(seating: Seating, application: number): void {
  const { problem, isSeated } = seating;
  const { start, reviewer: reviewerOf, points, max, applicationOf } = problem;
  const reached = new Set<number>();
  let layer: Step[] = [];
  const next = new Map<number, Step>();
  const offer = (from: number, gained: number, givenUp: number, before: Step | undefined): void => {
    for (let pair = start[from]!; pair < start[from + 1]!; pair++) {
      const reviewer = reviewerOf[pair]!;
      if (isSeated[pair] === 1 || reached.has(reviewer)) continue;
      const step = { reviewer, gained: gained + points[pair]!, pair, givenUp, before };
      if (step.gained > (next.get(reviewer)?.gained ?? -Infinity)) next.set(reviewer, step);
    }
  };
  offer(application, 0, NONE, undefined);
  while (next.size > 0) {
    layer = [...next.values()].sort((a, b) => b.gained - a.gained || a.reviewer - b.reviewer);
    next.clear();
    const end = layer.find(({ reviewer }) => seating.load[reviewer]! < max[reviewer]!);
    if (end) return carryOut(seating, end);
    for (const { reviewer } of layer) reached.add(reviewer);
    for (const step of layer) {
      for (let read = seating.firstPair(step.reviewer); read !== NONE; read = seating.nextPair(read)) {
        offer(applicationOf[read]!, step.gained - points[read]!, read, step);
      }
    }
  }
  throw new Error('an assignment exists, but no chain of moves leads to one');
}

function carryOut(seating: Seating, end: Step): void {
  for (let step: Step | undefined = end; step; step = step.before) {
    if (step.givenUp !== NONE) seating.unseat(step.givenUp);
    seating.seat(step.pair);
  }
}

/** Application by application, who left beside who came. */
function changesBetween(problem: ReviewProblem, { seats }: Assignment, seating: Seating, substitutes: ReadonlySet<number>): SeatChange[] {
  const now = new Set(seating.seatedPairs().map((pair) => keyOf(problem, pair)));
  const left = new Map<string, string[]>();
  for (const { application, reviewer } of seats) {
    if (!now.has(key(application, reviewer))) left.set(application, [...(left.get(application) ?? []), reviewer]);
  }
  return [...substitutes].map((pair) => {
    const application = problem.applications[problem.applicationOf[pair]!]!;
    return { application, from: left.get(application)!.shift()!, to: problem.reviewers[problem.reviewer[pair]!]! };
  });
}
