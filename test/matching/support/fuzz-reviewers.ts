import { deepEqual, equal, ok } from 'node:assert/strict';
import { assignReviewers } from '../../../src/matching/reviewers/assign.ts';
import { checkAssignment, checkShortage } from '../../../src/matching/reviewers/check.ts';
import type { Assignment, ReviewerInput } from '../../../src/matching/reviewers/model.ts';
import { substitute } from '../../../src/matching/reviewers/substitute.ts';
import { shuffle, type Draw } from './fuzz-budget.ts';
import { numbers } from './instances.ts';

/** Few rows and few different points, so that ties, full reviewers and least loads that bind are common. */
export function drawReviewerInput(draw: Draw): ReviewerInput {
  const applications = Array.from({ length: draw(0, 4) }, (_, at) => ({ id: `a${at}` }));
  const max = draw(1, 4);
  const load = { min: Math.min(applications.length, draw(0, 1) * draw(0, max)), max };
  const reviewers = Array.from({ length: draw(1, 5) }, (_, at) => ({ id: `r${at}`, ...(draw(0, 5) === 0 && { load: { min: 0, max: draw(0, 2) } }) }));
  const affinity = { application: [] as number[], reviewer: [] as number[], points: [] as number[] };
  const densest = [60, 80, 100, 100][draw(0, 3)]!;
  const widest = [1, 3, 9, 1_000_000][draw(0, 3)]!;
  applications.forEach((_, application) =>
    reviewers.forEach((__, reviewer) => {
      if (draw(0, 99) >= densest) return;
      affinity.application.push(application);
      affinity.reviewer.push(reviewer);
      affinity.points.push(draw(0, widest));
    }),
  );
  const conflicts = applications.flatMap(({ id }) =>
    reviewers.filter(() => draw(0, 5) === 0).map((reviewer) => ({ application: id, reviewer: reviewer.id, reason: 'SAME_UNIT' })),
  );
  return { applications, reviewers, affinity, conflicts, perApplication: draw(1, 3), load, seed: draw(0, 1000) };
}

export interface Enumerated {
  /** undefined: there is no assignment. */
  readonly best: number | undefined;
  /** Most points that every application can have, and the most in all with so many. */
  readonly floor: number;
  readonly bestAtFloor: number;
}

/** Every assignment there is. */
export function enumerateSeats(input: ReviewerInput): Enumerated {
  const { applications, reviewers, affinity, conflicts, perApplication } = input;
  const points = new Map(affinity.points.length === 0 ? [] : Array.from(affinity.points, (each, row) => [`${affinity.application[row]} ${affinity.reviewer[row]}`, each]));
  for (const { application, reviewer } of conflicts) {
    points.delete(`${applications.findIndex(({ id }) => id === application)} ${reviewers.findIndex(({ id }) => id === reviewer)}`);
  }
  const loads = reviewers.map(() => 0);
  let found: Enumerated = { best: undefined, floor: -1, bestAtFloor: -1 };
  const visit = (application: number, total: number, floor: number): void => {
    if (application === applications.length) {
      if (!reviewers.every(({ load = input.load }, at) => loads[at]! >= load.min && loads[at]! <= load.max)) return;
      const low = applications.length === 0 ? 0 : floor;
      const isFairer = low > found.floor || (low === found.floor && total > found.bestAtFloor);
      found = { best: Math.max(found.best ?? -1, total), ...(isFairer ? { floor: low, bestAtFloor: total } : { floor: found.floor, bestAtFloor: found.bestAtFloor }) };
      return;
    }
    choose(application, 0, perApplication, 0, (own) => visit(application + 1, total + own, Math.min(floor, own)));
  };
  const choose = (application: number, from: number, left: number, own: number, then: (own: number) => void): void => {
    if (left === 0) return then(own);
    for (let reviewer = from; reviewer < reviewers.length; reviewer++) {
      const each = points.get(`${application} ${reviewer}`);
      if (each === undefined) continue;
      loads[reviewer]!++;
      choose(application, reviewer + 1, left - 1, own + each, then);
      loads[reviewer]!--;
    }
  };
  visit(0, 0, Infinity);
  return found;
}

