import pg from 'pg';

/** Refusals and attempts are recorded on purpose. */
const RECORDS_OF_REFUSALS = /^(audit_|accounts_session$|accounts_sign_in_attempt$|migration$)/;

/** Written a moment after whoever asked was answered, so nothing that a later question did. */
const LATE = 'taken_in_at';

const textOf = (table: string): string => (table === 'case_command' ? `(to_jsonb(t) - '${LATE}')::text` : 't::text');

export type TenantRows = Readonly<Record<string, readonly string[]>>;

/** Each row that is gone and each that is new, with its table; a changed row is both. */
export function changesBetween(before: TenantRows, after: TenantRows): string[] {
  return Object.keys(after).flatMap((table) => {
    const [old, now] = [new Set(before[table]), new Set(after[table])];
    const gone = [...old].filter((row) => !now.has(row)).map((row) => `${table} lost ${row}`);
    const added = [...now].filter((row) => !old.has(row)).map((row) => `${table} has ${row}`);
    return [...gone, ...added];
  });
}

/** Looks at all tables from outside, past row-level security. */
export class Snapshots {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async of(adminUrl: string): Promise<Snapshots> {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    return new Snapshots(client);
  }

  /** A digest of every table's rows, by table. */
  async take(): Promise<Record<string, string>> {
    const tables = (await this.#tables()).filter((table) => !RECORDS_OF_REFUSALS.test(table));
    const digests = tables.map(
      (table) =>
        `SELECT '${table}' AS name, count(*) || ':' || coalesce(md5(string_agg(${textOf(table)}, E'\\n' ORDER BY ${textOf(table)})), '') AS digest
           FROM ${table} t`,
    );
    const { rows } = await this.#client.query<{ name: string; digest: string }>(digests.join(' UNION ALL '));
    return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
  }

  /** Ids of that tenant, as many kinds as there are tables; at most `most` of each. */
  async idsOf(tenant: string, most: number): Promise<string[]> {
    const { rows } = await this.#client.query<{ table_name: string; column_name: string }>(
      `SELECT c.table_name, c.column_name FROM information_schema.columns c
        WHERE c.table_schema = 'public' AND c.data_type = 'uuid'
          AND EXISTS (SELECT 1 FROM information_schema.columns t
                       WHERE t.table_schema = 'public' AND t.table_name = c.table_name AND t.column_name = 'tenant_id')
        ORDER BY 1, 2`,
    );
    const ids = new Set<string>();
    for (const { table_name, column_name } of rows) {
      const found = await this.#client.query<{ id: string | null }>(
        `SELECT DISTINCT ${column_name} AS id FROM ${table_name} WHERE tenant_id = $1 LIMIT ${most}`,
        [tenant],
      );
      for (const { id } of found.rows) if (id) ids.add(id);
    }
    return [...ids].sort();
  }

  /** That tenant's rows in every table, but for records of who tried what. */
  async rowsOf(tenant: string): Promise<TenantRows> {
    const tables: Record<string, readonly string[]> = {};
    for (const table of (await this.#tables()).filter((name) => !RECORDS_OF_REFUSALS.test(name))) {
      const { rows } = await this.#client.query<{ text: string }>(
        `SELECT (to_jsonb(t) - '${LATE}')::text AS text FROM ${table} t WHERE to_jsonb(t) ->> 'tenant_id' = $1`,
        [tenant],
      );
      tables[table] = rows.map(({ text }) => text);
    }
    return tables;
  }

  /** Every audit record of every tenant as it was written. */
  async auditText(): Promise<string> {
    const { rows } = await this.#client.query<{ text: string }>("SELECT convert_from(event_bytes, 'UTF8') AS text FROM audit_event");
    return rows.map(({ text }) => text).join('\n');
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  async #tables(): Promise<string[]> {
    const { rows } = await this.#client.query<{ name: string }>(
      "SELECT quote_ident(relname) AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
    );
    return rows.map(({ name }) => name);
  }
}
