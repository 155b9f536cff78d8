// npm test [-- jest options]: installs what is missing, then types, lint and the quick tests. Stops at the first failure.
// node tools/test.mjs --browser [jest options]: the page in a real browser.
// node tools/test.mjs --faults [jest options]: the kill, pause and long property runs.
import { build, checkNode, install, main, ROOT, run, say, SetupError } from './lib/project.mjs';
import { join } from 'node:path';

const bin = (path) => join(ROOT, 'node_modules', path);
const JEST = { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim() };

/** Far beyond what each takes: a run that hangs is to say so while somebody still reads it. */
const MINUTES = { tests: 30, browser: 25, faults: 60 };
const jest = (step, options) => run(process.execPath, [bin('jest/bin/jest.js'), ...options], JEST, MINUTES[step]);

const types = (project) => run(process.execPath, [bin('@typescript/native/bin/tsc'), '--noEmit', '-p', project]);

const STEPS = {
  types: () => types('.') || types('web'),
  lint: () => run(process.execPath, [bin('oxlint/bin/oxlint'), '--max-warnings', '0']),
  tests: (options) => jest('tests', options),
  browser: (options) => jest('browser', ['--config', 'jest.browser.mjs', ...options]),
  faults: (options) => jest('faults', ['--config', 'jest.faults.mjs', ...options]),
};

await main(() => {
  checkNode();
  install();
  const [first, ...rest] = process.argv.slice(2);
  const long = { '--browser': 'browser', '--faults': 'faults' }[first];
  if (long === 'faults') build();
  for (const step of long ? [long] : ['types', 'lint', 'tests']) {
    const begun = performance.now();
    const code = STEPS[step](long ? rest : process.argv.slice(2));
    say(`${step}: ${code === 0 ? 'good' : 'failed'} after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    if (code !== 0) throw new SetupError(`the step "${step}" failed`);
  }
});
