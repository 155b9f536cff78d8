export const shared = {
  testEnvironment: 'node',
  // Most files wait for servers in other processes: one worker for each core, not one less.
  maxWorkers: '100%',
  // Nothing is asserted by time; two cores that build and test at once may take long.
  testTimeout: 60_000,
  // What a file that failed half-way leaves running would keep the whole run from ending.
  forceExit: true,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  extensionsToTreatAsEsm: ['.ts'],
  // Built copies hold a package.json each; jest would take them for packages of the same name.
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cobuild'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
        },
        module: { type: 'es6' },
      },
    ],
  },
};

export default {
  ...shared,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  testPathIgnorePatterns: ['<rootDir>/test/browser/', '<rootDir>/test/faults/', '<rootDir>/test/trust/'],
};
