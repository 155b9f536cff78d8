import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { assignReviewers, type Means } from '../../../src/matching/reviewers/assign.ts';
import { checkAssignment, checkShortage } from '../../../src/matching/reviewers/check.ts';
import { assignmentFile } from '../../../src/matching/reviewers/export.ts';
import type { Assignment, ReviewerInput, Shortage } from '../../../src/matching/reviewers/model.ts';
import { substitute, type Substituted } from '../../../src/matching/reviewers/substitute.ts';
import { loadPrograms } from '../../../src/platform/programs/linear.ts';
import type { Changeable } from '../support/changeable.ts';
import { drawReviewerInput, enumerateSeats, fuzzReviewers, hasWorkForAll, shuffledReviewerRows } from '../support/fuzz-reviewers.ts';
import { numbers } from '../support/instances.ts';
import { reviewRound } from '../support/review-round.ts';

const means: Means = { solveProgram: await loadPrograms() };

/** Two garden projects and one on lamps; 王 knows gardens, 李 lamps, 赵 a little of everything. */
const small: ReviewerInput = {
  applications: [{ id: 'garden' }, { id: 'trees' }, { id: 'lamps' }],
  reviewers: [{ id: 'wang' }, { id: 'li' }, { id: 'zhao' }],
  affinity: {
    application: [0, 0, 0, 1, 1, 1, 2, 2, 2],
    reviewer: [0, 1, 2, 0, 1, 2, 0, 1, 2],
    points: [90, 20, 50, 80, 10, 50, 30, 90, 50],
  },
  conflicts: [],
  perApplication: 1,
  load: { min: 1, max: 1 },
  seed: 7,
};

function assigned(input: ReviewerInput): Assignment {
  const answer = assignReviewers(input, means);
  if (answer.outcome === 'short') throw new Error('nobody could do it');
  return answer;
}

function readersOf({ seats }: Assignment): Record<string, string[]> {
  const readers: Record<string, string[]> = {};
  for (const { application, reviewer } of seats) (readers[application] ??= []).push(reviewer);
  return readers;
}

const decisionOn = (assignment: Assignment, application: string) => assignment.decisions.find((decision) => decision.application === application)!;

describe('reviewers', () => {
  it('are the best of all assignments, and of all substitutes, whatever the order of the rows', () => {
    for (let seed = 1; seed <= 600; seed++) fuzzReviewers(seed);
  });

  it('are told apart from those passed over', () => {
    const assignment = assigned(small);
    expect(readersOf(assignment)).toEqual({ garden: ['wang'], trees: ['zhao'], lamps: ['li'] });
    expect(assignment).toMatchObject({ total: 230, best: { certificate: { primal: 230, dual: 230, gap: 0 } } });
    expect(decisionOn(assignment, 'trees')).toMatchObject({
      seats: [{ reviewer: 'zhao', points: 50, because: 'LOAD' }],
      passed: [{ reviewer: 'wang', reasonCode: 'LOAD', points: 80 }, { reviewer: 'li', reasonCode: 'OUTBID', points: 10 }],
    });
    // Exchanging the two would lose ten points, so ten more would do; the prices prove no more than that.
    expect(decisionOn(assignment, 'trees').passed[0]!.marginAtLeast).toBeLessThanOrEqual(10);
    expect(decisionOn(assignment, 'lamps').seats).toEqual([{ reviewer: 'li', points: 90, because: 'FIT' }]);
  });

  it('never meet what a conflict forbids, and the reason is kept', () => {
    const assignment = assigned({ ...small, conflicts: [{ application: 'garden', reviewer: 'wang', reason: 'SAME_UNIT' }] });
    expect(readersOf(assignment)).toEqual({ garden: ['zhao'], trees: ['wang'], lamps: ['li'] });
    expect(decisionOn(assignment, 'garden').passed[0]).toEqual({ reviewer: 'wang', reasonCode: 'CONFLICT', points: 90, conflict: 'SAME_UNIT' });
  });

  it('keep apart 400 planted conflicts in a large round, with both load bounds', () => {
    const round = reviewRound({ applications: 300, reviewers: 60, each: 20, perApplication: 3 }, 20261128);
    const first = assigned(round);
    // What is seated would have been the best: exactly these pairs are now forbidden.
    const planted = first.seats.filter((_, at) => at % 2 === 0).slice(0, 400);
    const conflicts = planted.map(({ application, reviewer }) => ({ application, reviewer, reason: 'RELATIVE' }));
    const second = assigned({ ...round, conflicts });
    const forbidden = new Set(planted.map(({ application, reviewer }) => `${application} ${reviewer}`));
    expect(second.seats.filter(({ application, reviewer }) => forbidden.has(`${application} ${reviewer}`))).toEqual([]);
    expect(second.decisions.flatMap(({ passed }) => passed).filter(({ reasonCode }) => reasonCode === 'CONFLICT')).toHaveLength(400);
    expect(second.total).toBeLessThan(first.total);
    for (const { load, min, max } of second.reviewers) expect([load >= min, load <= max]).toEqual([true, true]);
    expect(new Set(second.reviewers.map(({ load }) => load)).size).toBeGreaterThan(1);
    expect(assigned(shuffledReviewerRows({ ...round, conflicts }, numbers(3)))).toEqual(second);
  });

  it('stop when told so', () => {
    const round = reviewRound({ applications: 1500, reviewers: 200, each: 20, perApplication: 3 }, 1);
    let looks = 0;
    const signal = { get aborted(): boolean { return ++looks === 1; } };
    expect(() => assignReviewers(round, { signal })).toThrow(new Refusal('MATCHING_CANCELLED', 'state'));
  });
});

