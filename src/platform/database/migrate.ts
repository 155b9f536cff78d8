import type { DataSource, MixedList } from 'typeorm';
import { OWNER } from './roles.ts';
import { createSource } from './source.ts';

export interface MigrateOptions {
  /** `cobuild_migrator`; the tables then belong to `cobuild_owner`. */
  readonly url: string;
  readonly migrations: MixedList<Function | string>;
}

/** Any number, but always the same one: two migrations of one database wait for each other. */
const MIGRATION_LOCK = 7_310_201;

async function runLocked(source: DataSource): Promise<string[]> {
  const guard = source.createQueryRunner();
  await guard.connect();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const run = await source.runMigrations({ transaction: 'each' });
    return run.map((migration) => migration.name);
  } finally {
    await guard.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await guard.release();
  }
}

/** Runs what has not run yet, each in its own transaction, and returns their names in order. */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const source = createSource({
    url: options.url,
    role: OWNER,
    // One connection holds the lock while the other one migrates.
    poolSize: 2,
    applicationName: 'cobuild-migrate',
    migrations: options.migrations,
  });
  await source.initialize();
  try {
    return await runLocked(source);
  } finally {
    await source.destroy();
  }
}
