import { instantFromMs, type Instant } from '../kernel/time.ts';
import type { TenantId } from '../kernel/scope.ts';
import type { Log } from '../platform/logging.ts';
import { periodically, type Periodic } from '../platform/periodic.ts';
import type { AnchorHerald, AnchorService } from './anchors/service.ts';
import type { SealingService } from './sealing/service.ts';

/** A row is sealed within this and the longest transaction that ran beside it. */
const PAUSE_MS = 10_000;

/** Seals the record and anchors it once a day; any number of workers may run it. */
export class Sealer {
  readonly #sealing: SealingService;
  readonly #anchors: AnchorService;
  readonly #tell: AnchorHerald;
  readonly #log: Log;

  constructor(sealing: SealingService, anchors: AnchorService, tell: AnchorHerald, log: Log) {
    this.#sealing = sealing;
    this.#anchors = anchors;
    this.#tell = tell;
    this.#log = log;
  }

  start(): Periodic {
    return periodically(
      PAUSE_MS,
      () => this.round(instantFromMs(Date.now())),
      (error) => this.#log.error({ err: error, job: 'sealer' }, 'sealing failed'),
    );
  }

  /** Answers how many blocks were added. */
  async round(at: Instant): Promise<number> {
    let sealed = 0;
    for (const tenant of await this.#sealing.unsealed()) {
      sealed += await this.#guarded(tenant, async () => {
        let blocks = 0;
        while (await this.#sealing.seal(tenant, at)) blocks += 1;
        return blocks;
      });
    }
    for (const tenant of await this.#anchors.unanchored(at)) {
      await this.#guarded(tenant, async () => ((await this.#anchors.anchor(tenant, at, this.#tell)) ? 1 : 0));
    }
    return sealed;
  }

  /** One tenant's trouble must not keep the others unsealed. */
  async #guarded(tenant: TenantId, work: () => Promise<number>): Promise<number> {
    try {
      return await work();
    } catch (error) {
      this.#log.error({ err: error, job: 'sealer', tenant }, 'not sealed');
      return 0;
    }
  }
}
