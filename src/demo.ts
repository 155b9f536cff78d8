import { randomBytes } from 'node:crypto';
import { mkdtemp, mkdir, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { playYear } from './demo/driver.ts';
import { figuresOf } from './demo/figures.ts';
import { tenantId } from './kernel/scope.ts';
import { openParts } from './parts.ts';
import { loadConfig } from './platform/config.ts';
import { migrate } from './platform/database/migrate.ts';
import { APPLICATION, createDatabase, createRoles, MIGRATOR } from './platform/database/roles.ts';
import { serverAccount } from './platform/local/account.ts';
import { freePort } from './platform/local/ports.ts';
import { initialise, SUPERUSER, urlOf, type Cluster } from './platform/local/postgres.ts';
import { nodeService, postgresService, temporalService } from './platform/local/services.ts';
import { Supervisor } from './platform/local/supervisor.ts';
import { findTemporal } from './platform/local/temporal-binary.ts';
import { createLog } from './platform/logging.ts';
import { migrations } from './schema.ts';

/** The compiled `src`; its processes are started from here. */
const HERE = dirname(fileURLToPath(import.meta.url));
const PROJECT = resolve(HERE, '../..');
const DATABASE = 'cobuild';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    input: { type: 'string', default: join(PROJECT, 'examples/mengyang') },
    seed: { type: 'string', default: '1' },
  },
});

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A bar on a terminal, nothing elsewhere. */
function showProgress(done: number, day: string): void {
  if (!process.stderr.isTTY) return;
  const width = 40;
  const full = Math.round(done * width);
  process.stderr.write(`\r${day} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.round(done * 100)} %${done === 1 ? '\n' : ''}`);
}

const seed = Number(options.seed);
if (!Number.isSafeInteger(seed)) throw new Error('--seed must be a whole number');

const folder = await mkdtemp(join(tmpdir(), 'cobuild-demo-'));
// PostgreSQL may run as another user than we do.
await chmod(folder, 0o711);
const logs = join(folder, 'logs');
await mkdir(logs);
const supervisor = new Supervisor({ say: () => undefined, record: () => undefined });
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
  const secret = (): string => `sample:${randomBytes(32).toString('base64')}`;
  // Thrown away afterwards, so nothing needs to be written through to disk.
  const settings = { fsync: 'off', synchronous_commit: 'off', max_connections: '60', shared_buffers: '128MB' };
  const cluster: Cluster = { folder: join(folder, 'postgres'), port: await freePort(), account: serverAccount(), settings };
  await initialise(cluster, password);
  await supervisor.add(postgresService(cluster));
  const admin = (database: string): string => urlOf(cluster, SUPERUSER, password, database);
  await createDatabase(admin('postgres'), DATABASE);
  await createRoles(admin(DATABASE), { migrator: password, application: password });
  await migrate({ url: urlOf(cluster, MIGRATOR, password, DATABASE), migrations });
  const binary = await findTemporal({ env: process.env, goModule: join(PROJECT, 'tools/temporal-cli'), say });
  const temporal = { binary, port: await freePort() };
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
  await supervisor.add(nodeService({ name: 'worker', script: join(HERE, 'worker.js'), env, logs }));
  const isReady = (): Promise<boolean> => fetch(`${base}/api/health/ready`).then((answer) => answer.ok, () => false);
  await supervisor.add(nodeService({ name: 'api', script: join(HERE, 'main.js'), env, logs, isReady }));

  const config = loadConfig(env);
  const parts = await openParts(config, createLog('warn'), {
    applicationName: 'cobuild-demo',
    transactionTimeoutMs: 30_000,
    answerWithinMs: 30_000,
  });
  const begun = performance.now();
  const tenant = tenantId('sample');
  const stage = { app: parts.app, tenant, base, password: randomBytes(18).toString('base64url') };
  const outcome = await playYear(stage, { dir: resolve(options.input), seed, name: '蒙阳街道（示例数据）', progress: showProgress });
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const figures = await figuresOf(parts.app, parts.client, tenant, outcome, seconds);
  await parts.close();
  if (!options.json) say('');
  process.stdout.write(`${options.json ? JSON.stringify(figures) : JSON.stringify(figures, undefined, 2)}\n`);
} catch (error) {
  say(`\n${(error as Error).stack}`);
  process.exitCode = 1;
} finally {
  await end();
}
