import { calendarFrom, resolveDeadline } from '../../../src/calendar/model.ts';
import { builtInNotices } from '../../../src/calendar/notices/built-in.ts';
import { blank, remember, type Memory } from '../../../src/cases/model.ts';
import { awardCeiling } from '../../../src/evaluation/award/ceiling/model.ts';
import { awardMachine, type AwardCommand, type AwardEvent, type AwardState } from '../../../src/evaluation/award/model.ts';
import { evaluate, type Evaluation, type Marks } from '../../../src/evaluation/model.ts';
import { doubtsOf, type RatingMark } from '../../../src/evaluation/rating/clusters/model.ts';
import { codeExpiry } from '../../../src/evaluation/rating/model.ts';
import { fen } from '../../../src/kernel/money.ts';
import type { ActorId, OrgPath } from '../../../src/kernel/scope.ts';
import { instantFromMs, localDate, shanghaiDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import type { Policies } from '../../../src/policy/model.ts';
import { gradePoints, reportPoints } from '../../../src/projects/rating/model.ts';
import { pinnedDefault } from '../../support/policies.ts';
import type { Row, Rows } from './row.ts';

const calendar = calendarFrom(builtInNotices, 1);
const start = shanghaiInstant(localDate('2026-03-02'), 9);

/** 25 × 90 + 20 × 80 + 20 × 88 + 20 × 100 + 15 × 60 of 100 points. */
const marks: Marks = { completion: 90, quality: 80, finance: 100, sustainability: 60 };
const ratings = { raters: 5, stars: 22 };
const evaluated = (values: Policies['evaluation'], change: Partial<Marks> = {}): Evaluation =>
  evaluate({ ...marks, ...change }, ratings, values);

/** One weight doubled: its part counts twice, and so does its share of the whole, e.g. (8,510 + 2,250) / 1.25. */
function weight(to: number, after: number): Row<'evaluation', number> {
  return { to, outcome: 'the score', of: (values) => evaluated(values).scoreHundredths, becomes: [8510, after] };
}

function grade(to: number, marked: Partial<Marks>, becomes: readonly [string, string]): Row<'evaluation', number> {
  return { to, outcome: 'the grade', of: (values) => evaluated(values, marked).grade, becomes };
}

export const evaluation: Rows<'evaluation'> = {
  completionWeight: weight(50, 8608),
  qualityWeight: weight(40, 8425),
  satisfactionWeight: weight(40, 8558),
  financeWeight: weight(40, 8758),
  sustainabilityWeight: weight(30, 8183),
  financeVeto: {
    to: false,
    outcome: 'whether bad finance fails a project',
    of: (values) => evaluated(values, { finance: 59 }).vetoedBy,
    becomes: ['finance', null],
  },
  financeVetoBelowPercent: {
    to: 59,
    outcome: 'how bad finance fails a project',
    of: (values) => evaluated(values, { finance: 59 }).vetoedBy,
    becomes: ['finance', null],
  },
  excellentFrom: grade(85, {}, ['good', 'excellent']),
  goodFrom: grade(86, {}, ['good', 'pass']),
  passFrom: grade(76, { completion: 50 }, ['pass', 'fail']),
  ratersMin: {
    to: 6,
    outcome: 'whether satisfaction is shown',
    of: (values) => evaluated(values).satisfaction.percentHundredths,
    becomes: [8800, null],
  },
  ratingCodeDays: {
    to: 31,
    outcome: 'how long a rating code can be used',
    of: ({ ratingCodeDays }) => shanghaiDate(codeExpiry(start, ratingCodeDays)),
    becomes: ['2026-04-02', '2026-04-03'],
  },
  clusterRatings: { to: 4, outcome: 'how many ratings of one network need a look', of: (values) => doubtsOf(sent('one', 10_000), values).doubtful.raters, becomes: [0, 4] },
  clusterSeconds: { to: 15, outcome: 'what is almost the same time', of: (values) => doubtsOf([...sent('one', 10), ...sent('other', 10)], values).clusters.length, becomes: [1, 0] },
};

/** Four ratings of one network, so many seconds apart. */
function sent(network: string, apart: number): RatingMark[] {
  return [0, 1, 2, 3].map((place) => ({ stars: 5, network, receivedAt: instantFromMs(Date.parse(start) + place * apart * 1000) }));
}

/** Where an award stands after two approvals, and when its notice ends or the objection is to be answered. */
function approvedTwice(values: Policies['award'], isObjected = false): Pick<AwardState, 'status' | 'due'> {
  const asked = (id: string) => ({ id, actor: 'somebody' as ActorId, at: start });
  const opening = { awardId: 'a', projectId: 'p', communityId: 'c', orgPath: '/a/' as OrgPath, recipientId: 'c', contentId: 'why' };
  const steps: AwardCommand[] = [
    { ...asked('1'), type: 'open', ...opening, amountFen: fen(100), digest: 'd', preparerId: 'x', policy: pinnedDefault('award', values) },
    { ...asked('2'), type: 'approve', personId: 'ann', accountId: 'ann', digest: 'd' },
    { ...asked('3'), type: 'approve', personId: 'bo', accountId: 'bo', digest: 'd' },
    ...(isObjected ? [{ ...asked('4'), type: 'object' } as const] : []),
  ];
  const { state } = steps.reduce<Memory<AwardState>>((known, command) => {
    const { deadlines = {}, ...decided } = awardMachine.decide(known.state, command, start);
    const due = Object.fromEntries(Object.entries(deadlines).map(([name, spec]) => [name, resolveDeadline(spec, calendar)]));
    const { id: commandId, actor, at } = command;
    return remember(awardMachine, known, { ...decided, version: known.version + 1, commandId, actor, at, due } as AwardEvent);
  }, blank());
  return state!;
}

export const award: Rows<'award'> = {
  gradeFrom: {
    to: 'pass',
    outcome: 'which grades are awarded',
    of: (values) => awardCeiling('pass', fen(1000), values),
    becomes: [0, 500],
  },
  spendPercentMax: {
    to: 60,
    outcome: 'the share of the spending that is awarded',
    of: (values) => awardCeiling('good', fen(1000), values),
    becomes: [500, 600],
  },
  capFen: {
    to: 2_000_000,
    outcome: 'the highest award',
    of: (values) => awardCeiling('good', fen(100_000_000), values),
    becomes: [1_000_000, 2_000_000],
  },
  noticeWorkdays: {
    to: 8,
    outcome: 'the end of the public notice',
    of: (values) => shanghaiDate(approvedTwice(values).due!),
    becomes: ['2026-03-12', '2026-03-13'],
  },
  objectionWorkdays: {
    to: 6,
    outcome: 'the day by which an objection is answered',
    of: (values) => shanghaiDate(approvedTwice(values, true).due!),
    becomes: ['2026-03-10', '2026-03-11'],
  },
  approvals: {
    to: 3,
    outcome: 'how many persons approve',
    of: (values) => approvedTwice(values).status,
    becomes: ['noticed', 'proposed'],
  },
};

export const points: Rows<'points'> = {
  acceptedReportPoints: {
    to: 4,
    outcome: 'the points of a late report',
    of: (values) => reportPoints(values, true),
    becomes: [2, 4],
  },
  onTimeReportPoints: {
    to: 3,
    outcome: 'the points of a report in time',
    of: (values) => reportPoints(values, false),
    becomes: [3, 5],
  },
  excellentPoints: { to: 12, outcome: 'the points of an excellent project', of: (values) => gradePoints(values, 'excellent'), becomes: [10, 12] },
  goodPoints: { to: 7, outcome: 'the points of a good project', of: (values) => gradePoints(values, 'good'), becomes: [6, 7] },
  passPoints: { to: 2, outcome: 'the points of a project that passed', of: (values) => gradePoints(values, 'pass'), becomes: [3, 2] },
};
