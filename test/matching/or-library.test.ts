import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../../src/matching/check.ts';
import type { MatchInput } from '../../src/matching/solver/input.ts';
import { matchNeeds, solve } from '../../src/matching/solver/match-needs.ts';
import { buildProblem } from '../../src/matching/solver/problem.ts';

/** J. E. Beasley's OR-Library, with the optima it publishes (minimum cost; kept outside the repository). */
const FOLDER = new URL('../../../shared/data/orlib/', import.meta.url);
const OPTIMA = [
  ['assign100.txt', 305],
  ['assign500.txt', 991],
] as const;

function read(file: URL): MatchInput {
  const [size, ...costs] = readFileSync(file, 'utf8').trim().split(/\s+/).map(Number);
  const rows = [...Array(size!).keys()];
  return {
    needs: rows.map((row) => ({ id: `row-${row}` })),
    units: rows.map((row) => ({ id: `column-${row}`, capacity: 1 })),
    edges: {
      need: costs.map((_, at) => Math.floor(at / size!)),
      unit: costs.map((_, at) => at % size!),
      score: costs.map((cost) => -cost),
    },
    rule: 'optimal',
    penalties: rows.map(() => 100_000),
    seed: 1,
  };
}

describe('OR-Library assignment problems', () => {
  it.each(OPTIMA)('%s costs %i', (name, optimum) => {
    const file = new URL(name, FOLDER);
    if (!existsSync(file)) {
      process.stderr.write(`skipped: ${name} is not in ../shared/data/orlib\n`);
      return;
    }
    const input = read(file);
    const plan = matchNeeds(input);
    expect(plan.certificate).toEqual({ primal: -optimum, dual: -optimum, gap: 0 });
    expect(checkPlan(input, plan)).toEqual([]);
    const problem = buildProblem(input);
    const [bulk, single] = [solve(problem, {}, true), solve(problem, {}, false)];
    expect(bulk.placement.nodeOf).toEqual(single.placement.nodeOf);
    expect(bulk.prices).toEqual(single.prices);
  });
});
