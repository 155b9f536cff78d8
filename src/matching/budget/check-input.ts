import { indexRows, RowErrors } from '../row-errors.ts';
import type { BudgetInput } from './model.ts';

/** A trillion yuan: sums of them stay exact in a double. */
const MOST_FEN = 100_000_000_000_000;
const MOST_POINTS = 1_000_000_000;
const MOST_PROJECTS = 10_000;
const MOST_VOTERS = 100_000_000;

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function checkProjects(input: BudgetInput, errors: RowErrors): Map<string, number> {
  if (input.projects.length > MOST_PROJECTS) errors.add('projects', 'BUDGET_TOO_MANY_PROJECTS');
  if (!isWhole(input.budget, 0, MOST_FEN)) errors.add('budget', 'BUDGET_INVALID');
  if (!isWhole(input.increment ?? 1, 1, MOST_FEN)) errors.add('increment', 'BUDGET_INCREMENT_INVALID');
  if (!isWhole(input.tieBreak.seed, 0, 0xffffffff)) errors.add('tieBreak/seed', 'MATCHING_SEED_INVALID');
  input.projects.forEach(({ cost }, row) => {
    if (!isWhole(cost, 1, MOST_FEN)) errors.add(`projects/${row}/cost`, 'BUDGET_COST_INVALID');
  });
  return indexRows(input.projects.map(({ id }) => id), 'projects', errors);
}

function checkScores(input: BudgetInput, index: ReadonlyMap<string, number>, errors: RowErrors): void {
  const { scores, rule, projects, eligibleFrom } = input;
  const seen = new Set<string>();
  scores?.forEach(({ project, score, low, high }, row) => {
    if (!index.has(project)) errors.add(`scores/${row}/project`, 'BUDGET_PROJECT_UNKNOWN');
    if (seen.has(project)) errors.add(`scores/${row}/project`, 'BUDGET_SCORE_TWICE');
    seen.add(project);
    if (!isWhole(score, 0, MOST_POINTS)) errors.add(`scores/${row}/score`, 'BUDGET_SCORE_INVALID');
    const isInterval = Number.isFinite(low ?? score) && Number.isFinite(high ?? score) && (low ?? score) <= score && (high ?? score) >= score;
    if (!isInterval) errors.add(`scores/${row}`, 'BUDGET_INTERVAL_INVALID');
  });
  if (eligibleFrom !== undefined && !isWhole(eligibleFrom, 0, MOST_POINTS)) errors.add('eligibleFrom', 'BUDGET_SCORE_INVALID');
  if (rule === 'equal-shares' && eligibleFrom === undefined) return;
  projects.forEach(({ id }, row) => {
    if (!seen.has(id)) errors.add(`projects/${row}`, 'BUDGET_SCORE_MISSING');
  });
}

function checkBallots(input: BudgetInput, index: ReadonlyMap<string, number>, errors: RowErrors): void {
  if (input.rule === 'equal-shares' && !input.ballots) errors.add('ballots', 'BUDGET_BALLOTS_MISSING');
  let voters = 0;
  const approvedBy = new Int32Array(input.projects.length).fill(-1);
  input.ballots?.forEach(({ approves, count = 1 }, row) => {
    if (!isWhole(count, 1, MOST_VOTERS)) errors.add(`ballots/${row}/count`, 'BUDGET_BALLOT_COUNT_INVALID');
    voters += count;
    for (const id of approves) {
      const project = index.get(id);
      if (project === undefined) errors.add(`ballots/${row}`, 'BUDGET_PROJECT_UNKNOWN');
      else if (approvedBy[project] === row) errors.add(`ballots/${row}`, 'BUDGET_APPROVED_TWICE');
      else approvedBy[project] = row;
    }
  });
  if (voters > MOST_VOTERS) errors.add('ballots', 'BUDGET_TOO_MANY_VOTERS');
}

function checkTieBreakAndFloors(input: BudgetInput, index: ReadonlyMap<string, number>, errors: RowErrors): void {
  const panel = input.tieBreak.panel ?? [];
  indexRows(panel, 'tieBreak/panel', errors);
  panel.forEach((id, row) => {
    if (!index.has(id)) errors.add(`tieBreak/panel/${row}`, 'BUDGET_PROJECT_UNKNOWN');
  });
  const floors = input.floors ?? [];
  const groups = new Set(input.projects.map(({ group }) => group));
  indexRows(floors.map(({ group }) => group), 'floors', errors);
  floors.forEach(({ group, least }, row) => {
    if (!groups.has(group)) errors.add(`floors/${row}/group`, 'BUDGET_GROUP_UNKNOWN');
    if (!isWhole(least, 0, MOST_FEN)) errors.add(`floors/${row}/least`, 'BUDGET_FLOOR_INVALID');
  });
}

/** Refuses what has no right answer, naming each row (`projects/3/cost`). */
export function checkBudgetInput(input: BudgetInput): void {
  const errors = new RowErrors();
  const index = checkProjects(input, errors);
  checkScores(input, index, errors);
  checkBallots(input, index, errors);
  checkTieBreakAndFloors(input, index, errors);
  errors.throwIfAny();
}
