import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tenantScope } from '../../src/kernel/scope.ts';
import { Database } from '../../src/platform/database/database.ts';
import { createSource } from '../../src/platform/database/source.ts';
import { serverAccount } from '../../src/platform/local/account.ts';
import { openBackup, putInPlace, takeBackup } from '../../src/platform/local/backup.ts';
import { freePort } from '../../src/platform/local/ports.ts';
import { start, stop, type Cluster } from '../../src/platform/local/postgres.ts';
import { compareCase } from '../../src/recovery/comparing/model.ts';
import { ComparingStore } from '../../src/recovery/comparing/store.ts';
import { KINDS } from '../../src/recovery/kinds.ts';
import { entities } from '../../src/schema.ts';
import { rounded, timed } from '../engine/figures.ts';
import type { Stage } from '../engine/stage.ts';
import { PLANTED, plantCases } from './planted-cases.ts';

export interface BackupFigures {
  /** With their journals, commands, waits, audit rows and read model; no workflow runs for them. */
  readonly backedUpCases: number;
  readonly backedUpRows: number;
  readonly backupSeconds: number;
  /** While Temporal stood still. */
  readonly backupPausedMs: number;
  readonly backupMiB: number;
  /** Opened, put in place, the server started on it and all cases found. */
  readonly restoreSeconds: number;
  /** Of those found: journals that the machine reads to where head, waits and read model stand. */
  readonly comparedCases: number;
}

const seconds = (ms: number): number => rounded(ms / 1000, 1);

/** Of the running servers, filled with so many cases; what they hold besides is what was measured before. */
export async function measureBackup(stage: Stage, cases: number): Promise<BackupFigures> {
  const { rows } = await plantCases(stage, cases);
  const folder = await mkdtemp(join(tmpdir(), 'cobuild-bench-backup-'));
  // PostgreSQL may run as another user than we do.
  await chmod(folder, 0o711);
  const [file, key] = [join(folder, 'backup'), { id: 'bench', secret: randomBytes(32) }];
  try {
    let [pausedMs, comparedCases] = [0, 0];
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
        comparedCases = await assertRestored(stage.adminUrl, cluster.port, cases);
      } finally {
        await stop(mark);
      }
    });
    const { size } = await stat(file);
    return { backedUpCases: cases, backedUpRows: rows, backupSeconds: seconds(taking), backupPausedMs: pausedMs, backupMiB: rounded(size / 1024 ** 2, 1), restoreSeconds: seconds(restoring), comparedCases };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Evenly drawn from all. */
const COMPARED = 500;

/** Throws unless all came back and those drawn fit; answers how many were. */
async function assertRestored(adminUrl: string, port: number, wanted: number): Promise<number> {
  const url = new URL(adminUrl);
  url.port = String(port);
  const source = createSource({ url: url.href, poolSize: 2, applicationName: 'cobuild-bench', transactionTimeoutMs: 120_000, silenceMs: 125_000, entities });
  await source.initialize();
  const database = new Database(source);
  try {
    return await database.within(tenantScope(PLANTED), async (tx) => {
      const heads = await tx.query<{ caseId: string }>('SELECT case_id AS "caseId" FROM case_head WHERE tenant_id = $1 ORDER BY case_id', [PLANTED]);
      if (heads.length < wanted) throw new Error(`${heads.length} of ${wanted} cases came back`);
      const step = Math.max(1, Math.floor(heads.length / COMPARED));
      const ids = heads.filter((_, at) => at % step === 0).map(({ caseId }) => caseId);
      const found = await new ComparingStore().cases(tx, { ids }, (kind) => KINDS[kind]);
      for (const one of found) {
        const differences = compareCase(KINDS[one.kind]!.machine, one, undefined).filter(([code]) => code !== 'NOT_RUNNING');
        if (differences.length > 0) throw new Error(`${one.caseId}: ${JSON.stringify(differences)}`);
      }
      return found.length;
    });
  } finally {
    await database.close();
  }
}
