import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openParts, type Parts } from '../../src/parts.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { APPLICATION, createDatabase, createRoles, MIGRATOR } from '../../src/platform/database/roles.ts';
import { serverAccount } from '../../src/platform/local/account.ts';
import { freePort } from '../../src/platform/local/ports.ts';
import { initialise, SUPERUSER, urlOf, type Cluster } from '../../src/platform/local/postgres.ts';
import type { ProcessMark } from '../../src/platform/local/processes.ts';
import { nodeService, postgresService, temporalService } from '../../src/platform/local/services.ts';
import { Supervisor } from '../../src/platform/local/supervisor.ts';
import { findTemporal } from '../../src/platform/local/temporal-binary.ts';
import { createLog } from '../../src/platform/logging.ts';
import { migrations } from '../../src/schema.ts';
import { BARE_QUEUE, LEAN_QUEUE } from './queues.ts';

const DIST = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const PROJECT = resolve(DIST, '..');
const DATABASE = 'cobuild';

/** Throw-away servers with the settings of production: PostgreSQL writes through to disk, Temporal to a file. */
export interface Stage {
  readonly base: string;
  readonly parts: Parts;
  /** Superuser: past row-level security, for planting. */
  readonly admin: pg.Client;
  /** Highest resident memory so far, in MiB; undefined where the system does not tell. */
  peakMiB(process: 'worker' | 'api'): Promise<number | undefined>;
  end(): Promise<void>;
}

export async function openStage(say: (line: string) => void): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'cobuild-bench-'));
  // PostgreSQL may run as another user than we do.
  await chmod(folder, 0o711);
  const logs = join(folder, 'logs');
  await mkdir(logs);
  let running: Readonly<Record<string, ProcessMark>> = {};
  const supervisor = new Supervisor({ say, record: (marks) => void (running = marks) });
  const closing: (() => Promise<void>)[] = [];
  const end = async (): Promise<void> => {
    for (const close of closing.reverse()) await close();
    await supervisor.stopAll();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const password = randomBytes(18).toString('base64url');
    const secret = (): string => `sample:${randomBytes(32).toString('base64')}`;
    const settings = { max_connections: '80', shared_buffers: '256MB' };
    const cluster: Cluster = { folder: join(folder, 'postgres'), port: await freePort(), account: serverAccount(), settings };
    await initialise(cluster, password);
    await supervisor.add(postgresService(cluster));
    const superuser = (database: string): string => urlOf(cluster, SUPERUSER, password, database);
    await createDatabase(superuser('postgres'), DATABASE);
    await createRoles(superuser(DATABASE), { migrator: password, application: password });
    await migrate({ url: urlOf(cluster, MIGRATOR, password, DATABASE), migrations });
    const admin = new pg.Client({ connectionString: superuser(DATABASE) });
    await admin.connect();
    closing.push(() => admin.end());
    await admin.query(`CREATE TABLE bare_row (id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())`);
    await admin.query(`GRANT INSERT, SELECT ON bare_row TO ${APPLICATION}`);

    const binary = await findTemporal({ env: process.env, goModule: join(PROJECT, 'tools/temporal-cli'), say });
    const temporal = { binary, port: await freePort(), file: join(folder, 'temporal.db') };
    await supervisor.add(temporalService(temporal, logs));
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const env = {
      ...process.env,
      NODE_ENV: 'development',
      PORT: String(port),
      ORIGINS: base,
      RATE_LIMITS: 'lifted',
      DATABASE_URL: urlOf(cluster, APPLICATION, password, DATABASE),
      TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
      PAYLOAD_KEYS: secret(),
      SUBJECT_KEYS: secret(),
      PASSWORD_PEPPER: secret(),
      LOG_LEVEL: 'warn',
    };
    await supervisor.add(nodeService({ name: 'worker', script: join(DIST, 'src/worker.js'), env, logs }));
    const isReady = (): Promise<boolean> => fetch(`${base}/api/health/ready`).then((answer) => answer.ok, () => false);
    await supervisor.add(nodeService({ name: 'api', script: join(DIST, 'src/main.js'), env, logs, isReady }));
    for (const queue of [BARE_QUEUE, LEAN_QUEUE]) {
      const bareEnv = { ...env, TEMPORAL_TASK_QUEUE: queue };
      await supervisor.add(nodeService({ name: queue, script: join(DIST, 'bench/engine/bare-worker.js'), env: bareEnv, logs }));
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
    return { base, parts, admin, peakMiB, end };
  } catch (error) {
    await end();
    throw error;
  }
}
