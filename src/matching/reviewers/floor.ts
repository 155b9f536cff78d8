import { refuse } from '../../kernel/refusal.ts';
import type { SolveProgram } from '../programs.ts';
import type { FloorFound, ReviewerInput } from './model.ts';
import type { ReviewProblem } from './problem.ts';
import { Seating } from './seating.ts';

/** More would take the search beyond any time limit. */
const MOST_PAIRS = 20_000;
const SECONDS = 10;
/** Of the time, for finding the floor; the rest looks for the best assignment at it. */
const SHARE_FOR_BISECTION = 0.6;
/** The solver's numbers may miss the floor, as a part of the widest possible one, by so much. */
const TOLERANCE = 1e-6;
/** Its bounds may miss whole points by so much, and by its last digits. */
const BOUND_TOLERANCE = 1e-3;
const BOUND_DIGITS = 1e-9;

export interface Floored {
  readonly seating: Seating;
  readonly found: FloorFound;
}

/**
 * The best seating in which every application reaches the floor, or the highest floor that all can reach (bisection).
 * Refuses `REVIEW_TOO_MANY_PAIRS`, `REVIEW_FLOOR_UNREACHABLE` (with the most that is proved possible) and
 * `REVIEW_FLOOR_UNDECIDED` when the time is up without an assignment that reaches it.
 */
export function seatingAtFloor(
  problem: ReviewProblem,
  best: Seating,
  { floor, secondsLimit = SECONDS }: { floor: number | 'max' } & Pick<ReviewerInput, 'secondsLimit'>,
  solveProgram: SolveProgram,
): Floored {
  const lowest = least(best);
  const bestTotal = sum(best.totals());
  if (floor !== 'max' && floor <= lowest) {
    return { seating: best, found: { asked: floor, reached: lowest, most: mostForAll(problem), bound: bestTotal, finished: true } };
  }
  const pairs = problem.points.length;
  if (pairs > MOST_PAIRS) refuse('REVIEW_TOO_MANY_PAIRS', 'rule', { at: 'floor', pairs, most: MOST_PAIRS });
  const search = new Search(problem, solveProgram, secondsLimit);
  const bound = search.fractionalFloor(mostForAll(problem));
  const target = floor === 'max' ? bound : floor;
  if (target > bound) refuse('REVIEW_FLOOR_UNREACHABLE', 'rule', { floor: target, most: bound });

  // Known to be possible, and the lowest that is not known to be so; `beyond` is proved impossible.
  let [reached, open, beyond, kept] = [lowest, target + 1, bound + 1, best];
  for (let asked = target; open - reached > 1; asked = Math.floor((reached + open) / 2)) {
    const { seating, finished } = search.any(asked);
    if (seating) [reached, kept] = [least(seating), seating];
    else open = asked;
    if (!seating && finished) beyond = asked;
    if (floor !== 'max') break;
  }
  if (floor !== 'max' && reached < floor) {
    if (beyond <= floor) refuse('REVIEW_FLOOR_UNREACHABLE', 'rule', { floor, most: beyond - 1 });
    refuse('REVIEW_FLOOR_UNDECIDED', 'rule', { floor, most: bound, seconds: secondsLimit });
  }
  const held = floor === 'max' ? reached : floor;
  const ended = search.best(held, kept, bestTotal);
  const most = Math.max(beyond - 1, reached);
  return {
    seating: ended.seating,
    found: {
      asked: floor,
      reached: least(ended.seating),
      most,
      bound: ended.bound,
      finished: sum(ended.seating.totals()) === ended.bound && (floor !== 'max' || most === reached),
    },
  };
}

class Search {
  readonly #problem: ReviewProblem;
  readonly #solve: SolveProgram;
  readonly #until: number;
  readonly #bisectUntil: number;

  constructor(problem: ReviewProblem, solve: SolveProgram, secondsLimit: number) {
    this.#problem = problem;
    this.#solve = solve;
    const now = performance.now();
    this.#until = now + secondsLimit * 1000;
    this.#bisectUntil = now + secondsLimit * 1000 * SHARE_FOR_BISECTION;
  }

