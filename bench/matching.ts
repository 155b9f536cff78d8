import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureImport } from './matching/import-rows.ts';

const PARTS = ['solve', 'live', 'budget', 'calibration', 'texts', 'reviewers', 'city', 'import'] as const;
type Part = (typeof PARTS)[number];

const { values: options } = parseArgs({
  options: {
    /** Which parts, by commas; all unless told. */
    only: { type: 'string', default: PARTS.join(',') },
    runs: { type: 'string', default: '7' },
  },
});
const DIST = dirname(fileURLToPath(import.meta.url));
const PROJECT = resolve(DIST, '../..');
const INSTALLED = join(PROJECT, '.cobuild/peers');
const OWN_PEERS = join(PROJECT, 'bench/matching/peers');
const PYTHON = join(INSTALLED, 'bin/python');
const SIZES = [
  [500, 100],
  [2_000, 300],
  [10_000, 1_000],
  [100_000, 5_000],
] as const;
/** Slower peers are given up after so long. */
const PATIENCE_MS = 180_000;

interface Peer {
  readonly name: string;
  readonly isThere: boolean;
  /** Larger questions take it minutes. */
  readonly mostNeeds: number;
  readonly command: string;
  readonly args: readonly string[];
}

const inPython = (name: string, script: string, mostNeeds: number): Peer => ({
  name,
  isThere: existsSync(PYTHON),
  mostNeeds,
  command: PYTHON,
  args: [join(OWN_PEERS, script)],
});
const fromNpm = (name: string, mostNeeds: number): Peer => ({
  name,
  isThere: existsSync(join(INSTALLED, 'npm/node_modules', name)),
  mostNeeds,
  command: process.execPath,
  args: [join(OWN_PEERS, 'npm.mjs'), name],
});
const PEERS: readonly Peer[] = [
  inPython('ortools', 'ortools_flow.py', Infinity),
  inPython('highs', 'highs_simplex.py', 10_000),
  fromNpm('glpk.js', 2_000),
  fromNpm('javascript-lp-solver', 500),
  fromNpm('min-cost-flow', 2_000),
];

type Figures = Readonly<Record<string, number>>;

function lastLine(command: string, args: readonly string[], patienceMs?: number): Figures | undefined {
  const { stdout, status, error } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...(patienceMs && { timeout: patienceMs }) });
  if (error && 'code' in error && error.code === 'ETIMEDOUT') return undefined;
  if (status !== 0) throw error ?? new Error(`${args.join(' ')} ended with ${status}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Figures;
}

/** A part of ours in a process of its own, so that its peak of memory is its own. */
function own(script: string, ...args: readonly string[]): Figures {
  return lastLine(process.execPath, [join(DIST, 'matching', `${script}.js`), ...args])!;
}

/** Ours and the peers' on the same question, one after the other in the same run. */
function solve(needs: number, units: number, folder: string): object {
  const file = join(folder, `${needs}.bin`);
  const { runs } = options;
  const ours = own('solve', '--needs', String(needs), '--units', String(units), '--runs', runs, '--file', file);
  const peers: Record<string, Figures | string> = {};
  for (const { name, isThere, mostNeeds, command, args } of PEERS) {
    if (!isThere || needs > mostNeeds) continue;
    // The fast one is measured as often as ours, the others three times.
    const figures = lastLine(command, [...args, file, name === 'ortools' ? runs : String(Math.min(3, Number(runs)))], PATIENCE_MS);
    if (figures && figures['value'] !== ours['value']) throw new Error(`${needs} × ${units}: the plan of ${name} is worth ${figures['value']}, ours ${ours['value']}`);
    peers[name] = figures ?? `more than ${PATIENCE_MS / 1000} s`;
  }
  const ortools = peers['ortools'] as Figures | undefined;
  const ratio = (figure: string): number => Math.round((100 * ours[figure]!) / ortools![figure]!) / 100;
  const ratios = ortools && { ratio: ratio('medianMs'), coldRatio: ratio('coldMs'), memoryRatio: ratio('coldPeakMb') };
  return { needs, units, ours, ...peers, ...ratios };
}

function solveAll(): object[] {
  const missing = PEERS.filter(({ isThere }) => !isThere).map(({ name }) => name);
  if (missing.length > 0) process.stderr.write(`not installed, left out (node bench/matching/peers/install.mjs): ${missing.join(', ')}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'cobuild-matching-'));
  try {
    return SIZES.map(([needs, units]) => solve(needs, units, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ROUNDS = ['Netherlands_Assen_2024.pb', 'Poland_Swiecie_2023.pb'];
const { runs } = options;
const measures: Record<Part, () => unknown> = {
  solve: solveAll,
  live: () => own('live'),
  budget: () => ROUNDS.map((name) => own('budget', join(PROJECT, '../shared/data/pabulib'), name, runs)),
  calibration: () => own('calibration', runs),
  texts: () => own('texts', String(Math.min(3, Number(runs)))),
  reviewers: () => [
    own('reviewers', '--applications', '300', '--reviewers', '60', '--runs', runs, '--floor', '20'),
    own('reviewers', '--applications', '2000', '--reviewers', '300', '--runs', runs),
  ],
  city: () => own('city'),
  import: () => measureImport(),
};

const figures: Record<string, unknown> = {};
for (const part of options.only.split(',') as Part[]) {
  process.stderr.write(`${part} …\n`);
  figures[part] = await measures[part]();
}
process.stdout.write(`${JSON.stringify(figures)}\n`);
