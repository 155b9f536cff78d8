import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { canEnter, type Account } from './account.ts';
import { freePort } from './ports.ts';
import { endProcess, isAlive, markOf, starterOf, type ProcessMark } from './processes.ts';

/** Everything that one `npm start` keeps, in `.cobuild/<port>`. */
export interface Instance {
  readonly folder: string;
  readonly logs: string;
  readonly clusterFolder: string;
  readonly temporalFile: string;
  /** Lists that no restore takes back. */
  readonly outside: string;
  readonly ports: Ports;
  readonly secrets: Secrets;
  /** Of every account of the sample. */
  readonly samplePassword: string;
}

export interface Ports {
  readonly postgres: number;
  readonly temporal: number;
  readonly temporalUi: number;
}

export interface Secrets {
  readonly superuser: string;
  readonly migrator: string;
  readonly application: string;
  readonly payloadKeys: string;
  readonly subjectKeys: string;
  readonly pepper: string;
  readonly anchorKeys: string;
}

interface Launcher {
  readonly self: ProcessMark;
  /** Who started it, e.g. npm; a launcher whose starter is gone was meant to end with it. */
  readonly starter: ProcessMark | null;
}

export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
}

/** Where root keeps the database when `postgres` cannot enter the work folder. */
const OUTSIDE = '/var/lib/cobuild';
const LAUNCHER = 'launcher.json';
const PROCESSES = 'processes.json';
const OUTSIDE_NOTE = 'database-folder.json';

function read<Content>(file: string): Content | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Content) : undefined;
}

/** Whole or not at all, so that a kill in between leaves the former content. */
function write(file: string, content: unknown): void {
  writeFileSync(`${file}.partial`, JSON.stringify(content), { mode: 0o600 });
  renameSync(`${file}.partial`, file);
}

function kept<Content>(file: string, make: () => Content): Content {
  const present = read<Content>(file);
  if (present !== undefined) return present;
  const made = make();
  write(file, made);
  return made;
}

/** Marked as samples, so that production refuses them if somebody copies them there. */
function newSecrets(): Secrets {
  const password = (): string => `sample-${randomBytes(24).toString('base64url')}`;
  const key = (): string => `sample-1:${randomBytes(32).toString('base64')}`;
  return {
    superuser: password(),
    migrator: password(),
    application: password(),
    payloadKeys: key(),
    subjectKeys: key(),
    pepper: key(),
    anchorKeys: key(),
  };
}

/** Those of an older version lack what has come since. */
function completed(file: string): Secrets {
  const secrets = { ...newSecrets(), ...read<Partial<Secrets>>(file) };
  write(file, secrets);
  return secrets;
}

/** The ports of last time if they are free, so that bookmarks of the Temporal page stay good. */
async function choosePorts(file: string): Promise<Ports> {
  const last = read<Ports>(file);
  const ports = {
    postgres: await freePort(last?.postgres),
    temporal: await freePort(last?.temporal),
    temporalUi: await freePort(last?.temporalUi),
  };
  write(file, ports);
  return ports;
}

function databaseFolder(folder: string, account: Account | undefined): string {
  const outside = read<string>(join(folder, OUTSIDE_NOTE));
  if (outside !== undefined) return outside;
  if (canEnter(account, folder)) return join(folder, 'postgres');
  const chosen = join(OUTSIDE, createHash('sha256').update(folder).digest('hex').slice(0, 16));
  mkdirSync(chosen, { recursive: true, mode: 0o711 });
  write(join(folder, OUTSIDE_NOTE), join(chosen, 'postgres'));
  return join(chosen, 'postgres');
}

/**
 * Takes the instance for this process: ends what a killed start has left, then reads or makes what is kept.
 * Throws `AlreadyRunning` while another start holds it.
 */
export async function openInstance(base: string, port: number, account: Account | undefined): Promise<Instance> {
  const folder = resolve(base, String(port));
  // `postgres` passes through to its own folder and sees nothing else.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  for (const name of ['logs', 'temporal']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
  await takeOver(folder);
  write(join(folder, LAUNCHER), { self: markOf(process.pid), starter: starterOf(process.pid) ?? null });
  return instanceIn(folder, account, await choosePorts(join(folder, 'ports.json')));
}

function instanceIn(folder: string, account: Account | undefined, ports: Ports): Instance {
  return {
    folder,
    logs: join(folder, 'logs'),
    clusterFolder: databaseFolder(folder, account),
    temporalFile: join(folder, 'temporal', 'temporal.db'),
    outside: join(folder, 'outside'),
    ports,
    secrets: completed(join(folder, 'secrets.json')),
    samplePassword: kept(join(folder, 'sample-password.json'), () => randomBytes(9).toString('base64url')),
  };
}

/** What a start in this folder has made, whether it runs or not, without taking it over; undefined = nothing. */
export function findInstance(base: string, port: number, account: Account | undefined): Instance | undefined {
  const folder = resolve(base, String(port));
  const ports = read<Ports>(join(folder, 'ports.json'));
  return ports && instanceIn(folder, account, ports);
}

/** What runs by the name of its service; a process that is gone is not named. */
export function runningIn(folder: string): Readonly<Record<string, ProcessMark>> {
  const marks = Object.entries(read<Record<string, ProcessMark>>(join(folder, PROCESSES)) ?? {});
  return Object.fromEntries(marks.filter(([, mark]) => isAlive(mark)));
}

export function recordProcesses(folder: string, running: Readonly<Record<string, ProcessMark>>): void {
  write(join(folder, PROCESSES), running);
}

async function takeOver(folder: string): Promise<void> {
  const launcher = read<Launcher>(join(folder, LAUNCHER));
  if (launcher && isAlive(launcher.self) && launcher.self.pid !== process.pid) {
    if (!launcher.starter || isAlive(launcher.starter)) {
      throw new AlreadyRunning(`it already runs (process ${launcher.self.pid}); stop that one with Ctrl-C first`);
    }
    await endProcess(launcher.self, 60_000);
  }
  const left = Object.values(read<Record<string, ProcessMark>>(join(folder, PROCESSES)) ?? {});
  // Last started, first ended, as in an orderly stop; SIGINT is PostgreSQL's fast stop and ends the others too.
  for (const mark of left.reverse()) await endProcess(mark, 10_000, 'SIGINT');
}

/** Removes every instance, with what it keeps elsewhere. Throws `AlreadyRunning` and then removes nothing. */
export async function removeInstances(base: string): Promise<void> {
  const folders = existsSync(base) ? (await readdir(base)).map((name) => resolve(base, name)) : [];
  for (const folder of folders) await takeOver(folder);
  for (const folder of folders) {
    const outside = read<string>(join(folder, OUTSIDE_NOTE));
    if (outside !== undefined) await rm(resolve(outside, '..'), { recursive: true, force: true });
  }
  await rm(base, { recursive: true, force: true });
  // Other work folders may still have theirs there; ours was not the last one then.
  await rmdir(OUTSIDE).catch(() => undefined);
}
