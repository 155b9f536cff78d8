import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocateBudget } from '../../src/matching/budget/allocate.ts';
import { parsePabulib } from '../../test/matching/support/pabulib.ts';
import { print, timed } from './measure.ts';

/** An official round of equal shares: `budget.js FOLDER NAME RUNS`; its winners must come out. */
const [folder, name, runs] = process.argv.slice(2) as [string, string, string];
const file = join(folder, name);
if (existsSync(file)) {
  const { selected, ...round } = parsePabulib(readFileSync(file, 'utf8'));
  let funded: readonly string[] = [];
  const figures = timed(Number(runs), () => {
    ({ funded } = allocateBudget({ ...round, rule: 'equal-shares', completion: 'add1', tieBreak: { by: ['votes', 'cost'], seed: 1 } }));
  });
  if ([...funded].sort().join() !== [...selected].sort().join()) throw new Error(`${name}: other winners than the official ones`);
  print({ round: name, projects: round.projects.length, ballots: round.ballots.length, funded: funded.length, ...figures });
} else {
  print({ round: name, skipped: 'not in ../shared/data/pabulib' });
}
