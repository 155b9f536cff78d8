import { shared } from './jest.config.mjs';

/** Kills, pauses and long properties: one file at a time, each with servers of its own. */
export default {
  ...shared,
  testMatch: ['<rootDir>/test/faults/**/*.test.ts', '<rootDir>/test/trust/**/*.test.ts'],
  maxWorkers: 1,
  testTimeout: 30 * 60_000,
};
