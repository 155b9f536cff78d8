import pg from 'pg';

/** Owns every table and function and logs in nowhere; bypasses row-level security inside its doors. */
export const OWNER = 'cobuild_owner';
/** Logs in for migrations only and takes on the owner's role. */
export const MIGRATOR = 'cobuild_migrator';
/** What API and worker connect as: owns nothing, never bypasses row-level security. */
export const APPLICATION = 'cobuild_app';
/** What the application takes on to write blocks and anchors of the record, and for nothing else; logs in nowhere. */
export const SEALER = 'cobuild_sealer';
/** Reads the whole record and nothing else; an auditor's own login is made a member of it. */
export const AUDITOR = 'cobuild_auditor';

export interface RolePasswords {
  readonly migrator: string;
  readonly application: string;
}

async function asAdministrator<Result>(adminUrl: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function hasRow(client: pg.Client, sql: string, name: string): Promise<boolean> {
  const found = await client.query(sql, [name]);
  return found.rowCount === 1;
}

async function createRole(client: pg.Client, role: string, attributes: string): Promise<void> {
  const exists = await hasRow(client, 'SELECT 1 FROM pg_roles WHERE rolname = $1', role);
  await client.query(
    `${exists ? 'ALTER' : 'CREATE'} ROLE ${role} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION ${attributes}`,
  );
}

/** Rights on a database are not copied with its template, so each database is opened by itself. */
async function openDatabase(client: pg.Client, name: string): Promise<void> {
  const database = pg.escapeIdentifier(name);
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${MIGRATOR}, ${APPLICATION}, ${AUDITOR}`);
  // CREATE lets the owner's migrations add trusted extensions.
  await client.query(`GRANT CREATE ON DATABASE ${database} TO ${OWNER}`);
}

/**
 * Creates or repairs the five roles and their rights in the database that `adminUrl` (a superuser) names.
 * Can be repeated; passwords are set again each time, so that a changed secret takes effect.
 */
export async function createRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  await asAdministrator(adminUrl, async (client) => {
    await client.query('BEGIN');
    await client.query("SET LOCAL password_encryption = 'scram-sha-256'");
    // The statements below carry passwords.
    await client.query("SET LOCAL log_statement = 'none'; SET LOCAL log_min_duration_statement = -1");
    await createRole(client, OWNER, 'NOLOGIN BYPASSRLS');
    await createRole(client, MIGRATOR, `LOGIN NOBYPASSRLS PASSWORD ${pg.escapeLiteral(passwords.migrator)}`);
    await createRole(client, APPLICATION, `LOGIN NOBYPASSRLS PASSWORD ${pg.escapeLiteral(passwords.application)}`);
    for (const role of [SEALER, AUDITOR]) await createRole(client, role, 'NOLOGIN NOBYPASSRLS');
    await client.query(`GRANT ${OWNER} TO ${MIGRATOR} WITH INHERIT FALSE, SET TRUE`);
    await client.query(`GRANT ${SEALER} TO ${APPLICATION} WITH INHERIT FALSE, SET TRUE`);
    await client.query(`ALTER SCHEMA public OWNER TO ${OWNER}`);
    await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    await client.query(`GRANT USAGE ON SCHEMA public TO ${APPLICATION}`);
    await openDatabase(client, client.database ?? 'postgres');
    await client.query('COMMIT');
  });
}

/** `adminUrl` may name any database of the cluster. Says whether it was created now. */
export async function createDatabase(adminUrl: string, name: string): Promise<boolean> {
  return asAdministrator(adminUrl, async (client) => {
    if (await hasRow(client, 'SELECT 1 FROM pg_database WHERE datname = $1', name)) return false;
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    return true;
  });
}

/** A copy with the same tables and rights; nobody may be connected to the template meanwhile. */
export async function cloneDatabase(adminUrl: string, template: string, name: string): Promise<void> {
  await asAdministrator(adminUrl, async (client) => {
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}`);
    await openDatabase(client, name);
  });
}

/** Ends the sessions that are still connected. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdministrator(adminUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  );
}
