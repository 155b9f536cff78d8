import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcess, isAlive, markOf, type ProcessMark } from '../../src/platform/local/processes.ts';

/**
 * One call of jest has one folder: its servers are started by the first file that needs them, shared by all,
 * and ended with it. Several calls at the same time share nothing.
 */
const PREFIX = 'cobuild-test-';
const OWNER = 'owner.json';
const PROCESSES = 'processes';
const VARIABLE = 'COBUILD_TEST_RUN';

export async function beginRun(): Promise<void> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  // PostgreSQL may run as another user than we do.
  await chmod(folder, 0o711);
  await writeFile(join(folder, OWNER), JSON.stringify(markOf(process.pid)));
  process.env[VARIABLE] = folder;
}

export async function endRun(): Promise<void> {
  await remove(runFolder());
}

export function runFolder(): string {
  const folder = process.env[VARIABLE];
  if (!folder) throw new Error('only files that jest runs have servers');
  return folder;
}

/** Removes what a killed run has left; another user's is his own business. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (!name.startsWith(PREFIX) || statSync(folder, { throwIfNoEntry: false })?.uid !== process.getuid?.()) continue;
    const owner = read<ProcessMark>(join(folder, OWNER));
    if (owner && !isAlive(owner)) await remove(folder);
  }
}

async function remove(folder: string): Promise<void> {
  const marks = existsSync(join(folder, PROCESSES))
    ? readFileSync(join(folder, PROCESSES), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as ProcessMark)
    : [];
  // SIGQUIT is PostgreSQL's immediate stop: nothing has to be written any more.
  await Promise.all(marks.map((mark) => endProcess(mark, 5000, 'SIGQUIT')));
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

function read<Content>(file: string): Content | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Content) : undefined;
}

/** To be called right after a process is there, so that it ends with the run. */
export function endsWithRun(mark: ProcessMark | undefined): void {
  if (mark) appendFileSync(join(runFolder(), PROCESSES), `${JSON.stringify(mark)}\n`);
}

type Outcome<Result> = { result: Result } | { error: string };

/** Does the work in the first file that asks; all others, also in other workers, get its result. */
export async function oncePerRun<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const file = join(runFolder(), `${name}.json`);
  if (claim(name)) {
    const outcome: Outcome<Result> = await work().then(
      (result) => ({ result }),
      (error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
    await writeFile(`${file}.partial`, JSON.stringify(outcome), { mode: 0o600 });
    await rename(`${file}.partial`, file);
  }
  for (;;) {
    const outcome = read<Outcome<Result>>(file);
    if (outcome && 'error' in outcome) throw new Error(`${name}: ${outcome.error}`);
    if (outcome) return outcome.result;
    await delay(20);
  }
}

function claim(name: string): boolean {
  try {
    mkdirSync(join(runFolder(), `${name}.claimed`));
    return true;
  } catch {
    return false;
  }
}