describe('a floor', () => {
  it('is the highest that all can have, with the most points at it', () => {
    let floors = 0;
    for (let seed = 1; seed <= 2500; seed++) {
      const input = drawReviewerInput(numbers(seed * 7919));
      if (!hasWorkForAll(input)) continue;
      const wanted = enumerateSeats(input);
      // A floor that costs nothing is common, and was proved often enough.
      if (seed % 40 !== 0 && (wanted.best ?? -1) === wanted.bestAtFloor) continue;
      const answer = assignReviewers({ ...input, floor: 'max' }, means);
      if (answer.outcome === 'short') {
        expect(wanted.best).toBeUndefined();
        continue;
      }
      expect(answer.floor).toEqual({ asked: 'max', reached: wanted.floor, most: wanted.floor, bound: wanted.bestAtFloor, finished: true });
      expect([answer.total, answer.best.certificate.primal]).toEqual([wanted.bestAtFloor, wanted.best]);
      if (answer.total < wanted.best!) floors++;
      expect(() => assignReviewers({ ...input, floor: wanted.floor + 1 }, means)).toThrow(expect.objectContaining({ code: 'REVIEW_FLOOR_UNREACHABLE' }));
    }
    expect(floors).toBe(9);
  });

  it('shows what it costs and who makes way', () => {
    const fair: ReviewerInput = {
      ...small,
      applications: small.applications.slice(0, 2),
      affinity: { application: [0, 0, 1, 1], reviewer: [0, 2, 0, 2], points: [90, 60, 80, 20] },
      load: { min: 0, max: 1 },
    };
    expect(readersOf(assigned(fair))).toEqual({ garden: ['zhao'], trees: ['wang'] });
    const uneven: ReviewerInput = { ...fair, affinity: { ...fair.affinity, points: [90, 45, 60, 30] } };
    expect(readersOf(assigned(uneven))).toEqual({ garden: ['wang'], trees: ['zhao'] });
    const floored = assigned({ ...uneven, floor: 40 });
    expect(readersOf(floored)).toEqual({ garden: ['zhao'], trees: ['wang'] });
    expect(floored).toMatchObject({ total: 105, best: { certificate: { primal: 120 } }, floor: { asked: 40, reached: 45, bound: 105, finished: true } });
    expect(decisionOn(floored, 'garden')).toMatchObject({
      seats: [{ reviewer: 'zhao', because: 'FLOOR' }],
      passed: [{ reviewer: 'wang', reasonCode: 'FLOOR' }],
    });
    expect(assigned({ ...uneven, floor: 30 })).toMatchObject({ total: 120, floor: { reached: 30, finished: true } });
  });

  it('says what is proved when the time is up', () => {
    const round = { ...reviewRound({ applications: 120, reviewers: 30, each: 12, perApplication: 3 }, 5), floor: 'max', secondsLimit: 0.4 } as const;
    const answer = assigned(round);
    expect(checkAssignment(round, answer)).toEqual([]);
    const { reached, most, bound, finished } = answer.floor!;
    expect(reached).toBeLessThanOrEqual(most);
    expect(answer.total).toBeLessThanOrEqual(bound);
    expect(finished).toBe(reached === most && answer.total === bound);
  });
});

