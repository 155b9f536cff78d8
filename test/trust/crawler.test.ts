import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CrawledTown } from '../support/crawler.ts';

const REQUESTS = Number(process.env['CRAWL_REQUESTS'] ?? 20_000);
const SEED = Number(process.env['CRAWL_SEED'] ?? 7);

let town: CrawledTown;

beforeAll(async () => {
  town = await CrawledTown.start();
});
afterAll(() => town?.stop());

describe('a robot that knows the description of the API', () => {
  it(`meets no failure, no foreign row and no personal value in ${REQUESTS} requests`, async () => {
    const { requests, statuses, faults } = await town.crawl(REQUESTS, SEED);
    process.stderr.write(`seed ${SEED}, ${requests} requests: ${JSON.stringify(statuses)}\n`);
    expect({ seed: SEED, faults: faults.slice(0, 40) }).toEqual({ seed: SEED, faults: [] });
    // Hostile, but no noise: some are let in, and every kind of refusal is met.
    for (const status of ['200', '400', '401', '403', '404', '413', '415', '422']) expect(statuses[status]).toBeGreaterThan(10);
  });
});
