// npm test [-- jest options]: installs what is missing, then types, lint and the quick tests. Stops at the first failure.
// node tools/test.mjs --browser [jest options]: the page in a real browser.
// node tools/test.mjs --faults [jest options]: the kill, pause and long property runs.
import { build, checkNode, install, main, ROOT, run, say, SetupError } from './lib/project.mjs';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const bin = (path) => join(ROOT, 'node_modules', path);
const JEST = { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim() };

/** Far beyond what each takes: a run that hangs is to say so while somebody still reads it. */
const MINUTES = { tests: 30, browser: 25, faults: 60 };

/** On a shared machine a page or a server may be late once: so few files are run once more, alone, and it is said. */
const MOST_UNSTEADY = 2;

function jest(step, options, config = []) {
  const folder = mkdtempSync(join(tmpdir(), 'cobuild-report-'));
  try {
    return reported(step, options, config, join(folder, 'jest.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function reported(step, options, config, report) {
  const once = (chosen) => run(process.execPath, [bin('jest/bin/jest.js'), ...config, '--json', `--outputFile=${report}`, ...chosen], JEST, MINUTES[step]);
  const code = once(options);
  // Who runs one file wants to see it fail.
  const failed = code === 0 || options.length > 0 ? [] : failedFiles(report);
  if (failed.length === 0 || failed.length > MOST_UNSTEADY) return code;
  const names = failed.map((file) => relative(ROOT, file)).join(', ');
  say(`${step}: once more, alone: ${names}`);
  const second = once(['--runTestsByPath', ...failed]);
  if (second === 0) say(`${step}: UNSTEADY, good only when run again: ${names}`);
  return second;
}

/** None where jest ended before it could say. */
function failedFiles(report) {
  if (!existsSync(report)) return [];
  return JSON.parse(readFileSync(report, 'utf8')).testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
}

const types = (project) => run(process.execPath, [bin('@typescript/native/bin/tsc'), '--noEmit', '-p', project]);

const STEPS = {
  types: () => types('.') || types('web'),
  lint: () => run(process.execPath, [bin('oxlint/bin/oxlint'), '--max-warnings', '0']),
  tests: (options) => jest('tests', options),
  browser: (options) => jest('browser', options, ['--config', 'jest.browser.mjs']),
  faults: (options) => jest('faults', options, ['--config', 'jest.faults.mjs']),
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
