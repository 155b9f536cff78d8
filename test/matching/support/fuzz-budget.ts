import { deepEqual, equal } from 'node:assert/strict';
import { allocateBudget } from '../../../src/matching/budget/allocate.ts';
import type { Allocation, BudgetInput, Completion } from '../../../src/matching/budget/model.ts';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { brokenPromises, referenceKnapsack, referenceShares } from './budget-reference.ts';

/** A whole number between two bounds, both included. */
export type Draw = (least: number, most: number) => number;

export function shuffle<T>(rows: readonly T[], draw: Draw): T[] {
  const shuffled = [...rows];
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = draw(0, at);
    [shuffled[at], shuffled[other]] = [shuffled[other]!, shuffled[at]!];
  }
  return shuffled;
}

const COMPLETIONS: readonly Completion[] = ['none', 'add1', 'add1-exhaustive', 'add1+utilitarian'];

/** Small numbers, so that ties are common and everything can be enumerated. */
export function drawBudgetInput(draw: Draw): BudgetInput {
  const groups = ['环境', '安全', undefined];
  const projects = Array.from({ length: draw(1, 7) }, (_, at) => {
    const group = groups[draw(0, 2)];
    return { id: `p${at}`, cost: draw(1, 12) * (draw(0, 1) === 1 ? 100 : 37), ...(group !== undefined && { group }) };
  });
  const floors = [...new Set(projects.flatMap(({ group }) => group ?? []))].map((group) => ({ group, least: draw(0, 900) }));
  const by = [[], ['votes'], ['cost'], ['votes', 'cost']] as const;
  return {
    projects,
    budget: draw(0, 25) * 100,
    rule: 'score-greedy',
    scores: projects.map(({ id }) => {
      const score = draw(0, 8);
      return draw(0, 1) === 1 ? { project: id, score } : { project: id, score, low: score - draw(0, 2), high: score + draw(0, 2) };
    }),
    ballots: Array.from({ length: draw(1, 8) }, () => ({
      approves: projects.map(({ id }) => id).filter(() => draw(0, 2) === 0),
      count: draw(1, 3),
    })),
    completion: COMPLETIONS[draw(0, 3)]!,
    increment: draw(1, 60),
    tieBreak: { by: by[draw(0, 3)]!, seed: draw(0, 1_000_000), ...(draw(0, 3) === 0 && { panel: shuffle(projects.map(({ id }) => id), draw) }) },
    ...(draw(0, 2) === 0 && { floors }),
    ...(draw(0, 3) === 0 && { eligibleFrom: draw(0, 8) }),
  };
}

function shuffledRows(input: BudgetInput, draw: Draw): BudgetInput {
  return {
    ...input,
    projects: shuffle(input.projects, draw),
    scores: shuffle(input.scores!, draw),
    ballots: shuffle(input.ballots!, draw).map((ballot) => ({ ...ballot, approves: shuffle(ballot.approves, draw) })),
  };
}

function allocateOrRefuse(input: BudgetInput): Allocation | string {
  try {
    return allocateBudget(input);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** One random round under every rule, held against the definitions. Throws on any difference. */
export function fuzzBudget(draw: Draw): void {
  const drawn = drawBudgetInput(draw);
  for (const rule of ['score-greedy', 'knapsack', 'equal-shares'] as const) {
    const nearLine = (['flag', 'draw', 'panel'] as const)[draw(0, 2)]!;
    const input: BudgetInput = { ...drawn, rule, nearLine };
    const found = allocateOrRefuse(input);
    const { eligibleFrom, ...open } = input;
    const eligible = drawn.projects.filter(({ id }) => drawn.scores!.find(({ project }) => project === id)!.score >= (eligibleFrom ?? 0));
    const best = referenceKnapsack({ ...open, projects: eligible });
    if (typeof found === 'string') {
      deepEqual({ code: found, best }, { code: 'BUDGET_FLOORS_UNREACHABLE', best: undefined });
      continue;
    }
    deepEqual(brokenPromises(input, found), []);
    deepEqual(allocateBudget(shuffledRows(input, draw)), { ...found, floors: found.floors });
    if (rule === 'knapsack') equal(found.value, best);
    if (rule === 'score-greedy') deepEqual(found.best, { value: best, isExact: true });
    if (rule === 'equal-shares' && !input.floors) deepEqual(found.funded, referenceShares(input));
    checkCounterfactuals(input, found);
  }
}

/** "Needs +n points" is tried out. */
function checkCounterfactuals(input: BudgetInput, found: Allocation): void {
  if (input.rule === 'equal-shares' || input.nearLine !== 'flag') return;
  for (const { project, counterfactual } of found.decisions) {
    if (counterfactual?.kind !== 'points') continue;
    const scores = input.scores!.map((it) => (it.project === project ? { project, score: it.score + counterfactual.points } : it));
    equal(allocateBudget({ ...input, scores }).funded.includes(project), true);
  }
}
