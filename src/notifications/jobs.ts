import { tenantScope, type TenantId } from '../kernel/scope.ts';
import { instantFromMs, type Instant } from '../kernel/time.ts';
import type { Database } from '../platform/database/database.ts';
import type { Log } from '../platform/logging.ts';
import { periodically, type Periodic } from '../platform/periodic.ts';
import { hashOf } from '../platform/ids.ts';
import type { Channel } from './channel.ts';
import { NotificationsStore } from './store.ts';

const PAUSE_MS = 60_000;

/** Hands queued letters to their channels; started by the worker, safe to run in any number of them. */
export class OutboxJob {
  readonly #database: Database;
  readonly #store: NotificationsStore;
  readonly #channels: ReadonlyMap<string, Channel>;
  readonly #log: Log | undefined;

  constructor(database: Database, store: NotificationsStore, channels: readonly Channel[], log?: Log) {
    this.#log = log;
    this.#database = database;
    this.#store = store;
    this.#channels = new Map(channels.map((channel) => [channel.name, channel]));
  }

  start(): Periodic {
    return periodically(
      PAUSE_MS,
      () => this.deliverDue(instantFromMs(Date.now())),
      (error) => this.#log?.error({ err: error, job: 'outbox' }, 'round failed'),
    );
  }

  /**
   * Delivers what is due at `at` (wall-clock time: providers know no other) and answers how many were taken by
   * their channel. A refused letter waits for its next attempt.
   */
  async deliverDue(at: Instant): Promise<number> {
    if (this.#channels.size === 0) return 0;
    const tenants = await this.#database.door<{ tenant_id: TenantId }>('door_notifications_due', [at]);
    let delivered = 0;
    for (const { tenant_id: tenant } of tenants) delivered += await this.#deliverFor(tenant, at);
    return delivered;
  }

  async #deliverFor(tenant: TenantId, at: Instant): Promise<number> {
    const scope = tenantScope(tenant);
    const names = [...this.#channels.keys()];
    for (let delivered = 0; ; ) {
      const letter = await this.#database.within(scope, (tx) => this.#store.takeDue(tx, names, at));
      if (!letter) return delivered;
      const { channel, ...content } = letter;
      const taken = await this.#channels
        .get(channel)!
        .deliver(content, hashOf(tenant, content.id, channel))
        .then(
          () => true,
          (error: unknown) => {
            this.#log?.warn({ err: error, tenant, job: 'outbox' }, 'not taken');
            return false;
          },
        );
      if (!taken) continue;
      await this.#database.within(scope, (tx) => this.#store.markSent(tx, content.id, channel));
      delivered++;
    }
  }
}
