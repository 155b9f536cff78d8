import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrateOptions } from '../database/migrate.ts';
import { serverAccount } from './account.ts';
import { freePort } from './ports.ts';
import { initialise, type Cluster } from './postgres.ts';
import type { ProcessMark } from './processes.ts';
import { nodeService, postgresService, temporalService } from './services.ts';
import { Supervisor } from './supervisor.ts';
import { findTemporal } from './temporal-binary.ts';
import { prepareDatabase, trialKeys } from './trial-database.ts';

export interface TrialOptions {
  /** In the names of the folder. */
  readonly name: string;
  readonly migrations: MigrateOptions['migrations'];
  /** Of PostgreSQL. */
  readonly settings: Readonly<Record<string, string>>;
  /** Temporal in a file, as in production; in memory otherwise. */
  readonly onDisk: boolean;
  /** Where Temporal's server is built from, should none be found. */
  readonly goModule: string;
  /** Compiled entries of the two processes. */
  readonly scripts: { readonly worker: string; readonly api: string };
  say(line: string): void;
  /** Says nothing of the services that start; what is slow is still said. */
  readonly quiet?: boolean;
  /** Tells which processes run, whenever that changes. */
  record?(marks: Readonly<Record<string, ProcessMark>>): void;
}

/** Servers and processes of their own in a folder of their own, all gone at the end. */
export interface Trial {
  readonly base: string;
  readonly env: NodeJS.ProcessEnv;
  /** Superuser: past row-level security. */
  readonly adminUrl: string;
  readonly clusterFolder: string;
  /** Absent: Temporal keeps everything in memory. */
  readonly temporalFile?: string;
  /** One process more, with other settings on top. */
  add(name: string, script: string, settings?: NodeJS.ProcessEnv): Promise<void>;
  end(): Promise<void>;
}

export async function openTrial(options: TrialOptions): Promise<Trial> {
  const { say, scripts } = options;
  const folder = await mkdtemp(join(tmpdir(), `cobuild-${options.name}-`));
  // PostgreSQL may run as another user than we do.
  await chmod(folder, 0o711);
  const logs = join(folder, 'logs');
  await mkdir(logs);
  const supervisor = new Supervisor({ say: options.quiet ? () => undefined : say, record: (marks) => options.record?.(marks) });
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> =>
    (ending ??= (async () => {
      await supervisor.stopAll();
      await rm(folder, { recursive: true, force: true });
    })());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void end().then(() => process.exit(1)));
  }
  try {
    const password = randomBytes(18).toString('base64url');
    const { settings } = options;
    const cluster: Cluster = { folder: join(folder, 'postgres'), port: await freePort(), account: serverAccount(), settings };
    await initialise(cluster, password);
    await supervisor.add(postgresService(cluster));
    const database = await prepareDatabase(cluster, password, options.migrations);
    const binary = await findTemporal({ env: process.env, goModule: options.goModule, say });
    const temporal = { binary, port: await freePort(), ...(options.onDisk && { file: join(folder, 'temporal.db') }) };
    await supervisor.add(temporalService(temporal, logs));
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const env = {
      ...process.env,
      NODE_ENV: 'development',
      PORT: String(port),
      ORIGINS: base,
      RATE_LIMITS: 'lifted',
      SECOND_FACTOR: 'off',
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
      ...trialKeys(),
      LOG_LEVEL: 'warn',
    };
    const add = (name: string, script: string, extra: NodeJS.ProcessEnv = {}): Promise<void> =>
      supervisor.add(nodeService({ name, script, env: { ...env, ...extra }, logs }));
    await add('worker', scripts.worker);
    const isReady = (): Promise<boolean> => fetch(`${base}/api/health/ready`).then((answer) => answer.ok, () => false);
    await supervisor.add(nodeService({ name: 'api', script: scripts.api, env, logs, isReady }));
    return { base, env, adminUrl: database.adminUrl, clusterFolder: cluster.folder, ...(temporal.file !== undefined && { temporalFile: temporal.file }), add, end };
  } catch (error) {
    await end();
    throw error;
  }
}
