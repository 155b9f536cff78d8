// node bench/matching/peers/install.mjs: what plans are measured beside, outside the project's packages. Whatever cannot be
// installed is left out, and the benchmark says so.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cobuild/peers');
const PYTHON = ['ortools==9.15.6755', 'highspy==1.16.0'];
const NPM = ['glpk.js@5.0.0', 'javascript-lp-solver@1.0.3', 'min-cost-flow@2.1.0'];

function attempt(what, work) {
  try {
    work();
    console.log(`${what}: installed`);
  } catch (error) {
    console.error(`${what}: not installed (${error.message.split('\n')[0]})`);
    process.exitCode = 1;
  }
}

attempt(PYTHON.join(' '), () => {
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  execFileSync(join(folder, 'bin/pip'), ['install', '--quiet', ...PYTHON], { stdio: 'inherit' });
});
attempt(NPM.join(' '), () => {
  const packages = join(folder, 'npm');
  mkdirSync(packages, { recursive: true });
  writeFileSync(join(packages, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--save-exact', ...NPM], { cwd: packages, stdio: 'inherit', shell: process.platform === 'win32' });
});