describe('a round that nobody can read', () => {
  it('names the applications and the reviewers whom they lack', () => {
    const answer = assignReviewers({ ...small, perApplication: 2, load: { min: 0, max: 1 } }) as Shortage;
    expect(answer).toMatchObject({ outcome: 'short', of: 'seats', needed: 6, available: 3 });
    expect(answer.applications.reduce((sum, { missing }) => sum + missing, 0)).toBe(3);
    const conflicts = [{ application: 'lamps', reviewer: 'li', reason: 'SAME_UNIT' }];
    const barred = assignReviewers({ ...small, perApplication: 3, load: { min: 0, max: 3 }, conflicts });
    expect(barred).toEqual({
      outcome: 'short',
      of: 'seats',
      needed: 3,
      available: 2,
      applications: [{ application: 'lamps', candidates: 2, missing: 1 }],
      reviewers: [],
    });
  });

  it('names reviewers for whom there is not enough to read', () => {
    const narrow = { ...small, affinity: { application: [0, 1, 2, 2], reviewer: [0, 0, 0, 1], points: [1, 1, 1, 1] }, reviewers: small.reviewers.slice(0, 2) };
    const input: ReviewerInput = { ...narrow, reviewers: [{ id: 'wang', load: { min: 0, max: 3 } }, { id: 'li', load: { min: 2, max: 3 } }] };
    const answer = assignReviewers(input) as Shortage;
    expect(answer).toMatchObject({ of: 'load', needed: 2, available: 1, reviewers: [{ reviewer: 'li', load: 1, missing: 1 }] });
    expect(checkShortage(input, answer)).toEqual([]);
    expect(checkShortage({ ...input, load: { min: 0, max: 3 }, reviewers: narrow.reviewers }, answer)).toEqual([{ code: 'CUT', at: '1 of 0' }]);
  });
});

describe('whoever steps aside', () => {
  const round = reviewRound({ applications: 60, reviewers: 20, each: 8, perApplication: 3 }, 9);
  const before = assigned(round);

  it('is replaced at once by whoever fits best of those with a place, and nobody else moves', () => {
    const { application, reviewer } = before.seats[0]!;
    const { assignment, changes, question } = substitute(round, before, [{ application, reviewer, reason: 'RELATIVE' }]) as Substituted;
    expect(changes).toMatchObject([{ application, from: reviewer }]);
    expect(checkAssignment(question, assignment)).toEqual([]);
    const seats = decisionOn(assignment, application).seats;
    expect(seats.filter(({ because }) => because === 'SUBSTITUTE')).toMatchObject([{ reviewer: changes[0]!.to }]);
    expect(assignment.best.certificate.primal).toBeGreaterThanOrEqual(assignment.total);
  });

  it('from everything leaves nothing behind', () => {
    const gone = before.reviewers.find(({ load }) => load > 0)!;
    const { assignment, changes } = substitute(round, before, [{ reviewer: gone.reviewer, reason: 'LEFT' }]) as Substituted;
    expect(assignment.seats.some(({ reviewer }) => reviewer === gone.reviewer)).toBe(false);
    expect(changes.length).toBeGreaterThanOrEqual(gone.load);
  });

  it('without a seat is refused', () => {
    const [seat] = before.seats;
    const nobody = round.reviewers.find(({ id }) => !before.seats.some(({ application, reviewer }) => application === seat!.application && reviewer === id))!;
    const recusals = [{ application: seat!.application, reviewer: nobody.id, reason: 'RELATIVE' }];
    expect(() => substitute(round, before, recusals)).toThrow(expect.objectContaining({ code: 'REVIEW_SEAT_UNKNOWN', params: { at: 'recusals/0' } }));
  });
});

