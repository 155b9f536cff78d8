import { parseArgs } from 'node:util';
import { assignReviewers } from '../../src/matching/reviewers/assign.ts';
import type { Assignment } from '../../src/matching/reviewers/model.ts';
import { substitute } from '../../src/matching/reviewers/substitute.ts';
import { loadPrograms } from '../../src/platform/programs/linear.ts';
import { reviewRound } from '../../test/matching/support/review-round.ts';
import { print, rounded, timed } from './measure.ts';

/** Solved, proved again and explained; then one reviewer steps aside; with `--floor` the highest floor within so many seconds. */
const { values: options } = parseArgs({
  options: { applications: { type: 'string' }, reviewers: { type: 'string' }, runs: { type: 'string', default: '5' }, floor: { type: 'string' } },
});
const size = { applications: Number(options.applications), reviewers: Number(options.reviewers), each: 20, perApplication: 3 };
const round = reviewRound(size, 20261128);
let assignment: Assignment | undefined;
const figures = timed(Number(options.runs), () => {
  const answer = assignReviewers(round);
  if (answer.outcome === 'short') throw new Error('nobody could do it');
  assignment = answer;
});
const seat = assignment!.seats[0]!;
const begun = performance.now();
substitute(round, assignment!, [{ application: seat.application, reviewer: seat.reviewer, reason: 'RELATIVE' }]);
const substituteMs = rounded(performance.now() - begun);
let floor: object | undefined;
if (options.floor) {
  const solveProgram = await loadPrograms();
  const from = performance.now();
  const answer = assignReviewers({ ...round, floor: 'max', secondsLimit: Number(options.floor) }, { solveProgram }) as Assignment;
  floor = { ...answer.floor, price: answer.best.certificate.primal - answer.total, seconds: rounded((performance.now() - from) / 1000) };
}
print({ ...size, total: assignment!.total, ...figures, substituteMs, ...(floor && { floor }) });
