import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allocateBudget } from '../../../src/matching/budget/allocate.ts';
import { parsePabulib } from '../support/pabulib.ts';

/** Real rounds of pabulib.org with their official winners (kept outside the repository). */
const FOLDER = new URL('../../../../shared/data/pabulib/', import.meta.url);

describe('official rounds of equal shares', () => {
  it.each(['Netherlands_Assen_2024.pb', 'Poland_Swiecie_2023.pb'])('%s has its official winners', (name) => {
    const file = new URL(name, FOLDER);
    if (!existsSync(file)) {
      process.stderr.write(`skipped: ${name} is not in ../shared/data/pabulib\n`);
      return;
    }
    const { rule, selected, ...round } = parsePabulib(readFileSync(file, 'utf8'));
    expect(rule).toBe('equalshares/add1');
    const tieBreak = { by: ['votes', 'cost'], seed: 1 } as const;
    const allocation = allocateBudget({ ...round, rule: 'equal-shares', completion: 'add1', tieBreak });
    expect([...allocation.funded].sort()).toEqual([...selected].sort());
    const bare = allocateBudget({ ...round, rule: 'equal-shares', completion: 'none', tieBreak });
    expect(bare.spent).toBeLessThan(allocation.spent);
  });
});