describe('bad input is refused with its row', () => {
  const column = (change: Partial<ReviewerInput['affinity']>): Partial<ReviewerInput> => ({ affinity: { ...small.affinity, ...change } });
  const points = (at: number, value: number): Partial<ReviewerInput> => column({ points: Array.from(small.affinity.points).with(at, value) });

  it.each<[string, string, Partial<ReviewerInput>]>([
    ['REVIEW_LOADS_EXCEED_WORK', 'reviewers/1/load', { load: { min: 2, max: 3 } }],
    ['REVIEW_LOADS_EXCEED_WORK', 'reviewers/2/load', { reviewers: [...small.reviewers.slice(0, 2), { id: 'zhao', load: { min: 2, max: 2 } }] }],
    ['REVIEW_LOAD_EXCEEDS_APPLICATIONS', 'reviewers/0/load', { reviewers: [{ id: 'wang', load: { min: 4, max: 9 } }], perApplication: 2 }],
    ['REVIEW_LOAD_INVALID', 'load', { load: { min: 2, max: 1 } }],
    ['REVIEW_LOAD_INVALID', 'load', { load: { min: -1, max: 1 } }],
    ['REVIEW_LOAD_INVALID', 'load', { load: { min: 0, max: Number.NaN } }],
    ['REVIEW_PER_APPLICATION_INVALID', 'perApplication', { perApplication: 0 }],
    ['REVIEW_FLOOR_INVALID', 'floor', { floor: -1 }],
    ['REVIEW_SECONDS_INVALID', 'secondsLimit', { secondsLimit: 0 }],
    ['MATCHING_SEED_INVALID', 'seed', { seed: 0.5 }],
    ['MATCHING_ID_TWICE', 'applications/1', { applications: [{ id: 'garden' }, { id: 'garden' }, { id: 'lamps' }] }],
    ['MATCHING_ID_MISSING', 'reviewers/2', { reviewers: [{ id: 'wang' }, { id: 'li' }, { id: '' }] }],
    ['REVIEW_POINTS_INVALID', 'affinity/3/points', points(3, Number.NaN)],
    ['REVIEW_POINTS_INVALID', 'affinity/0/points', points(0, Infinity)],
    ['REVIEW_POINTS_INVALID', 'affinity/8/points', points(8, -1)],
    ['REVIEW_AFFINITY_RAGGED', 'affinity', column({ points: [1] })],
    ['REVIEW_PAIR_TWICE', 'affinity/1', column({ reviewer: [0, 0, 2, 0, 1, 2, 0, 1, 2] })],
    ['REVIEW_APPLICATION_UNKNOWN', 'affinity/0/application', column({ application: [3, 0, 0, 1, 1, 1, 2, 2, 2] })],
    ['REVIEW_REVIEWER_UNKNOWN', 'affinity/2/reviewer', column({ reviewer: [0, 1, -1, 0, 1, 2, 0, 1, 2] })],
    ['REVIEW_APPLICATION_UNKNOWN', 'conflicts/0/application', { conflicts: [{ application: 'moon', reviewer: 'li', reason: 'R' }] }],
    ['REVIEW_REVIEWER_UNKNOWN', 'conflicts/0/reviewer', { conflicts: [{ application: 'garden', reviewer: 'moon', reason: 'R' }] }],
    ['REVIEW_CONFLICT_REASON_MISSING', 'conflicts/0/reason', { conflicts: [{ application: 'garden', reviewer: 'li', reason: '' }] }],
  ])('%s at %s', (code, at, change) => {
    expect(() => assignReviewers({ ...small, ...change })).toThrow(expect.objectContaining({ code, params: expect.objectContaining({ at }) }));
  });

  it('and what merely asks for nothing is answered', () => {
    const nothing = { ...small, applications: [], affinity: { application: [], reviewer: [], points: [] }, load: { min: 0, max: 1 } };
    expect(assigned(nothing)).toMatchObject({ seats: [], total: 0, best: { certificate: { gap: 0 } } });
    expect(assigned({ ...nothing, reviewers: [], floor: 'max' })).toMatchObject({ seats: [], floor: { reached: 0, finished: true } });
  });
});

