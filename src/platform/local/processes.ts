import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** One process for good: a pid alone is given out again, also after a restart of the machine. */
export interface ProcessMark {
  readonly pid: number;
  /** Opaque; compared for equality only. */
  readonly startedAt: string;
}

/** Start times count from the last boot. */
const BOOT = '/proc/sys/kernel/random/boot_id';
const DEAD = /^[ZX]/;

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** From the state (`man proc`: field 3) on; the command before it may itself hold blanks and parentheses. */
function statFields(pid: number): string[] {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Where there is no /proc. */
function ps(column: string, pid: number): string {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    }).trim();
  } catch {
    return '';
  }
}

function linuxStart(pid: number): string | undefined {
  const fields = statFields(pid);
  const started = fields[19];
  return started && !DEAD.test(fields[0] ?? '') ? `${readOrNothing(BOOT).trim()}/${started}` : undefined;
}

function psStart(pid: number): string | undefined {
  const state = ps('stat', pid);
  return state !== '' && !DEAD.test(state) ? ps('lstart', pid) : undefined;
}

/** Undefined when there is no such process, or only its unreaped remains. */
export function markOf(pid: number): ProcessMark | undefined {
  const startedAt = process.platform === 'linux' ? linuxStart(pid) : psStart(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Also true for the unreaped remains of a process, which `markOf` does not count. */
export function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The process that wants `pid` to run: its parent, but not the shell that npm puts between. */
export function starterOf(pid: number): ProcessMark | undefined {
  let parent = parentOf(pid);
  if (parent && /^\S*sh -c /.test(parent.command)) parent = parentOf(parent.pid);
  return parent && markOf(parent.pid);
}

/** The command line, words separated by blanks; empty when there is no such process. */
export function commandOf(pid: number): string {
  return process.platform === 'linux' ? readOrNothing(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') : ps('args', pid);
}

function parentOf(pid: number): { pid: number; command: string } | undefined {
  const parent = Number(process.platform === 'linux' ? statFields(pid)[1] : ps('ppid', pid));
  return parent > 0 ? { pid: parent, command: commandOf(parent) } : undefined;
}

export function isAlive(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.startedAt === mark.startedAt;
}

function signal(mark: ProcessMark, name: NodeJS.Signals): void {
  try {
    if (isAlive(mark)) process.kill(mark.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const POLL_MS = 25;

/** False when the time is over first. */
export async function waitUntilGone(mark: ProcessMark, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isAlive(mark)) {
    if (performance.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

/** Asks it to end, and kills it when it has not after `graceMs`. A stranger under the same pid is left alone. */
export async function endProcess(mark: ProcessMark, graceMs: number, ask: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  signal(mark, ask);
  if (await waitUntilGone(mark, graceMs)) return;
  signal(mark, 'SIGKILL');
  await waitUntilGone(mark, 5000);
}
