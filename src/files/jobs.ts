import { tenantScope, type TenantId } from '../kernel/scope.ts';
import { instantFromMs, type Instant } from '../kernel/time.ts';
import type { Database } from '../platform/database/database.ts';
import type { Log } from '../platform/logging.ts';
import { periodically, type Periodic } from '../platform/periodic.ts';
import type { FileService } from './service.ts';

const PAUSE_MS = 10 * 60_000;
/** Files of one round. */
const MOST = 500;

/** Removes what was sent and never named by a command, once nobody can still be filling in the form that it was for. */
export class OrphanRemover {
  readonly #database: Database;
  readonly #files: FileService;
  readonly #log: Log;

  constructor(database: Database, files: FileService, log: Log) {
    this.#database = database;
    this.#files = files;
    this.#log = log;
  }

  start(): Periodic {
    return periodically(
      PAUSE_MS,
      () => this.remove(instantFromMs(Date.now())),
      (error) => this.#log.error({ err: error, job: 'orphanRemover' }, 'round failed'),
    );
  }

  /** One round at this instant of the wall clock; answers how many are gone. */
  async remove(now: Instant): Promise<number> {
    const found = await this.#database.door<{ tenant_id: TenantId; id: string }>('door_unattached_files', [now, MOST]);
    let removed = 0;
    for (const { tenant_id: tenant, id } of found) {
      const gone = await this.#database.within(tenantScope(tenant), (tx) => this.#files.removeUnattached(tx, id, now));
      if (gone) removed += 1;
    }
    return removed;
  }
}