describe('proved once more', () => {
  const TOOL = fileURLToPath(new URL('../../../tools/verify-assignment.mjs', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'assignment-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const round = { ...reviewRound({ applications: 40, reviewers: 15, each: 8, perApplication: 3 }, 4), conflicts: [{ application: 'a0', reviewer: 'r0', reason: 'SAME_UNIT' }] };
  const good = assignmentFile(round, assigned(round));
  type Tampered = Changeable<typeof good>;
  const tampered = (change: (file: Tampered) => void): Tampered => {
    const file = structuredClone(good) as unknown as Tampered;
    change(file);
    return file;
  };

  function verdict(file: unknown): { exit: number | null; checks: string[] } {
    const path = join(folder, 'assignment.json');
    writeFileSync(path, JSON.stringify(file));
    const run = spawnSync(process.execPath, [TOOL, path, '--json'], { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } });
    const output = run.stdout ? (JSON.parse(run.stdout) as { problems: { check: string }[] }) : { problems: [] };
    return { exit: run.status, checks: [...new Set(output.problems.map(({ check }) => check))] };
  }

  const rejected: [string, string, (file: Tampered) => void][] = [
    ['conflict', 'CONFLICT', ({ question, assignment: { seats } }) => question.conflicts.push({ ...seats[0]!, reason: 'R' })],
    ['candidate', 'NOT_CANDIDATE', ({ question, assignment: { seats } }) => {
      const { application, reviewer } = seats[0]!;
      question.affinity = question.affinity.filter(([a, r]) => question.applications[a!]!.id !== application || question.reviewers[r!]!.id !== reviewer);
    }],
    ['seats', 'SEATS', ({ question }) => question.perApplication++],
    ['load', 'LOAD', ({ question }) => (question.load.max = 3)],
    ['points', 'POINTS', ({ assignment }) => assignment.seats[3]!.points++],
    ['total', 'TOTAL', ({ assignment }) => assignment.total++],
    ['floor', 'FLOOR', ({ assignment }) => (assignment.floor = { asked: 1, reached: 1_000_000, most: 0, bound: 0, finished: true })],
    ['optimal', 'NOT_OPTIMAL', ({ assignment }) => assignment.reviewers.forEach((row) => (row.price += 1000))],
    ['price', 'PRICE', ({ assignment }) => (assignment.reviewers[0]!.price = 0.5)],
    ['certificate', 'NOT_OPTIMAL', ({ assignment }) => assignment.best.certificate.primal--],
  ];

  it('by a file that shares no code with the project', () => {
    expect(verdict(good)).toEqual({ exit: 0, checks: [] });
    const floored = { ...round, floor: 'max', secondsLimit: 1 } as const;
    expect(verdict(assignmentFile(floored, assigned(floored)))).toEqual({ exit: 0, checks: [] });
    expect(verdict({ format: 'other' }).exit).toBe(2);
  });

  it.each(rejected)('or refused there and here: %s, %s', (check, code, change) => {
    const file = tampered(change);
    expect(verdict(file)).toMatchObject({ exit: 1, checks: expect.arrayContaining([check]) });
    const { affinity, ...rest } = file.question;
    const column = (at: number): number[] => affinity.map((pair) => pair[at]!);
    const question = { ...rest, affinity: { application: column(0), reviewer: column(1), points: column(2) } } as ReviewerInput;
    expect(checkAssignment(question, file.assignment as unknown as Assignment).map((finding) => finding.code)).toContain(code);
  });
});
