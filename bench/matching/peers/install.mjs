// node bench/matching/peers/install.mjs: OR-Tools in a virtual environment of its own, outside the project's packages.
import { execFileSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cobuild/peers');
execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
execFileSync(`${folder}/bin/pip`, ['install', '--quiet', 'ortools==9.15.6755'], { stdio: 'inherit' });
