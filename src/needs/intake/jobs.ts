import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import { instantFromMs, type Instant } from '../../kernel/time.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Log } from '../../platform/logging.ts';
import { periodically, type Periodic } from '../../platform/periodic.ts';
import { NETWORK_MARK_MONTHS } from './model.ts';
import type { IntakeStore } from './store.ts';

const PAUSE_MS = 6 * 60 * 60_000;

/** Carries out what the field registry states of the marks that protect public forms: after a month they are gone. */
export class NetworkMarkRemover {
  readonly #database: Database;
  readonly #store: IntakeStore;
  readonly #log: Log;

  constructor(database: Database, store: IntakeStore, log: Log) {
    this.#database = database;
    this.#store = store;
    this.#log = log;
  }

  start(): Periodic {
    return periodically(
      PAUSE_MS,
      () => this.remove(instantFromMs(Date.now())),
      (error) => this.#log.error({ err: error, job: 'networkMarkRemover' }, 'round failed'),
    );
  }

  /** One round at this instant of the wall clock; answers how many submissions lost their mark. */
  async remove(now: Instant): Promise<number> {
    const found = await this.#database.door<{ tenant_id: TenantId }>('door_old_network_marks', [now, NETWORK_MARK_MONTHS]);
    let removed = 0;
    for (const { tenant_id: tenant } of found) {
      removed += await this.#database.within(tenantScope(tenant), (tx) => this.#store.forgetNetworks(tx, now, NETWORK_MARK_MONTHS));
    }
    return removed;
  }
}
