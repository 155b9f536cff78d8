import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { dropBySeed, predictFigures } from '../support/figures.ts';

const MENGYANG = 'examples/mengyang';
const scratch = mkdtempSync(join(tmpdir(), 'cobuild-figures-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the sample files', () => {
  it('add up to the figures of the article', async () => {
    expect(await predictFigures(MENGYANG)).toMatchObject({
      communities: 4,
      units: 34,
      needs: 203,
      microProjects: 49,
      fundsFen: 154_100_000,
      reportsAccepted: 196,
      reportsWaived: 0,
      problemsSolved: 132,
      ratingsRejected: 1,
    });
  });

  it('lose what a seed drops, and the same seed drops the same', async () => {
    const whole = await predictFigures(MENGYANG);
    for (const seed of [1, 40]) {
      const dropped = await dropBySeed(MENGYANG, join(scratch, `a${seed}`), seed);
      expect(await dropBySeed(MENGYANG, join(scratch, `b${seed}`), seed)).toEqual(dropped);
      const left = await predictFigures(join(scratch, `a${seed}`));
      expect(left).toMatchObject({ units: 33, microProjects: 49, reportsAccepted: 195, reportsWaived: 1 });
      expect(left.peopleServed).toBeLessThan(whole.peopleServed);
      expect(left.fundsFen + left.inKindFen).toBeLessThan(whole.fundsFen + whole.inKindFen);
      expect(left.problemsSolved).toBeLessThanOrEqual(whole.problemsSolved);
    }
  });
});
