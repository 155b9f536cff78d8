import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CrawledTown } from '../support/crawler.ts';

let town: CrawledTown;

beforeAll(async () => {
  town = await CrawledTown.start();
}, 120_000);
afterAll(() => town?.stop());

const SEED = Number(process.env['CRAWL_SEED'] ?? 20_261_128);

// 20,000 of them: test/trust/crawler.test.ts.
describe('a robot that knows the description of the API', () => {
  it('meets no failure, no foreign row and no personal value in 500 requests', async () => {
    const { statuses, faults } = await town.crawl(500, SEED);
    expect({ seed: SEED, faults }).toEqual({ seed: SEED, faults: [] });
    expect(Object.keys(statuses).length).toBeGreaterThan(6);
  }, 120_000);
});
