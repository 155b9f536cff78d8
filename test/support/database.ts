import { randomUUID } from 'node:crypto';
import { Database } from '../../src/platform/database/database.ts';
import { cloneDatabase, dropDatabase } from '../../src/platform/database/roles.ts';
import { createSource } from '../../src/platform/database/source.ts';
import { entities } from '../../src/schema.ts';
import { TEMPLATE, testServer } from './postgres.ts';

export interface TestDatabase {
  /** As the application connects: `cobuild_app`, under row-level security. */
  readonly url: string;
  /** As migrations connect: `cobuild_migrator`. */
  readonly migrationUrl: string;
  /** As nobody connects in production: for looking behind row-level security in a test. */
  readonly adminUrl: string;
  readonly database: Database;
  /** To be awaited in `afterAll`; ends sessions that a test has left open. */
  drop(): Promise<void>;
}

/** A migrated, empty database of one's own; one for each test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await cloneDatabase(server.adminUrl('postgres'), TEMPLATE, name);
  const source = createSource({
    url: server.url(name),
    poolSize: 10,
    applicationName: 'cobuild-test',
    entities,
  });
  await source.initialize();
  const database = new Database(source);
  return {
    url: server.url(name),
    migrationUrl: server.migrationUrl(name),
    adminUrl: server.adminUrl(name),
    database,
    drop: async () => {
      await database.close();
      await dropDatabase(server.adminUrl('postgres'), name);
    },
  };
}
