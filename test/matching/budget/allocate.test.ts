import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { allocateBudget } from '../../../src/matching/budget/allocate.ts';
import type { BudgetInput } from '../../../src/matching/budget/model.ts';
import { fuzzBudget } from '../support/fuzz-budget.ts';
import { numbers } from '../support/instances.ts';

const round: BudgetInput = {
  projects: [
    { id: 'garden', cost: 600_00, group: 'green' },
    { id: 'lamps', cost: 500_00, group: 'safety' },
    { id: 'bench', cost: 400_00, group: 'green' },
  ],
  budget: 1_000_00,
  rule: 'score-greedy',
  scores: [
    { project: 'garden', score: 90 },
    { project: 'lamps', score: 80 },
    { project: 'bench', score: 53 },
  ],
  completion: 'none',
  tieBreak: { by: [], seed: 1 },
};

const decisionOf = (input: BudgetInput, project: string) => allocateBudget(input).decisions.find((it) => it.project === project)!;

describe('a budget', () => {
  it('keeps to the definitions in random rounds of every rule', () => {
    for (let seed = 1; seed <= 60; seed++) fuzzBudget(numbers(seed * 7919));
  });

  it('tells a loser the points it lacks, and shows the best choice beside the greedy one', () => {
    const allocation = allocateBudget(round);
    expect(allocation).toMatchObject({ funded: ['garden', 'bench'], value: 143, left: 0, best: { value: 143, isExact: true } });
    expect(decisionOf(round, 'lamps')).toMatchObject({ outcome: 'rejected', reasonCode: 'BUDGET', counterfactual: { kind: 'points', points: 11 } });
    const dearer = { ...round, scores: [...round.scores!.slice(0, 2), { project: 'bench', score: 11 }], budget: 900_00 };
    expect(allocateBudget(dearer)).toMatchObject({ funded: ['garden'], value: 90, best: { value: 91, isExact: true } });
    expect(allocateBudget({ ...dearer, rule: 'knapsack' })).toMatchObject({ funded: ['lamps', 'bench'], value: 91 });
  });

  it('names what a floor costs and who makes way', () => {
    const input: BudgetInput = { ...round, rule: 'knapsack', floors: [{ group: 'safety', least: 1 }] };
    expect(allocateBudget(input)).toMatchObject({
      value: 133,
      floors: [{ group: 'safety', spent: 500_00 }],
      floorsPrice: { valueWithout: 143, displaced: ['garden'], added: ['lamps'] },
    });
    expect(decisionOf(input, 'garden').reasonCode).toBe('FLOOR');
  });

  it('leaves projects whose intervals overlap at the line to the panel, or to the draw', () => {
    const close: BudgetInput = {
      ...round,
      budget: 500_00,
      projects: round.projects.map((it) => ({ ...it, cost: 500_00 })),
      scores: [{ project: 'garden', score: 90, low: 79, high: 95 }, ...round.scores!.slice(1)],
    };
    expect(allocateBudget({ ...close, nearLine: 'flag' })).toMatchObject({ funded: ['garden'], nearLine: ['garden', 'lamps'] });
    const asked = allocateBudget({ ...close, nearLine: 'panel' });
    expect(asked).toMatchObject({ funded: [], left: 500_00 });
    expect(asked.decisions.map(({ project, outcome }) => `${project} ${outcome}`).sort()).toEqual(['bench rejected', 'garden undecided', 'lamps undecided']);
    const ranked = { ...close, nearLine: 'panel', tieBreak: { by: [], seed: 1, panel: ['lamps', 'garden'] } } as const;
    expect(allocateBudget(ranked).funded).toEqual(['lamps']);
    const drawn = Array.from({ length: 30 }, (_, seed) => allocateBudget({ ...close, nearLine: 'draw', tieBreak: { by: [], seed } }).funded[0]);
    expect(new Set(drawn)).toEqual(new Set(['garden', 'lamps']));
  });

  it('takes a million identical ballots, and tells what was behind a project', () => {
    const input: BudgetInput = {
      ...round,
      rule: 'equal-shares',
      ballots: [{ approves: ['garden', 'bench'], count: 600_000 }, { approves: ['lamps'], count: 400_000 }],
    };
    expect(allocateBudget(input)).toMatchObject({ funded: ['garden'], endowment: { raised: 0, voters: 1_000_000 } });
    expect(decisionOf(input, 'garden').support).toEqual({ money: 600_00, effectiveVotes: 600_000, shortBy: 0, step: 0 });
    expect(decisionOf(input, 'lamps')).toMatchObject({ reasonCode: 'SUPPORT', support: { money: 400_00, shortBy: 100_00, step: 0 } });
    const grouped = { ...input, ballots: input.ballots!.map(({ approves, count }) => ({ approves, count: count! / 100 })) };
    const single = grouped.ballots.flatMap(({ approves, count }) => Array.from({ length: count }, () => ({ approves })));
    expect(allocateBudget({ ...input, ballots: single })).toEqual(allocateBudget(grouped));
    const million = Array.from({ length: 1_000_000 }, () => ({ approves: ['garden', 'bench'] }));
    expect(allocateBudget({ ...input, ballots: million })).toMatchObject({ funded: ['garden', 'bench'], endowment: { voters: 1_000_000 } });
  });

  it('names the criterion that decided between equal claims', () => {
    const input: BudgetInput = {
      ...round,
      budget: 500_00,
      projects: [{ id: 'a', cost: 500_00 }, { id: 'b', cost: 400_00 }],
      rule: 'equal-shares',
      ballots: [{ approves: ['a', 'b'], count: 7 }],
      scores: [],
      tieBreak: { by: ['votes', 'cost'], seed: 3 },
    };
    expect(allocateBudget(input).ties).toEqual([{ projects: expect.arrayContaining(['a', 'b']), funded: ['b'], decidedBy: 'cost' }]);
    expect(decisionOf(input, 'a').reasonCode).toBe('TIE');
  });

  it('funds nothing where nothing fits', () => {
    for (const rule of ['score-greedy', 'knapsack', 'equal-shares'] as const) {
      const allocation = allocateBudget({ ...round, rule, budget: 1, ballots: [{ approves: [] }] });
      expect(allocation).toMatchObject({ funded: [], left: 1 });
      expect(allocation.decisions.map(({ reasonCode }) => reasonCode)).toEqual(['BUDGET', 'BUDGET', 'BUDGET']);
    }
  });

  it.each<[string, string, Partial<BudgetInput>]>([
    ['BUDGET_COST_INVALID', 'projects/0/cost', { projects: [{ id: 'x', cost: 0 }, ...round.projects] }],
    ['BUDGET_COST_INVALID', 'projects/1/cost', { projects: [round.projects[0]!, { id: 'x', cost: Number.NaN }] }],
    ['MATCHING_ID_TWICE', 'projects/3', { projects: [...round.projects, { id: 'lamps', cost: 5 }] }],
    ['BUDGET_INVALID', 'budget', { budget: -1 }],
    ['BUDGET_INVALID', 'budget', { budget: Infinity }],
    ['BUDGET_SCORE_INVALID', 'scores/1/score', { scores: [round.scores![0]!, { project: 'lamps', score: Number.NaN }, round.scores![2]!] }],
    ['BUDGET_INTERVAL_INVALID', 'scores/0', { scores: [{ project: 'garden', score: 5, low: 6 }, ...round.scores!.slice(1)] }],
    ['BUDGET_SCORE_TWICE', 'scores/3/project', { scores: [...round.scores!, round.scores![0]!] }],
    ['BUDGET_SCORE_MISSING', 'projects/2', { scores: round.scores!.slice(0, 2) }],
    ['BUDGET_BALLOTS_MISSING', 'ballots', { rule: 'equal-shares' }],
    ['BUDGET_BALLOTS_MISSING', 'ballots', { rule: 'equal-shares', ballots: [] }],
    ['BUDGET_PROJECT_UNKNOWN', 'ballots/1', { ballots: [{ approves: [] }, { approves: ['moon'] }] }],
    ['BUDGET_APPROVED_TWICE', 'ballots/0', { ballots: [{ approves: ['lamps', 'lamps'] }] }],
    ['BUDGET_BALLOT_COUNT_INVALID', 'ballots/0/count', { ballots: [{ approves: [], count: -3 }] }],
    ['BUDGET_GROUP_UNKNOWN', 'floors/0/group', { floors: [{ group: 'moon', least: 1 }] }],
    ['BUDGET_FLOORS_UNREACHABLE', '', { floors: [{ group: 'green', least: 1_000_01 }] }],
    ['BUDGET_TOO_MANY_STEPS', '', { rule: 'equal-shares', completion: 'add1', increment: 100_000_000, budget: 400_00, ballots: [{ approves: ['bench'], count: 99_999_999 }, { approves: ['lamps'] }], projects: round.projects.map((it) => ({ ...it, cost: 400_00 })) }],
  ])('refuses with %s at %s', (code, at, change) => {
    let refusal: unknown;
    try {
      allocateBudget({ ...round, ...change });
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code, ...(at && { params: { at } }) });
  });

  it('says "too large" rather than make anybody wait', () => {
    const draw = numbers(5);
    const hard = Array.from({ length: 300 }, (_, at) => ({ id: `p${at}`, cost: draw(1_000_000, 9_999_999) * 2 + 1 }));
    // Worth as much as they cost: no choice beats another, the hardest kind there is.
    const scores = hard.map(({ id, cost }) => ({ project: id, score: cost }));
    const input: BudgetInput = { ...round, projects: hard, scores, budget: 500_000_000 };
    expect(() => allocateBudget({ ...input, rule: 'knapsack' })).toThrow('BUDGET_TOO_LARGE');
    expect(allocateBudget(input).best).toEqual({ value: 500_000_000, isExact: false });
  });
});
