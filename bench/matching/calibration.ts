import { calibrateScores, type Review } from '../../src/matching/calibration/model.ts';
import { numbers } from '../../test/matching/support/instances.ts';
import { print, timed } from './measure.ts';

/** Four reviews of each application, by reviewers of different strictness. */
const [runs] = process.argv.slice(2);
const [APPLICATIONS, REVIEWERS, EACH] = [25_000, 1_250, 4];
const draw = numbers(20261128);
const strictness = Array.from({ length: REVIEWERS }, () => draw(-100, 100) / 10);
const reviews: Review[] = [];
for (let at = 0; at < APPLICATIONS; at++) {
  const merit = draw(40, 90);
  const readers = new Set<number>();
  while (readers.size < EACH) readers.add(draw(0, REVIEWERS - 1));
  for (const reader of readers) reviews.push({ application: `a${at}`, reviewer: `r${reader}`, score: merit + strictness[reader]! + draw(-60, 60) / 10 });
}
const figures = timed(Number(runs), () => {
  if (calibrateScores({ reviews, method: 'blup' }).method !== 'blup') throw new Error('raw means stand');
});
print({ reviews: reviews.length, applications: APPLICATIONS, reviewers: REVIEWERS, ...figures });
