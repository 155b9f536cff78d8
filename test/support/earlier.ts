import pg from 'pg';

/** One instant of a database, to which it can be put back: what a restore does to everything at once. */
export class Earlier {
  readonly #admin: pg.Client;
  readonly #tables: ReadonlyMap<string, readonly string[]>;

  private constructor(admin: pg.Client, tables: ReadonlyMap<string, readonly string[]>) {
    this.#admin = admin;
    this.#tables = tables;
  }

  static async of(adminUrl: string): Promise<Earlier> {
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    const { rows } = await admin.query<{ table: string; columns: string[] }>(`
      SELECT c.relname AS table, array_agg(quote_ident(a.attname)::text ORDER BY a.attnum) AS columns
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migration' GROUP BY 1`);
    await admin.query('DROP SCHEMA IF EXISTS earlier CASCADE; CREATE SCHEMA earlier');
    for (const { table } of rows) await admin.query(`CREATE TABLE earlier.${table} AS TABLE public.${table}`);
    return new Earlier(admin, new Map(rows.map(({ table, columns }) => [table, columns])));
  }

  /** Everything but `kept` is as it was. */
  async back(kept: readonly string[] = []): Promise<void> {
    const tables = [...this.#tables].filter(([table]) => !kept.includes(table));
    await this.#admin.query("BEGIN; SET LOCAL session_replication_role = 'replica'");
    await this.#admin.query(`TRUNCATE ${tables.map(([table]) => table).join(', ')}`);
    for (const [table, columns] of tables) {
      const names = columns.join(', ');
      await this.#admin.query(`INSERT INTO ${table} (${names}) OVERRIDING SYSTEM VALUE SELECT ${names} FROM earlier.${table}`);
    }
    await this.#admin.query('COMMIT');
  }

  async end(): Promise<void> {
    await this.#admin.end();
  }
}
