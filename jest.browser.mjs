import { shared } from './jest.config.mjs';

/** The built page in a real browser, as its readers use it: minutes, so apart from the quick tests. */
export default {
  ...shared,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testTimeout: 120_000,
};