export function shuffledReviewerRows(input: ReviewerInput, draw: Draw): ReviewerInput {
  const applications = shuffle(input.applications, draw);
  const reviewers = shuffle(input.reviewers, draw);
  const rows = shuffle([...Array(input.affinity.points.length).keys()], draw);
  return {
    ...input,
    applications,
    reviewers,
    conflicts: shuffle(input.conflicts, draw),
    affinity: {
      application: rows.map((row) => applications.indexOf(input.applications[input.affinity.application[row]!]!)),
      reviewer: rows.map((row) => reviewers.indexOf(input.reviewers[input.affinity.reviewer[row]!]!)),
      points: rows.map((row) => input.affinity.points[row]!),
    },
  };
}

/** More least load than work is bad input, and refused as such. */
export function hasWorkForAll({ applications, reviewers, perApplication, load }: ReviewerInput): boolean {
  return reviewers.reduce((sum, reviewer) => sum + (reviewer.load ?? load).min, 0) <= applications.length * perApplication;
}

/** Against every assignment there is; then somebody steps aside. Throws on the first difference. */
export function fuzzReviewers(seed: number): void {
  const draw = numbers(seed);
  const input = drawReviewerInput(draw);
  if (!hasWorkForAll(input)) return;
  const { best } = enumerateSeats(input);
  const found = assignReviewers(input);
  deepEqual(assignReviewers(shuffledReviewerRows(input, draw)), found);
  if (found.outcome === 'short') {
    equal(best, undefined);
    deepEqual(checkShortage(input, found), []);
    return;
  }
  equal(found.total, best);
  deepEqual(checkAssignment(input, found), []);
  if (found.seats.length > 0) stepAside(input, found, draw);
}

function stepAside(input: ReviewerInput, before: Assignment, draw: Draw): void {
  const seat = before.seats[draw(0, before.seats.length - 1)]!;
  const recusal = { reviewer: seat.reviewer, reason: 'STEPPED_ASIDE', ...(draw(0, 1) === 0 && { application: seat.application }) };
  const answer = substitute(input, before, [recusal]);
  if ('shortage' in answer) {
    equal(enumerateSeats(answer.question).best, undefined);
    deepEqual(checkShortage(answer.question, answer.shortage), []);
    return;
  }
  const { question, assignment, changes } = answer;
  deepEqual(checkAssignment(question, assignment), []);
  equal(assignment.best.certificate.primal, enumerateSeats(question).best);
  const barred = assignment.seats.filter(({ application, reviewer }) => reviewer === seat.reviewer && (recusal.application ?? application) === application);
  deepEqual(barred, []);
  const names = (rows: Assignment['seats']): string[] => rows.map(({ application, reviewer }) => `${application} ${reviewer}`).sort();
  const moved = new Map(changes.map(({ application, from, to }) => [`${application} ${from}`, `${application} ${to}`]));
  deepEqual(names(before.seats).map((name) => moved.get(name) ?? name).sort(), names(assignment.seats));
  if (recusal.application !== undefined && changes.length > 1) noDirectSubstitute(question, before, seat.application);
}

/** Nobody with a place left could have come without anyone else moving. */
function noDirectSubstitute(question: ReviewerInput, before: Assignment, application: string): void {
  const { affinity, applications, reviewers, conflicts } = question;
  Array.from(affinity.points).forEach((_, row) => {
    const reviewer = reviewers[affinity.reviewer[row]!]!;
    if (applications[affinity.application[row]!]!.id !== application) return;
    const reads = before.seats.filter((seat) => seat.reviewer === reviewer.id);
    const isBarred = conflicts.some((conflict) => conflict.application === application && conflict.reviewer === reviewer.id);
    const isThere = reads.some((seat) => seat.application === application);
    ok(isBarred || isThere || reads.length >= (reviewer.load ?? question.load).max);
  });
}
