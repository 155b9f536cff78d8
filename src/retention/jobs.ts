import { tenantScope } from '../kernel/scope.ts';
import type { Log } from '../platform/logging.ts';
import { periodically, type Periodic } from '../platform/periodic.ts';
import type { RetentionService } from './service.ts';

const PAUSE_MS = 6 * 60 * 60_000;

/** Destroys what is past its term, tenant by tenant; one that fails holds up no other. */
export class RetentionJob {
  readonly #retention: RetentionService;
  readonly #log: Log;

  constructor(retention: RetentionService, log: Log) {
    this.#retention = retention;
    this.#log = log;
  }

  start(): Periodic {
    return periodically(PAUSE_MS, () => this.sweep(), (error) => this.#failed(error));
  }

  async sweep(): Promise<void> {
    for (const tenant of await this.#retention.tenants()) {
      await this.#retention.sweep(tenantScope(tenant)).catch((error: unknown) => this.#failed(error));
    }
  }

  #failed(error: unknown): void {
    this.#log.error({ err: error, job: 'retention' }, 'round failed');
  }
}
