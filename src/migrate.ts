import { loadMigrationConfig } from './platform/config.ts';
import { migrate } from './platform/database/migrate.ts';
import { createRoles } from './platform/database/roles.ts';
import { migrations } from './schema.ts';

function passwordOf(url: string): string {
  return decodeURIComponent(new URL(url).password);
}

const config = loadMigrationConfig(process.env);
if (config.adminUrl && config.url) {
  await createRoles(config.adminUrl, {
    migrator: passwordOf(config.migrationUrl),
    application: passwordOf(config.url),
  });
}
const run = await migrate({ url: config.migrationUrl, migrations });
process.stdout.write(run.length > 0 ? `migrated: ${run.join(', ')}\n` : 'the database is up to date\n');
