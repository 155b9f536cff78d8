import { Injectable } from '@nestjs/common';
import { traceOf } from '../audit/model.ts';
import { BusinessClock, WallClock } from '../calendar/clock.ts';
import type { Scope } from '../kernel/scope.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { once, type RequestKey } from '../platform/http/idempotency.ts';
import type { Intent } from './model.ts';

/** Changes of content that a person sends: once per key, in one transaction with their audit row. */
@Injectable()
export class NeedsCommands {
  readonly #database: Database;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(database: Database, clock: BusinessClock, wall: WallClock) {
    this.#database = database;
    this.#clock = clock;
    this.#wall = wall;
  }

  /** Refuses `FORBIDDEN` without the permission. */
  async run<Result>(caller: Caller, permission: string, key: RequestKey, work: (tx: Tx, intent: Intent) => Promise<Result>): Promise<Result> {
    return once(this.#database, scopeFor(caller, permission), key, this.#wall.now(), async (tx) =>
      work(tx, { commandId: key.commandId, at: await this.#clock.now(tx), trace: traceOf(caller, key) }),
    );
  }

  async read<Result>(scope: Scope, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.#database.within(scope, work);
  }

  async now(tx: Tx): Promise<Intent['at']> {
    return this.#clock.now(tx);
  }
}
