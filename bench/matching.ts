import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureImport } from './matching/import-rows.ts';

const { values: options } = parseArgs({
  options: {
    /** Which parts, by commas; all unless told. */
    only: { type: 'string', default: 'solve,city,import' },
    runs: { type: 'string', default: '5' },
  },
});
const only = new Set(options.only.split(','));
const DIST = dirname(fileURLToPath(import.meta.url));
const PROJECT = resolve(DIST, '../..');
const PYTHON = join(PROJECT, '.cobuild/peers/bin/python');
const SIZES = [
  [500, 100],
  [2_000, 300],
  [10_000, 1_000],
  [100_000, 5_000],
] as const;

type Figures = Readonly<Record<string, number>>;

function lastLine(command: string, args: readonly string[]): Figures {
  const printed = execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(printed.trim().split('\n').at(-1)!) as Figures;
}

/** Ours and the peer's on the same question, one after the other in the same run. */
function solve(needs: number, units: number, folder: string): object {
  const file = join(folder, `${needs}.bin`);
  const runs = needs > 50_000 ? String(Math.min(3, Number(options.runs))) : options.runs;
  const ours = lastLine(process.execPath, [join(DIST, 'matching/solve.js'), '--needs', String(needs), '--units', String(units), '--runs', runs, '--file', file]);
  if (!existsSync(PYTHON)) return { needs, units, ours };
  const orTools = lastLine(PYTHON, [join(PROJECT, 'bench/matching/peers/ortools_flow.py'), file, runs]);
  if (orTools['value'] !== ours['value']) throw new Error(`${needs} × ${units}: the peer's plan is worth ${orTools['value']}, ours ${ours['value']}`);
  const ratio = Math.round((100 * ours['medianMs']!) / orTools['medianMs']!) / 100;
  return { needs, units, ours, orTools, ratio };
}

const figures: Record<string, unknown> = {};
if (only.has('solve')) {
  if (!existsSync(PYTHON)) process.stderr.write('OR-Tools is not installed (node bench/matching/peers/install.mjs): ours alone\n');
  const folder = mkdtempSync(join(tmpdir(), 'cobuild-matching-'));
  try {
    figures['solve'] = SIZES.map(([needs, units]) => solve(needs, units, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
if (only.has('city')) figures['city'] = lastLine(process.execPath, [join(DIST, 'matching/city.js')]);
if (only.has('import')) figures['import'] = await measureImport();
process.stdout.write(`${JSON.stringify(figures)}\n`);
