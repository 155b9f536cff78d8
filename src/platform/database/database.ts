import type { DataSource, EntityManager } from 'typeorm';
import type { Scope } from '../../kernel/scope.ts';
import { ConnectionLost } from './lost.ts';

/** One transaction, bound to one scope; stores and services take it as their first argument. */
export interface Tx {
  readonly scope: Scope;
  readonly manager: EntityManager;
  /** Parameters are always bound (`$1`); one row per result. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/**
 * The only two doors to PostgreSQL (ADR 0003): `within` sees one tenant's rows, because row-level security
 * reads what it sets; `door` calls one of the committed SECURITY DEFINER functions, which return keys only.
 */
export class Database {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async within<Result>(scope: Scope, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const runner = this.#source.createQueryRunner();
    try {
      await runner.connect();
      await runner.startTransaction();
      await runner.query(
        "SELECT set_config('app.tenant', $1, true), set_config('app.org_path', $2, true), set_config('app.actor', $3, true)",
        [scope.tenant, scope.orgPath, scope.actor],
      );
      const tx: Tx = {
        scope,
        manager: runner.manager,
        // Structured, because TypeORM otherwise answers UPDATE and DELETE with `[rows, count]`.
        query: async (sql, parameters = []) => (await runner.query(sql, [...parameters], true)).records,
      };
      const result = await work(tx);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // Released before we did: the server or the network took the connection away.
      if (runner.isReleased) throw new ConnectionLost(error);
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** `name` is a function of the committed list in `doors.ts`; never built from input. */
  async door<Row>(name: Door, parameters: readonly unknown[] = []): Promise<Row[]> {
    const slots = parameters.map((_, index) => `$${index + 1}`).join(', ');
    return this.#source.query(`SELECT * FROM ${name}(${slots})`, [...parameters]);
  }

  /** For readiness checks: refuses to wait longer than the pool's connection timeout. */
  async ping(): Promise<void> {
    await this.#source.query('SELECT 1');
  }

  async close(): Promise<void> {
    if (this.#source.isInitialized) await this.#source.destroy();
  }
}

/** A function name that begins with `door_`; each is defined in the migration of the area that owns its table. */
export type Door = `door_${string}`;
