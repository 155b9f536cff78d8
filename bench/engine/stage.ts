import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openParts, type Parts } from '../../src/parts.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { APPLICATION } from '../../src/platform/database/roles.ts';
import type { Source } from '../../src/platform/local/backup.ts';
import type { ProcessMark } from '../../src/platform/local/processes.ts';
import { openTrial } from '../../src/platform/local/trial.ts';
import { createLog } from '../../src/platform/logging.ts';
import { migrations } from '../../src/schema.ts';
import { BARE_QUEUE, LEAN_QUEUE } from './queues.ts';

const DIST = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const PROJECT = resolve(DIST, '..');

/** Throw-away servers with the settings of production: PostgreSQL writes through to disk, Temporal to a file. */
export interface Stage {
  readonly base: string;
  readonly parts: Parts;
  /** Superuser: past row-level security, for planting. */
  readonly admin: pg.Client;
  readonly adminUrl: string;
  /** What a backup of these servers copies. */
  source(): Pick<Source, 'clusterFolder' | 'temporal'>;
  /** Highest resident memory so far, in MiB; undefined where the system does not tell. */
  peakMiB(process: 'worker' | 'api'): Promise<number | undefined>;
  end(): Promise<void>;
}

/** `settings`: of PostgreSQL, beside those of every benchmark. */
export async function openStage(say: (line: string) => void, settings: Readonly<Record<string, string>> = {}): Promise<Stage> {
  let running: Readonly<Record<string, ProcessMark>> = {};
  const trial = await openTrial({
    name: 'bench',
    migrations,
    settings: { max_connections: '80', shared_buffers: '256MB', ...settings },
    onDisk: true,
    goModule: join(PROJECT, 'tools/temporal-cli'),
    scripts: { worker: join(DIST, 'src/worker.js'), api: join(DIST, 'src/main.js') },
    say,
    record: (marks) => void (running = marks),
  });
  const { base, env, adminUrl } = trial;
  const closing: (() => Promise<void>)[] = [];
  const end = async (): Promise<void> => {
    for (const close of closing.reverse()) await close();
    await trial.end();
  };
  try {
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    closing.push(() => admin.end());
    await admin.query(`CREATE TABLE bare_row (id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())`);
    await admin.query(`GRANT INSERT, SELECT ON bare_row TO ${APPLICATION}`);
    for (const queue of [BARE_QUEUE, LEAN_QUEUE]) {
      await trial.add(queue, join(DIST, 'bench/engine/bare-worker.js'), { TEMPORAL_TASK_QUEUE: queue });
    }

    const parts = await openParts(loadConfig(env), createLog('warn'), {
      applicationName: 'cobuild-bench',
      transactionTimeoutMs: 120_000,
      answerWithinMs: 30_000,
    });
    closing.push(() => parts.close());
    const peakMiB = async (name: 'worker' | 'api'): Promise<number | undefined> => {
      const status = await readFile(`/proc/${running[name]?.pid}/status`, 'utf8').catch(() => '');
      const [, kib] = /VmHWM:\s+(\d+) kB/.exec(status) ?? [];
      return kib === undefined ? undefined : Math.round(Number(kib) / 1024);
    };
    const source = (): Pick<Source, 'clusterFolder' | 'temporal'> => ({
      clusterFolder: trial.clusterFolder,
      ...(trial.temporalFile !== undefined && { temporal: { file: trial.temporalFile, pid: running['Temporal']?.pid } }),
    });
    return { base, parts, admin, adminUrl, source, peakMiB, end };
  } catch (error) {
    await end();
    throw error;
  }
}
