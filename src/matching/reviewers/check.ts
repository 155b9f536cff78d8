import type { Assignment, ReviewerInput, Seat, Shortage } from './model.ts';

/**
 * Proves an assignment again from the input alone; shares no code with what made it, only the shapes. `tools/verify-assignment.mjs`
 * does so once more for an exported file, without the project.
 */
export interface AssignmentFinding {
  readonly code:
    | 'CONFLICT' // somebody reads what a conflict forbids
    | 'NOT_CANDIDATE' // a pair that is not in the affinity
    | 'SEAT_TWICE'
    | 'SEATS' // an application has not its number of reviewers
    | 'LOAD' // a reviewer reads too little, too much, or not what is stated
    | 'POINTS'
    | 'TOTAL'
    | 'FLOOR' // an application has less than is said to be reached
    | 'PRICE' // not whole, or with the wrong sign for the load
    | 'NOT_OPTIMAL' // the prices do not prove the best assignment
    | 'CUT'; // the shortage does not follow from its numbers
  readonly at: string;
}

interface Question {
  /** Points by reviewer, of each application. */
  readonly points: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly barred: ReadonlyMap<string, ReadonlySet<string>>;
  readonly loads: ReadonlyMap<string, { readonly min: number; readonly max: number }>;
}

function readQuestion({ applications, reviewers, affinity, conflicts, load }: ReviewerInput): Question {
  const points = new Map(applications.map(({ id }) => [id, new Map<string, number>()]));
  for (let row = 0; row < affinity.points.length; row++) {
    points.get(applications[affinity.application[row]!]!.id)!.set(reviewers[affinity.reviewer[row]!]!.id, affinity.points[row]!);
  }
  const barred = new Map<string, Set<string>>(applications.map(({ id }) => [id, new Set()]));
  for (const { application, reviewer } of conflicts) barred.get(application)!.add(reviewer);
  return { points, barred, loads: new Map(reviewers.map((reviewer) => [reviewer.id, reviewer.load ?? load])) };
}

function checkSeats({ points, barred, loads }: Question, perApplication: number, seats: readonly Seat[]): AssignmentFinding[] {
  const findings: AssignmentFinding[] = [];
  const readers = new Map([...points.keys()].map((id) => [id, new Set<string>()]));
  const reads = new Map([...loads.keys()].map((id) => [id, 0]));
  for (const { application, reviewer, points: stated } of seats) {
    if (barred.get(application)?.has(reviewer)) findings.push({ code: 'CONFLICT', at: `${application} ${reviewer}` });
    const known = points.get(application)?.get(reviewer);
    if (known === undefined) findings.push({ code: 'NOT_CANDIDATE', at: `${application} ${reviewer}` });
    else if (known !== stated) findings.push({ code: 'POINTS', at: `${application} ${reviewer}` });
    if (readers.get(application)?.has(reviewer)) findings.push({ code: 'SEAT_TWICE', at: `${application} ${reviewer}` });
    readers.get(application)?.add(reviewer);
    reads.set(reviewer, (reads.get(reviewer) ?? 0) + 1);
  }
  for (const [application, names] of readers) if (names.size !== perApplication) findings.push({ code: 'SEATS', at: application });
  for (const [reviewer, count] of reads) {
    const load = loads.get(reviewer);
    if (!load || count < load.min || count > load.max) findings.push({ code: 'LOAD', at: reviewer });
  }
  return findings;
}

function totalOf(seats: readonly Seat[]): number {
  return seats.reduce((sum, { points }) => sum + points, 0);
}

/**
 * Weak duality: an application gets at most its best `perApplication` pairs after prices, a reviewer's load is worth at
 * most its price times the most load (or, below 0, the least). Sums in big integers: prices may be large.
 */
function dualOf({ points, barred, loads }: Question, perApplication: number, price: ReadonlyMap<string, number>): bigint {
  let dual = 0n;
  for (const [application, row] of points) {
    const kept = [...row].filter(([reviewer]) => !barred.get(application)!.has(reviewer)).map(([reviewer, each]) => each - price.get(reviewer)!);
    for (const each of kept.sort((a, b) => b - a).slice(0, perApplication)) dual += BigInt(each);
  }
  for (const [reviewer, { min, max }] of loads) {
    const each = price.get(reviewer)!;
    // Nobody reads an application twice.
    dual += BigInt(each) * BigInt(each > 0 ? Math.min(max, points.size) : min);
  }
  return dual;
}

/** Empty: no conflict, every bound holds, and the prices prove what is called the best. */
export function checkAssignment(input: ReviewerInput, assignment: Assignment): AssignmentFinding[] {
  const question = readQuestion(input);
  const { best, seats, total, reviewers, floor } = assignment;
  const findings = [...checkSeats(question, input.perApplication, seats), ...checkSeats(question, input.perApplication, best.seats)];
  if (totalOf(seats) !== total) findings.push({ code: 'TOTAL', at: 'total' });
  const price = new Map(reviewers.map((row) => [row.reviewer, row.price]));
  for (const id of question.loads.keys()) if (!Number.isSafeInteger(price.get(id))) findings.push({ code: 'PRICE', at: id });
  for (const { reviewer, load } of reviewers) {
    if (seats.filter((seat) => seat.reviewer === reviewer).length !== load) findings.push({ code: 'LOAD', at: reviewer });
  }
  const perApplication = new Map([...question.points.keys()].map((id) => [id, 0]));
  for (const { application, points } of seats) perApplication.set(application, perApplication.get(application)! + points);
  for (const [application, sum] of perApplication) if (floor && sum < floor.reached) findings.push({ code: 'FLOOR', at: application });
  if (findings.length > 0) return findings;

  const primal = totalOf(best.seats);
  const dual = dualOf(question, input.perApplication, price);
  const { certificate } = best;
  const isStated = certificate.primal === primal && BigInt(certificate.dual) === dual && certificate.gap === 0;
  if (dual !== BigInt(primal) || !isStated) findings.push({ code: 'NOT_OPTIMAL', at: `${primal} ${dual}` });
  return findings;
}

/** Empty: the numbers of the cut follow from the input, and leave no room for an assignment. */
export function checkShortage(input: ReviewerInput, shortage: Shortage): AssignmentFinding[] {
  const { points, barred, loads } = readQuestion(input);
  const named = new Set(shortage.reviewers.map(({ reviewer }) => reviewer));
  const candidates = (application: string): string[] => [...points.get(application)!.keys()].filter((reviewer) => !barred.get(application)!.has(reviewer));
  let [needed, available] = [0, 0];
  if (shortage.of === 'seats') {
    needed = shortage.applications.length * input.perApplication;
    for (const reviewer of named) available += Math.min(loads.get(reviewer)!.max, points.size);
    for (const { application } of shortage.applications) available += candidates(application).filter((reviewer) => !named.has(reviewer)).length;
  } else {
    for (const reviewer of named) needed += loads.get(reviewer)!.min;
    for (const application of points.keys()) available += Math.min(input.perApplication, candidates(application).filter((reviewer) => named.has(reviewer)).length);
  }
  const holds = shortage.needed === needed && shortage.available === available && available < needed;
  return holds ? [] : [{ code: 'CUT', at: `${available} of ${needed}` }];
}
