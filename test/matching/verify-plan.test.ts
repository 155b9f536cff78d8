import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { planFile, type PlanFile } from '../../src/matching/export.ts';
import { askQuestion } from '../../src/matching/scoring.ts';
import { matchNeeds } from '../../src/matching/solver/match-needs.ts';
import type { Changeable } from './support/changeable.ts';
import { street } from './support/street.ts';

const TOOL = fileURLToPath(new URL('../../tools/verify-plan.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Verdict {
  readonly exit: number | null;
  readonly checks: string[];
}

function verify(file: unknown): Verdict {
  const path = join(folder, 'plan.json');
  writeFileSync(path, JSON.stringify(file));
  const run = spawnSync(process.execPath, [TOOL, path, '--json'], { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } });
  const output = run.stdout ? (JSON.parse(run.stdout) as { problems: { check: string }[] }) : { problems: [] };
  return { exit: run.status, checks: [...new Set(output.problems.map(({ check }) => check))] };
}

function exported(seed: number, rule: 'optimal' | 'stable' = 'optimal'): PlanFile {
  const frozen = street(seed, 49, 34);
  const first = matchNeeds(askQuestion(frozen));
  const placed = first.placed.filter(({ unit }) => unit !== null);
  const choices = placed.slice(0, 10).map(({ need, unit }, at) => ({ proposalId: need, offerId: unit, forbid: at >= 5 }));
  const question = { ...askQuestion(frozen, choices), rule };
  return planFile({ facts: frozen, question, plan: matchNeeds(question), inputHash: 'hash-of-the-facts', choices, humanDecisions: [] });
}

type Tampered = Changeable<PlanFile>;

function tampered(change: (file: Tampered) => void): Tampered {
  const file = structuredClone(exported(11)) as unknown as Tampered;
  change(file);
  return file;
}

describe('tools/verify-plan.mjs', () => {
  it.each([1, 2, 3])('proves an exported plan (%i)', (seed) => {
    expect(verify(exported(seed))).toEqual({ exit: 0, checks: [] });
  });

  it.each<[string, unknown]>([
    ['order', tampered(({ plan }) => plan.placed.reverse())],
    ['order', tampered(({ plan }) => plan.placed.pop())],
    ['shape', tampered(({ plan }) => plan.seed++)],
    ['shape', tampered(({ question }) => question.edges.push(question.edges[0]!))],
    ['excluded', tampered(({ question }) => {
      const [need, unit] = question.edges.at(-1)!;
      question.excluded.push({ need: question.needs[need]!.id, unit: question.units[unit]!.id, reason: 'CONFLICT' });
    })],
    ['candidate', tampered(({ plan, question }) => {
      const pinned = question.pinned[0]!.need;
      plan.placed.find((row) => row.need === pinned)!.unit = null;
    })],
    ['value', tampered(({ plan }) => plan.placed[7]!.value++)],
    ['value', tampered(({ question }) => question.edges.forEach((edge) => edge[2][0]!++))],
    ['capacity', tampered(({ question }) => question.units.forEach((unit) => (unit.capacity = 0)))],
    ['price', tampered(({ plan }) => (plan.prices[0]!.price = -5))],
    ['optimal', tampered(({ plan }) => plan.prices.forEach((row) => (row.price += 100_000)))],
    ['optimal', tampered(({ question }) => question.units.forEach((unit) => (unit.capacity += 50)))],
    ['certificate', tampered(({ plan }) => plan.certificate!.primal--)],
  ])('finds what is wrong: %s', (check, file) => {
    const verdict = verify(file);
    expect(verdict.exit).toBe(1);
    expect(verdict.checks).toContain(check);
  });

  it('finds an equally good plan that does not come first', () => {
    const points = [1, 0, 0, 0, 0, 0, 0, 0];
    const file = exported(1);
    const question = {
      ...file.question,
      needs: [{ id: 'a', penalty: 5 }],
      units: [{ id: 'u', capacity: 1 }, { id: 'v', capacity: 1 }],
      edges: [[0, 0, points], [0, 1, points]],
      pinned: [],
      excluded: [],
    };
    const both = (unit: string): unknown => ({
      ...file,
      question,
      plan: {
        rule: 'optimal',
        seed: question.seed,
        placed: [{ need: 'a', unit, value: 1 }],
        prices: matchNeeds({ ...question, edges: { need: [], unit: [], score: [] }, penalties: [5], rule: 'optimal' }).prices.map((row) => ({ ...row, used: row.unit === unit ? 1 : 0 })),
        certificate: { primal: 1, dual: 1, gap: 0 },
      },
    });
    const verdicts = [verify(both('u')), verify(both('v'))];
    expect(verdicts.map(({ exit }) => exit).sort()).toEqual([0, 1]);
    expect(verdicts.flatMap(({ checks }) => checks)).toEqual(['first']);
  });

  it('proves a stable plan, and finds who would both rather have each other', () => {
    const file = exported(4, 'stable');
    expect(verify(file)).toEqual({ exit: 0, checks: [] });
    const pinned = new Set(file.question.pinned.map(({ need }) => need));
    const left = structuredClone(file) as unknown as Tampered;
    const freed = left.plan.placed.find(({ need, unit }) => unit !== null && !pinned.has(need))!;
    left.plan.prices.find(({ unit }) => unit === freed.unit)!.used--;
    Object.assign(freed, { unit: null, value: -left.question.needs.find(({ id }) => id === freed.need)!.penalty });
    expect(verify(left)).toEqual({ exit: 1, checks: ['blocking'] });
  });

  it('refuses a file of another kind', () => {
    expect(verify({ format: 'other' }).exit).toBe(2);
  });
});
