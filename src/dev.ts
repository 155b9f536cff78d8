import { join, relative } from 'node:path';
import { SAMPLE_TENANT } from './accounts/model.ts';
import { allAccounts } from './demo/accounts.ts';
import { CannotStart, clusterOf, DATA, environmentFor, HERE, localUrl, migrateDatabase, portFrom, PROJECT } from './local.ts';
import { serverAccount } from './platform/local/account.ts';
import { AlreadyRunning, openInstance, recordProcesses, removeInstances, type Instance } from './platform/local/instance.ts';
import { isFree } from './platform/local/ports.ts';
import { initialise, type Cluster } from './platform/local/postgres.ts';
import { nodeService, postgresService, taskService, temporalService } from './platform/local/services.ts';
import { Supervisor } from './platform/local/supervisor.ts';
import { findTemporal, NoTemporal } from './platform/local/temporal-binary.ts';
import type { TemporalServer } from './platform/local/temporal-server.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Ready, not only alive: what is printed below works. */
async function isServing(port: number, host?: string): Promise<boolean> {
  return fetch(`${localUrl(port, host)}/api/health/ready`, { signal: AbortSignal.timeout(5000) }).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** The server to use; undefined when TEMPORAL_ADDRESS names one that runs elsewhere. */
async function temporalFor(instance: Instance, signal: AbortSignal): Promise<TemporalServer | undefined> {
  if (process.env['TEMPORAL_ADDRESS']) return undefined;
  const binary = await findTemporal({ env: process.env, goModule: join(PROJECT, 'tools/temporal-cli'), say, signal });
  return { binary, port: instance.ports.temporal, uiPort: instance.ports.temporalUi, file: instance.temporalFile };
}

async function startAll(supervisor: Supervisor, instance: Instance, cluster: Cluster, port: number): Promise<void> {
  const temporal = await temporalFor(instance, supervisor.signal);
  const address = temporal ? `127.0.0.1:${temporal.port}` : String(process.env['TEMPORAL_ADDRESS']);

  say('PostgreSQL: starting');
  await initialise(cluster, instance.secrets.superuser);
  await supervisor.add(postgresService(cluster));
  await migrateDatabase(instance, cluster);
  if (temporal) {
    say('Temporal: starting');
    await supervisor.add(temporalService(temporal, instance.logs));
  }
  say('Worker and API: starting');
  const env = environmentFor(instance, port, address);
  await supervisor.add(nodeService({ name: 'worker', script: join(HERE, 'worker.js'), env, logs: instance.logs }));
  await supervisor.add(
    nodeService({
      name: 'api',
      script: join(HERE, 'main.js'),
      env,
      logs: instance.logs,
      isReady: () => isServing(port, env['HOST']),
    }),
  );
  say('');
  say('Cobuild runs.');
  say(`  The page                 http://localhost:${port}`);
  say(`  API and its description  http://localhost:${port}/api/docs`);
  say(temporal ? `  Temporal's own page      http://localhost:${temporal.uiPort}` : `  Temporal                 ${address}`);
  say(`  Data, logs, secrets      ${relative(process.cwd(), instance.folder) || '.'}`);
  say('  Ctrl-C stops it and keeps the data; npm run reset removes the data.');
  if (!process.argv.includes('--empty')) await loadSample(supervisor, instance, { ...env, SAMPLE_URL: localUrl(port, env['HOST']) });
}

/** In the background; interrupted at any point, the next start goes on with it. */
async function loadSample(supervisor: Supervisor, instance: Instance, env: NodeJS.ProcessEnv): Promise<void> {
  const { samplePassword, logs } = instance;
  say(`  Sample                   tenant ${SAMPLE_TENANT}, password ${samplePassword}, accounts:`);
  for (const { login, role } of allAccounts) say(`                             ${login.padEnd(9)} ${role}`);
  say('');
  const script = join(HERE, 'sample.js');
  await supervisor.add(
    taskService({ name: 'sample', script, logs, env: { ...env, SAMPLE_PASSWORD: samplePassword }, say: (line) => say(`Sample: ${line}`) }),
  );
}

async function main(): Promise<void> {
  const port = portFrom(process.env);
  const account = serverAccount();
  const instance = await openInstance(DATA, port, account);
  if (!(await isFree(port))) throw new CannotStart(`port ${port} is in use; choose another one: PORT=${port + 1} npm start`);
  const cluster = clusterOf(instance);
  const supervisor = new Supervisor({ say, record: (running) => recordProcesses(instance.folder, running) });

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      say('Stopping');
      await supervisor.stopAll();
    })();
    return stopping;
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void stop());
  try {
    await startAll(supervisor, instance, cluster, port);
  } catch (error) {
    const asked = stopping !== undefined;
    await stop();
    if (!asked) throw error;
  }
  // The supervisor's polling keeps the process until everything has stopped.
}

try {
  await (process.argv.includes('--reset') ? removeInstances(DATA) : main());
} catch (error) {
  const expected = error instanceof CannotStart || error instanceof AlreadyRunning || error instanceof NoTemporal;
  process.stderr.write(`\n${expected ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
