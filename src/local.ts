import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { APPLICATION, createDatabase, MIGRATOR } from './platform/database/roles.ts';
import { namedKeys, type NamedKey } from './platform/keys.ts';
import { serverAccount } from './platform/local/account.ts';
import { findInstance, type Instance } from './platform/local/instance.ts';
import { SUPERUSER, urlOf, type Cluster } from './platform/local/postgres.ts';

/** The compiled `src`; processes are started from here. */
export const HERE = dirname(fileURLToPath(import.meta.url));
export const PROJECT = resolve(HERE, '../..');
/** Of every `npm start` in this folder. */
export const DATA = join(PROJECT, '.cobuild');
export const DATABASE = 'cobuild';

/** For a trial on one machine: enough sessions for API and worker, safe against a crash. */
const SETTINGS = { max_connections: '100', shared_buffers: '128MB' };

export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

export function portFrom(env: NodeJS.ProcessEnv): number {
  const port = Number(env['PORT'] || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new CannotStart('PORT must be a number from 1 to 65535');
  return port;
}

export function clusterOf(instance: Instance): Cluster {
  return { folder: instance.clusterFolder, port: instance.ports.postgres, account: serverAccount(), settings: SETTINGS };
}

/** Where this machine reaches the API. */
export function localUrl(port: number, host = ''): string {
  return `http://${['', '0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${port}`;
}

export function environmentFor(instance: Instance, port: number, temporal: string): NodeJS.ProcessEnv {
  const { secrets } = instance;
  return {
    ...process.env,
    NODE_ENV: 'development',
    PORT: String(port),
    // Trying it out from one address, page after page, is no attack.
    RATE_LIMITS: process.env['RATE_LIMITS'] || 'lifted',
    SECOND_FACTOR: process.env['SECOND_FACTOR'] || 'off',
    ORIGINS: [process.env['ORIGINS'] || `http://localhost:${port}`, localUrl(port, process.env['HOST'])].join(','),
    COOKIE_INSTANCE: String(port),
    DATABASE_URL: urlOf(clusterOf(instance), APPLICATION, secrets.application, DATABASE),
    TEMPORAL_ADDRESS: temporal,
    PAYLOAD_KEYS: secrets.payloadKeys,
    SUBJECT_KEYS: secrets.subjectKeys,
    PASSWORD_PEPPER: secrets.pepper,
    ANCHOR_KEYS: secrets.anchorKeys,
    OUTSIDE_FOLDER: process.env['OUTSIDE_FOLDER'] || instance.outside,
  };
}

/** What a command beside the running system needs: its environment, or what `npm start` has made on this port. */
export function installedEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  if (env['DATABASE_URL']) return env;
  const port = portFrom(env);
  const instance = findInstance(DATA, port, serverAccount());
  if (!instance) throw new CannotStart(`there is no DATABASE_URL, and npm start has never run on port ${port}`);
  return environmentFor(instance, port, env['TEMPORAL_ADDRESS'] || `127.0.0.1:${instance.ports.temporal}`);
}

export async function migrateDatabase(instance: Instance, cluster: Cluster): Promise<void> {
  const { superuser, migrator, application } = instance.secrets;
  await createDatabase(urlOf(cluster, SUPERUSER, superuser, 'postgres'), DATABASE);
  const migration = spawn(process.execPath, ['--enable-source-maps', join(HERE, 'migrate.js')], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DATABASE_ADMIN_URL: urlOf(cluster, SUPERUSER, superuser, DATABASE),
      DATABASE_MIGRATION_URL: urlOf(cluster, MIGRATOR, migrator, DATABASE),
      DATABASE_URL: urlOf(cluster, APPLICATION, application, DATABASE),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(migration, 'exit')) as [number | null];
  if (code !== 0) throw new CannotStart('the migrations failed');
}

/** Lies neither in the database nor in its backups: `BACKUP_KEY`, the first seals, all open. */
export function backupKeysFrom(env: NodeJS.ProcessEnv): readonly NamedKey[] {
  const read = namedKeys.safeParse(env['BACKUP_KEY'] ?? '');
  if (!read.success) throw new CannotStart('BACKUP_KEY must be id:base64 with 32 random bytes (openssl rand -base64 32); keep it away from the backups');
  return read.data;
}
