import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import { instantFromMs, type Instant } from '../../kernel/time.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../logging.ts';
import { periodically, type Periodic } from '../periodic.ts';

const PAUSE_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
/** Keys of one round. */
const MOST = 5000;

/** Forgets keys, and the answers stored with them, that are older than anybody repeats a request. */
export class KeyExpiry {
  readonly #db: Database;
  readonly #log: Log;
  readonly #days: number;

  constructor(db: Database, log: Log, days: number) {
    this.#db = db;
    this.#log = log;
    this.#days = days;
  }

  start(): Periodic {
    return periodically(
      PAUSE_MS,
      () => this.expire(instantFromMs(Date.now() - this.#days * DAY_MS)),
      (error) => this.#log.error({ err: error, job: 'keyExpiry' }, 'round failed'),
    );
  }

  /** One round over what was stored before that instant of the wall clock; answers how many are gone. */
  async expire(before: Instant): Promise<number> {
    const found = await this.#db.door<{ tenant_id: TenantId; command_id: string }>('door_expired_keys', [before, MOST]);
    const tenants = new Set(found.map(({ tenant_id }) => tenant_id));
    for (const tenant of tenants) {
      const ids = found.flatMap(({ tenant_id, command_id }) => (tenant_id === tenant ? [command_id] : []));
      await this.#db.within(tenantScope(tenant), (tx) =>
        tx.query('DELETE FROM idempotency_key WHERE tenant_id = $1 AND command_id = ANY($2::text[]) AND stored_at < $3', [tenant, ids, before]),
      );
    }
    return found.length;
  }
}
