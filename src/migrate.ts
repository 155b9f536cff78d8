import { ConfigError, loadMigrationConfig } from './platform/config.ts';
import { migrate } from './platform/database/migrate.ts';
import { createRoles } from './platform/database/roles.ts';
import { migrations } from './schema.ts';

function passwordOf(url: string): string {
  return decodeURIComponent(new URL(url).password);
}

/** One-shot, before API and worker start: the roles where an administrator's address is given, then the tables. */
async function main(): Promise<void> {
  const config = loadMigrationConfig(process.env);
  if (config.adminUrl && config.url) {
    await createRoles(config.adminUrl, {
      migrator: passwordOf(config.migrationUrl),
      application: passwordOf(config.url),
    });
  }
  const run = await migrate({ url: config.migrationUrl, migrations });
  process.stdout.write(run.length > 0 ? `migrated: ${run.join(', ')}\n` : 'the database is up to date\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
});
