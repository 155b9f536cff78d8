import { shared } from './jest.config.mjs';

/** The built page in a real browser, as its readers use it: minutes, so apart from the quick tests. */
export default {
  ...shared,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  // Browser, API, engine and servers of one file fill two cores.
  maxWorkers: 1,
  testTimeout: 120_000,
};
