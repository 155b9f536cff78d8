import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import { instantFromMs, type Instant } from '../../kernel/time.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Log } from '../../platform/logging.ts';
import { periodically, type Periodic } from '../../platform/periodic.ts';
import { KEPT_MS } from './model.ts';
import { ChangeStore } from './store.ts';

const PAUSE_MS = 30 * 60_000;

/** Forgets what changed more than a day ago: nobody asks for it any more. */
export class ChangePruner {
  readonly #database: Database;
  readonly #store: ChangeStore;
  readonly #log: Log;

  constructor(database: Database, store: ChangeStore, log: Log) {
    this.#database = database;
    this.#store = store;
    this.#log = log;
  }

  start(): Periodic {
    return periodically(
      PAUSE_MS,
      () => this.prune(instantFromMs(Date.now() - KEPT_MS)),
      (error) => this.#log.error({ err: error, job: 'changePruner' }, 'round failed'),
    );
  }

  /** Answers how many are gone. */
  async prune(before: Instant): Promise<number> {
    let gone = 0;
    for (const { tenant_id: tenant } of await this.#database.door<{ tenant_id: TenantId }>('door_old_changes', [before])) {
      gone += await this.#database.within(tenantScope(tenant), (tx) => this.#store.prune(tx, before));
    }
    return gone;
  }
}
