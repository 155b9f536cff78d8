import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { migrate } from '../../src/platform/database/migrate.ts';
import { APPLICATION, createDatabase, createRoles, MIGRATOR } from '../../src/platform/database/roles.ts';
import { serverAccount } from '../../src/platform/local/account.ts';
import { freePort } from '../../src/platform/local/ports.ts';
import { initialise, start, SUPERUSER, urlOf, type Cluster } from '../../src/platform/local/postgres.ts';
import { migrations } from '../../src/schema.ts';
import { endsWithRun, oncePerRun, runFolder } from './run.ts';

export interface TestServer {
  adminUrl(database: string): string;
  migrationUrl(database: string): string;
  url(database: string): string;
}

export const TEMPLATE = 'template_cobuild';

interface Started {
  readonly port: number;
  readonly password: string;
}

/** A killed test server is thrown away, so nothing is written through to disk. */
const THROWN_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
  autovacuum_naptime: '10min',
};

function clusterAt(port: number): Cluster {
  return { folder: join(runFolder(), 'postgres'), port, account: serverAccount(), settings: THROWN_AWAY };
}

function serverOn({ port, password }: Started): TestServer {
  const at = (user: string) => (database: string) => urlOf({ port }, user, password, database);
  return { adminUrl: at(SUPERUSER), migrationUrl: at(MIGRATOR), url: at(APPLICATION) };
}

/** The run's PostgreSQL with its migrated template; about 3 s for the first file that asks. */
export async function testServer(): Promise<TestServer> {
  const started = await oncePerRun('postgres', async (): Promise<Started> => {
    const password = randomBytes(18).toString('base64url');
    const port = await freePort();
    await initialise(clusterAt(port), password);
    endsWithRun(await start(clusterAt(port)));
    const server = serverOn({ port, password });
    await createDatabase(server.adminUrl('postgres'), TEMPLATE);
    await createRoles(server.adminUrl(TEMPLATE), { migrator: password, application: password });
    await migrate({ url: server.migrationUrl(TEMPLATE), migrations });
    return { port, password };
  });
  return serverOn(started);
}
