import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import type { NamedKey } from '../keys.ts';
import type { Account } from './account.ts';
import { OpenStream, SealStream } from './sealed-stream.ts';

/** What a running server keeps for itself, or rebuilds (PostgreSQL's manual, "Making a Base Backup Using the Low Level API"). */
const EMPTY = new Set(['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans']);
const LEFT_OUT = /^(postmaster\.(pid|opts)|pg_internal\.init.*|pgsql_tmp.*|server\.log|backup_label.*|tablespace_map.*)$/;
const SEGMENT = /^[0-9A-F]{24}$/;

export interface Source {
  /** Of a superuser. */
  readonly url: string;
  readonly clusterFolder: string;
  /** Temporal's file, and its process while it runs; absent: Temporal keeps its data in the same cluster. */
  readonly temporal?: { readonly file: string; readonly pid: number | undefined };
  /** Small files that belong to it, by name. */
  readonly extras: Readonly<Record<string, string>>;
}

/** Files may go while they are looked for: what a running server removes belongs to no backup. */
async function copyTree(from: string, to: string, top = true): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await (top && EMPTY.has(entry.name) ? mkdir(target, { mode: 0o700 }) : copyTree(source, target, false));
    else await copyIfThere(source, target);
  }
}

async function copyIfThere(from: string, to: string): Promise<void> {
  await copyFile(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/**
 * Both databases as a power cut would leave them at one instant, from a running system. PostgreSQL is copied as a base
 * backup; Temporal stands still while its file is copied and the base backup ends, so that no history can be ahead.
 */
export async function takeBackup(source: Source, target: string, key: NamedKey): Promise<{ readonly pausedMs: number }> {
  await mkdir(dirname(target), { recursive: true });
  const stage = await mkdtemp(`${target}.stage-`);
  try {
    const { pausedMs } = await gather(source, stage);
    for (const [name, content] of Object.entries(source.extras)) await writeFile(join(stage, name), content, { mode: 0o600 });
    const tar = spawn('tar', ['-c', '-C', stage, '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(tar, 'exit');
    await pipeline(tar.stdout, new SealStream(key), createWriteStream(`${target}.partial`, { mode: 0o600 }));
    const [code] = (await ended) as [number | null];
    if (code !== 0) throw new Error(`tar ended with ${code}`);
    await rename(`${target}.partial`, target);
    return { pausedMs };
  } finally {
    await rm(stage, { recursive: true, force: true });
    await rm(`${target}.partial`, { force: true });
  }
}

async function gather(source: Source, stage: string): Promise<{ readonly pausedMs: number }> {
  const client = new pg.Client({ connectionString: source.url, application_name: 'cobuild-backup' });
  await client.connect();
  try {
    // Goes with the session; until then no segment that the copy needs is recycled.
    await client.query("SELECT pg_create_physical_replication_slot('cobuild_backup', true, true)");
    await client.query("SELECT pg_backup_start('cobuild', true)");
    const folder = join(stage, 'postgres');
    await copyTree(source.clusterFolder, folder);
    const begun = performance.now();
    const stopped = await standingStill(source.temporal?.pid, async () => {
      if (source.temporal) await copyTemporal(source.temporal.file, stage);
      const { rows } = await client.query<{ labelfile: string; spcmapfile: string; segment: string }>(
        'SELECT labelfile, spcmapfile, pg_walfile_name(lsn) AS segment FROM pg_backup_stop(false)',
      );
      return rows[0]!;
    });
    const pausedMs = Math.round(performance.now() - begun);
    await client.query('SELECT pg_switch_wal()');
    const first = /START WAL LOCATION: .* \(file ([0-9A-F]{24})\)/.exec(stopped.labelfile)?.[1] ?? '';
    const wal = join(source.clusterFolder, 'pg_wal');
    const segments = (await readdir(wal)).filter((name) => SEGMENT.test(name) && name >= first && name <= stopped.segment);
    for (const name of segments) await copyFile(join(wal, name), join(folder, 'pg_wal', name));
    await writeFile(join(folder, 'backup_label'), stopped.labelfile, { mode: 0o600 });
    if (stopped.spcmapfile.trim() !== '') throw new Error('tablespaces outside the cluster are not backed up');
    return { pausedMs };
  } finally {
    await client.end();
  }
}

async function standingStill<Result>(pid: number | undefined, work: () => Promise<Result>): Promise<Result> {
  if (pid === undefined) return work();
  process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** The shared-memory file is rebuilt; the log holds what the main file does not have yet. */
async function copyTemporal(file: string, stage: string): Promise<void> {
  await copyFile(file, join(stage, 'temporal.db'));
  await copyIfThere(`${file}-wal`, join(stage, 'temporal.db-wal'));
}

/** Opens a backup into a new folder; proved to its end before anything of it may be used. */
export async function openBackup(file: string, folder: string, keys: readonly NamedKey[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Reads on behind the archive's own end: it would be gone before the last piece has come and been proved.
  const tar = spawn('tar', ['-x', '--ignore-zeros', '-C', folder], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(tar, 'exit');
  try {
    await pipeline(createReadStream(file), new OpenStream(keys), tar.stdin);
  } catch (error) {
    tar.kill();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`tar ended with ${code}`);
}

/** Puts the opened backup where the system looks for it; what was there goes aside and is kept. Answers where. */
export async function putInPlace(
  opened: string,
  place: { readonly clusterFolder: string; readonly temporalFile: string; readonly account: Account | undefined },
  mark: string,
): Promise<string[]> {
  const aside: string[] = [];
  const putAside = async (path: string): Promise<void> => {
    if (!existsSync(path)) return;
    await rename(path, `${path}.${mark}`);
    aside.push(`${path}.${mark}`);
  };
  await putAside(place.clusterFolder);
  await mkdir(dirname(place.clusterFolder), { recursive: true, mode: 0o711 });
  await copyWhole(join(opened, 'postgres'), place.clusterFolder, place.account);
  for (const suffix of ['', '-wal', '-shm']) await putAside(`${place.temporalFile}${suffix}`);
  for (const suffix of ['', '-wal']) await copyIfThere(join(opened, `temporal.db${suffix}`), `${place.temporalFile}${suffix}`);
  return aside;
}

/** Everything, for the server's account. */
export async function copyWhole(from: string, to: string, account: Account | undefined): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o700);
  if (account) await chown(to, account.uid, account.gid);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyWhole(source, target, account);
    else {
      await copyFile(source, target);
      await chmod(target, 0o600);
      if (account) await chown(target, account.uid, account.gid);
    }
  }
}
