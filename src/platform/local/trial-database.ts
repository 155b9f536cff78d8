import { randomBytes } from 'node:crypto';
import { migrate, type MigrateOptions } from '../database/migrate.ts';
import { APPLICATION, createDatabase, createRoles, MIGRATOR } from '../database/roles.ts';
import { SUPERUSER, urlOf, type Cluster } from './postgres.ts';

const DATABASE = 'cobuild';

export interface TrialDatabase {
  /** Of the application's role. */
  readonly url: string;
  /** Superuser: past row-level security. */
  readonly adminUrl: string;
}

/** The product's database, roles (all with the one password) and tables in a cluster that runs. */
export async function prepareDatabase(
  cluster: Cluster,
  password: string,
  migrations: MigrateOptions['migrations'],
): Promise<TrialDatabase> {
  const superuser = (database: string): string => urlOf(cluster, SUPERUSER, password, database);
  await createDatabase(superuser('postgres'), DATABASE);
  await createRoles(superuser(DATABASE), { migrator: password, application: password });
  await migrate({ url: urlOf(cluster, MIGRATOR, password, DATABASE), migrations });
  return { url: urlOf(cluster, APPLICATION, password, DATABASE), adminUrl: superuser(DATABASE) };
}

/** New ones each time; production refuses keys that are called a sample. */
export function trialKeys(): Readonly<Record<'PAYLOAD_KEYS' | 'SUBJECT_KEYS' | 'PASSWORD_PEPPER' | 'ANCHOR_KEYS', string>> {
  const secret = (): string => `sample:${randomBytes(32).toString('base64')}`;
  return { PAYLOAD_KEYS: secret(), SUBJECT_KEYS: secret(), PASSWORD_PEPPER: secret(), ANCHOR_KEYS: secret() };
}
