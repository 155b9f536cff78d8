import { instantFromMs, type Instant } from '../kernel/time.ts';
import type { TenantId } from '../kernel/scope.ts';
import type { Log } from '../platform/logging.ts';
import { periodically, type Periodic } from '../platform/periodic.ts';
import type { RecoveryMode } from './mode/service.ts';
import type { OutsideMirror } from './outside/service.ts';

/** What this process may do now: nothing, answer cases alone, or all of its work. */
export type Leave = 'nothing' | 'cases' | 'all';

const LOOK_MS = 2000;
const COPY_MS = 60_000;

/** Keeps a worker from going on over a past that was put back (operate.md). */
export class RecoveryWatch {
  readonly #mode: RecoveryMode;
  readonly #outside: OutsideMirror;
  readonly #log: Log;

  constructor(mode: RecoveryMode, outside: OutsideMirror, log: Log) {
    this.#mode = mode;
    this.#outside = outside;
    this.#log = log;
  }

  /** A record that lacks what was anchored outside is an older one; its tenants are frozen. Answers which. */
  async freezeOlder(at: Instant): Promise<TenantId[]> {
    const older: TenantId[] = [];
    const recovering = await this.#mode.recovering();
    for (const anchor of await this.#outside.lastAnchors()) {
      if (recovering.has(anchor.tenant) || (await this.#mode.holds(anchor.tenant, anchor))) continue;
      this.#log.error({ tenant: anchor.tenant, code: 'HEAD_BEHIND_ANCHOR' }, 'frozen');
      const head = await this.#mode.freeze(anchor.tenant, 'HEAD_BEHIND_ANCHOR', at, anchor);
      await this.#outside.accept(anchor.tenant, head, at);
      older.push(anchor.tenant);
    }
    return older;
  }

  async leave(): Promise<Leave> {
    const modes = [...(await this.#mode.recovering()).values()];
    if (modes.includes('frozen')) return 'nothing';
    return modes.length > 0 ? 'cases' : 'all';
  }

  /** Calls `changed` once what this process may do is no longer `leave`. */
  watch(leave: Leave, changed: () => void): Periodic {
    return periodically(
      LOOK_MS,
      async () => {
        if ((await this.leave()) !== leave) changed();
      },
      (error) => this.#log.error({ err: error, job: 'recoveryWatch' }, 'mode unknown'),
    );
  }

  copy(): Periodic {
    return periodically(
      COPY_MS,
      () => this.#outside.copy(),
      (error) => this.#log.error({ err: error, job: 'outsideMirror' }, 'not copied'),
    );
  }

  now(): Instant {
    return instantFromMs(Date.now());
  }
}
