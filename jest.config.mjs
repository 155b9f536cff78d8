const ROOT = import.meta.dirname.replaceAll(/[^\w/]/g, '\\$&');
/** What the product uses and tests import: as modules, and as packages that are required. */
const LIBRARIES = { modules: '@nestjs/[^/]+|fast-check|pg|typeorm|zod', packages: '@temporalio/[^/]+' };

export const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2022',
  },
  module: { type: 'es6' },
};

export const shared = {
  testEnvironment: '<rootDir>/test/support/product/environment.mjs',
  // Most files wait for servers in other processes: one worker for each core, not one less.
  maxWorkers: '100%',
  // Nothing is asserted by time; two cores that build and test at once may take long.
  testTimeout: 60_000,
  // What a file that failed half-way leaves running would keep the whole run from ending.
  forceExit: true,
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  // Built copies hold a package.json each; jest would take them for packages of the same name.
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cobuild'],
  transformIgnorePatterns: [`/node_modules/(?!(${Object.values(LIBRARIES).join('|')})/)`],
  transform: {
    // Once a process, not once a file: it takes longer than most files' tests. With what the fuzzers run by themselves too.
    [`^${ROOT}/(src|activities|workflows|test/matching/support)/.*\\.ts$`]: '<rootDir>/test/support/product/module.mjs',
    [`/node_modules/(${LIBRARIES.modules})/.*\\.m?js$`]: '<rootDir>/test/support/product/module.mjs',
    [`/node_modules/(${LIBRARIES.packages})/.*\\.js$`]: '<rootDir>/test/support/product/package.mjs',
    '\\.ts$': ['@swc/jest', swc],
  },
};

export default {
  ...shared,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  testPathIgnorePatterns: ['<rootDir>/test/browser/', '<rootDir>/test/faults/', '<rootDir>/test/trust/'],
};
