import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { serverAccount } from '../../src/platform/local/account.ts';
import { openBackup, putInPlace, takeBackup } from '../../src/platform/local/backup.ts';
import { freePort } from '../../src/platform/local/ports.ts';
import { start, stop, type Cluster } from '../../src/platform/local/postgres.ts';
import { rounded, timed } from '../engine/figures.ts';
import { plantProjects } from '../engine/list.ts';
import type { Stage } from '../engine/stage.ts';

export interface BackupFigures {
  readonly backedUpProjects: number;
  readonly backupSeconds: number;
  /** While Temporal stood still. */
  readonly backupPausedMs: number;
  readonly backupMiB: number;
  /** Opened, put in place, the server started on it and all projects found. */
  readonly restoreSeconds: number;
}

const seconds = (ms: number): number => rounded(ms / 1000, 1);

/** Of the running servers, filled with rows of so many projects; what they hold besides is what was measured before. */
export async function measureBackup(stage: Stage, projects: number): Promise<BackupFigures> {
  await plantProjects(stage, projects);
  const folder = await mkdtemp(join(tmpdir(), 'cobuild-bench-backup-'));
  // PostgreSQL may run as another user than we do.
  await chmod(folder, 0o711);
  const [file, key] = [join(folder, 'backup'), { id: 'bench', secret: randomBytes(32) }];
  try {
    let pausedMs = 0;
    const taking = await timed(async () => {
      ({ pausedMs } = await takeBackup({ ...stage.source(), url: stage.adminUrl, extras: {} }, file, key));
    });
    const restoring = await timed(async () => {
      const opened = join(folder, 'opened');
      await openBackup(file, opened, [key]);
      const cluster: Cluster = { folder: join(folder, 'restored/postgres'), port: await freePort(), account: serverAccount(), settings: {} };
      await putInPlace(opened, { clusterFolder: cluster.folder, temporalFile: join(folder, 'restored/temporal.db'), account: cluster.account }, 'before');
      const mark = await start(cluster);
      try {
        await assertProjects(stage.adminUrl, cluster.port, projects);
      } finally {
        await stop(mark);
      }
    });
    const { size } = await stat(file);
    return { backedUpProjects: projects, backupSeconds: seconds(taking), backupPausedMs: pausedMs, backupMiB: rounded(size / 1024 ** 2, 1), restoreSeconds: seconds(restoring) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function assertProjects(adminUrl: string, port: number, wanted: number): Promise<void> {
  const url = new URL(adminUrl);
  url.port = String(port);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const { rows } = await client.query<{ found: number }>('SELECT count(*)::int AS found FROM project');
    if (rows[0]!.found < wanted) throw new Error(`${rows[0]!.found} of ${wanted} projects came back`);
  } finally {
    await client.end();
  }
}