  /** What all could reach if seats could be shared out in fractions: no floor above it is possible. */
  fractionalFloor(most: number): number {
    if (most <= 0) return 0;
    const program = this.#program(0);
    const applications = this.#problem.applications.length;
    const entries = program.row.length;
    // One more column, the floor as a share of `most`, taken off every application's points.
    const row = new Int32Array(entries + applications);
    row.set(program.row);
    const value = new Float64Array(entries + applications).fill(-most / this.#scale);
    value.set(program.value);
    for (let at = 0; at < applications; at++) row[entries + at] = this.#floorRow(at);
    const start = Int32Array.from([...program.start, entries + applications]);
    const gain = new Float64Array(start.length - 1).fill(1, start.length - 2);
    const { bound, finished } = this.#solve({ ...program, gain, start, row, value }, { whole: false, secondsLimit: this.#left(this.#bisectUntil) });
    return finished ? Math.min(most, Math.floor(bound * most + TOLERANCE * Math.max(1, most))) : most;
  }

  /** Any seating in which all reach the floor; `finished` without one: there is none. */
  any(floor: number): { seating?: Seating | undefined; finished: boolean } {
    const program = this.#program(floor);
    // Half of what is left, so that one hard question does not take the time of all easier ones.
    const secondsLimit = this.#left(this.#bisectUntil) / 2;
    const { x, finished } = this.#solve({ ...program, gain: new Float64Array(program.gain.length) }, { whole: true, secondsLimit });
    // An answer that whole numbers do not confirm proves nothing.
    return { seating: x && this.#seatingFrom(x, floor), finished: finished && !x };
  }

  best(floor: number, known: Seating, mostTotal: number): { seating: Seating; bound: number } {
    const { x, bound } = this.#solve(this.#program(floor), {
      whole: true,
      secondsLimit: this.#left(this.#until),
      known: Float64Array.from(known.isSeated),
    });
    const found = x && this.#seatingFrom(x, floor);
    const seating = found && sum(found.totals()) >= sum(known.totals()) ? found : known;
    const total = sum(seating.totals());
    const proved = Number.isFinite(bound) ? Math.floor(bound + BOUND_TOLERANCE + BOUND_DIGITS * Math.abs(bound)) : mostTotal;
    return { seating, bound: Math.max(total, Math.min(mostTotal, proved)) };
  }

  /** Points of floors in such units, so that the solver's tolerance is far below one of them. */
  get #scale(): number {
    return Math.max(1, this.#problem.points.reduce((most, each) => Math.max(most, each), 0));
  }

  #left(until: number): number {
    return Math.max(0.05, (until - performance.now()) / 1000);
  }

  /** Rows: seats of each application, load of each reviewer, floor of each application. */
  #program(floor: number): Parameters<SolveProgram>[0] {
    const { perApplication, applications, min, max, points, applicationOf, reviewer } = this.#problem;
    const seats = applications.map(() => perApplication);
    const scale = this.#scale;
    const row = new Int32Array(points.length * 3);
    const value = new Float64Array(points.length * 3).fill(1);
    for (let pair = 0; pair < points.length; pair++) {
      const application = applicationOf[pair]!;
      row.set([application, applications.length + reviewer[pair]!, this.#floorRow(application)], pair * 3);
      value[pair * 3 + 2] = points[pair]! / scale;
    }
    return {
      gain: Float64Array.from(points),
      least: Float64Array.from([...seats, ...min, ...applications.map(() => floor / scale)]),
      most: Float64Array.from([...seats, ...max, ...seats]),
      start: Int32Array.from({ length: points.length + 1 }, (_, pair) => pair * 3),
      row,
      value,
    };
  }

  #floorRow(application: number): number {
    return this.#problem.applications.length + this.#problem.reviewers.length + application;
  }

  /** Undefined where rounding to whole seats breaks a bound. */
  #seatingFrom(x: Float64Array, floor: number): Seating | undefined {
    const seating = new Seating(this.#problem);
    x.forEach((share, pair) => share > 0.5 && seating.seat(pair));
    const { perApplication, min, max } = this.#problem;
    const isFull = seating.taken.every((taken) => taken === perApplication);
    const isWithin = seating.load.every((load, at) => load >= min[at]! && load <= max[at]!);
    return isFull && isWithin && least(seating) >= floor ? seating : undefined;
  }
}

/** 0 where there is no application. */
function least(seating: Seating): number {
  const totals = seating.totals();
  return totals.length === 0 ? 0 : totals.reduce((low, total) => Math.min(low, total), Infinity);
}

function sum(totals: Float64Array): number {
  return totals.reduce((all, total) => all + total, 0);
}

/** The floor that loads would allow if nobody else asked for anything. */
function mostForAll({ start, points, perApplication, applications }: ReviewProblem): number {
  return applications.reduce((low, _, at) => {
    const own = points.slice(start[at]!, start[at + 1]!).sort((a, b) => b - a);
    return Math.min(low, own.subarray(0, perApplication).reduce((sum_, each) => sum_ + each, 0));
  }, applications.length === 0 ? 0 : Infinity);
}
