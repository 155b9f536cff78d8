import type pg from 'pg';
import { QueryFailedError, type DataSource } from 'typeorm';
import type { Scope, TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { hashOf } from '../ids.ts';
import { ConnectionLost } from './lost.ts';

/** One transaction, bound to one scope; stores and services take it as their first argument. */
export interface Tx {
  readonly scope: Scope;
  /** Parameters are always bound (`$1`); one row per result. Those asked for together take one round trip. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** A question whose plan does not depend on the values, such as one by key: prepared once a connection. */
  lookup<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]>;
  /**
   * A write whose result nobody needs: it goes along with the next statement instead of taking a round trip of its
   * own, in the order of the calls. Should it fail, the whole transaction fails with its error.
   */
  send(sql: string, parameters?: readonly unknown[]): void;
  /** Of the whole transaction, and of each of its statements; for imports and the like. */
  mayTake(ms: number): void;
  /** What fails inside is undone alone; the transaction goes on if the caller catches it. */
  attempt<Result>(work: () => Promise<Result>): Promise<Result>;
}

export interface TransactionOptions {
  /** A crash of the server may take it back although it was committed: for what can be found out again. */
  readonly mayBeLost?: boolean;
  /** Reads only, and all of them as of one instant. */
  readonly snapshot?: boolean;
}

const ENTER = `SELECT set_config('app.tenant', $1, true), set_config('app.org_path', $2, true),
  set_config('app.actor', $3, true)`;

/**
 * The only two doors to PostgreSQL (ADR 0003): `within` sees one tenant's rows, because row-level security
 * reads what it sets; `door` calls one of the committed SECURITY DEFINER functions, which return keys only.
 */
export class Database {
  readonly #source: DataSource;
  readonly #committed: (tenant: TenantId) => void;

  /** `committed` hears of each transaction that may have written something. */
  constructor(source: DataSource, committed: (tenant: TenantId) => void = () => undefined) {
    this.#source = source;
    this.#committed = committed;
  }

  /** Begins, sets the scope and asks the work's first question in one round trip; the last writes go with the COMMIT. */
  async within<Result>(scope: Scope, work: (tx: Tx) => Promise<Result>, options: TransactionOptions = {}): Promise<Result> {
    const runner = this.#source.createQueryRunner();
    try {
      const statements = new Statements((await runner.connect()) as pg.PoolClient);
      const { send, attempt, mayTake } = statements;
      try {
        send(options.snapshot ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN');
        send(ENTER, [scope.tenant, scope.orgPath, scope.actor]);
        if (options.mayBeLost) send('SET LOCAL synchronous_commit = off');
        const query = async <Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> =>
          (await statements.run(sql, parameters)).rows as Row[];
        const lookup = async <Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> =>
          (await statements.run(sql, parameters, true)).rows as Row[];
        const result = await work({ scope, query, lookup, send, attempt, mayTake });
        await statements.commit();
        if (statements.wrote) this.#committed(scope.tenant);
        return result;
      } catch (error) {
        // Released before we did: the server or the network took the connection away.
        if (runner.isReleased) throw new ConnectionLost(error);
        await statements.run('ROLLBACK').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  /** `name` is a function of the committed list in `doors.ts`; never built from input. */
  async door<Row>(name: Door, parameters: readonly unknown[] = []): Promise<Row[]> {
    const slots = parameters.map((_, index) => `$${index + 1}`).join(', ');
    return this.#source.query(`SELECT * FROM ${name}(${slots})`, [...parameters]);
  }

  /** By the database's own clock. */
  async now(): Promise<Instant> {
    const [row] = await this.#source.query<{ now: Instant }[]>('SELECT clock_timestamp() AS now');
    return row!.now;
  }

  /** For readiness checks: refuses to wait longer than the pool's connection timeout. */
  async ping(): Promise<void> {
    await this.#source.query('SELECT 1');
  }

  async close(): Promise<void> {
    if (this.#source.isInitialized) await this.#source.destroy();
  }
}

const names = new Map<string, string>();

/** Of a statement that each connection prepares once; there are as many as calls of `send` and `lookup` in the sources. */
function nameOf(sql: string): string {
  const name = names.get(sql) ?? hashOf(sql);
  names.set(sql, name);
  return name;
}

const WRITES = /^\s*(INSERT|UPDATE|DELETE|WITH)\b/;

/** The statements of one transaction, pipelined: each is on its way before the one before it is answered. */
class Statements {
  readonly #client: pg.PoolClient;
  #sent: Promise<unknown>[] = [];
  #failure: QueryFailedError | undefined;
  /** Undefined = what the connection is set to. */
  #silenceMs: number | undefined;
  /** As far as the statements' first words tell. */
  wrote = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  /** Statements behind a failed one fail for its sake, so that the first cause is what everybody hears. */
  async run(sql: string, parameters: readonly unknown[] = [], prepared = false): Promise<pg.QueryResult> {
    this.wrote ||= WRITES.test(sql);
    try {
      const patience = this.#silenceMs !== undefined && { query_timeout: this.#silenceMs };
      return await this.#client.query({ ...(prepared && { name: nameOf(sql) }), ...patience, text: sql, values: [...parameters] });
    } catch (error) {
      throw (this.#failure ??= new QueryFailedError(sql, [...parameters], error as Error));
    }
  }

  readonly send = (sql: string, parameters: readonly unknown[] = []): void => {
    // Writes have one plan whatever their values; questions are planned anew, because theirs depends on them.
    const sent = this.run(sql, parameters, parameters.length > 0);
    sent.catch(() => undefined);
    this.#sent.push(sent);
  };

  readonly mayTake = (ms: number): void => {
    this.#silenceMs = ms;
    this.send("SELECT set_config('transaction_timeout', $1, true)", [String(ms)]);
  };

  readonly attempt = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const before = this.#sent;
    this.#sent = [];
    this.send('SAVEPOINT attempt');
    try {
      const result = await work();
      await this.run('RELEASE SAVEPOINT attempt');
      this.#sent = [...before, ...this.#sent];
      return result;
    } catch (error) {
      const failure = this.#failure;
      await this.#client.query('ROLLBACK TO SAVEPOINT attempt').catch(() => {
        throw failure ?? error;
      });
      this.#failure = undefined;
      this.#sent = before;
      throw error;
    }
  };

  /** After a failed statement PostgreSQL answers COMMIT with a rollback and no error. */
  async commit(): Promise<void> {
    const { command } = await this.run('COMMIT');
    await Promise.all(this.#sent);
    if (command !== 'COMMIT') throw this.#failure ?? new Error('the transaction was rolled back');
  }
}

/** A function name that begins with `door_`; each is defined in the migration of the area that owns its table. */
export type Door = `door_${string}`;
