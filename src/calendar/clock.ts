import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/service.ts';
import { refuse } from '../kernel/refusal.ts';
import type { TenantId } from '../kernel/scope.ts';
import { instantFromMs, type Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import { CalendarStore } from './store.ts';

export type ClockMode = 'virtual' | 'live';

/** The machine's clock behind one door, so that tests can hold it still. */
@Injectable()
export class WallClock {
  now(): Instant {
    return instantFromMs(Date.now());
  }
}

/**
 * Business time of a tenant. Live: the wall clock. Virtual (demo, sample, rehearsal, tests): it stands where the
 * driver put it, and goes live once. A tenant without a clock row is live.
 */
@Injectable()
export class BusinessClock {
  readonly #store: CalendarStore;
  readonly #audit: AuditService;
  readonly #wall: WallClock;
  /** Going live is final, so it need not be asked again. */
  readonly #live = new Set<TenantId>();

  constructor(store: CalendarStore, audit: AuditService, wall: WallClock) {
    this.#store = store;
    this.#audit = audit;
    this.#wall = wall;
  }

  async now(tx: Tx): Promise<Instant> {
    return (await this.read(tx)).now;
  }

  async mode(tx: Tx): Promise<ClockMode> {
    return (await this.read(tx)).mode;
  }

  /** Both in one round trip; none once the tenant is known to be live. */
  async read(tx: Tx): Promise<{ mode: ClockMode; now: Instant }> {
    const { tenant } = tx.scope;
    if (!this.#live.has(tenant)) {
      const clock = await this.#store.clock(tx);
      if (clock?.mode === 'virtual') return { mode: 'virtual', now: clock.nowAt };
      if (clock?.settled) this.#live.add(tenant);
    }
    return { mode: 'live', now: this.#wall.now() };
  }

  /** For a tenant that has no case yet. Refuses `CLOCK_LIVE` and, if it is virtual already, `CLOCK_DECLARED`. */
  async declareVirtual(tx: Tx, at: Instant): Promise<void> {
    if (!(await this.#store.insertClock(tx, 'virtual', at))) await this.#refuseDeclaration(tx);
    await this.#record(tx, 'calendar.clockDeclaredVirtual');
  }

  /** Moves a virtual clock; to where it stands is no move. Refuses `CLOCK_LIVE`, `CLOCK_BACKWARDS`. */
  async moveTo(tx: Tx, to: Instant): Promise<void> {
    if (await this.#store.advanceClock(tx, to)) return;
    const clock = await this.#store.clock(tx);
    if (clock?.mode !== 'virtual') refuse('CLOCK_LIVE', 'state');
    refuse('CLOCK_BACKWARDS', 'rule', { now: clock.nowAt, to });
  }

  /**
   * Once and for good; the caller has made sure that no virtual case is open. A new tenant without a clock is fixed
   * to live by it. Refuses `CLOCK_LIVE`, and `CLOCK_AHEAD` while the virtual clock is later than the wall clock.
   */
  async goLive(tx: Tx): Promise<void> {
    const now = this.#wall.now();
    const flipped = (await this.#store.endVirtualClock(tx, now)) || (await this.#store.insertClock(tx, 'live', now));
    if (!flipped) {
      const clock = await this.#store.clock(tx);
      if (clock?.mode !== 'virtual') refuse('CLOCK_LIVE', 'state');
      refuse('CLOCK_AHEAD', 'state', { now: clock.nowAt });
    }
    await this.#record(tx, 'calendar.clockWentLive');
  }

  async #refuseDeclaration(tx: Tx): Promise<never> {
    refuse((await this.mode(tx)) === 'live' ? 'CLOCK_LIVE' : 'CLOCK_DECLARED', 'state');
  }

  async #record(tx: Tx, action: string): Promise<void> {
    await this.#audit.record(tx, { at: this.#wall.now(), action, subject: `tenant:${tx.scope.tenant}`, outcome: 'done' });
  }
}
