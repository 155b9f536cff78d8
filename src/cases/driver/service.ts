import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../calendar/clock.ts';
import { Refusal, refuse } from '../../kernel/refusal.ts';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import { laterOf, type Instant } from '../../kernel/time.ts';
import { Database } from '../../platform/database/database.ts';
import { CaseGateway } from '../../platform/temporal/gateway.ts';
import { ADVANCE_UPDATE, workflowIdOf, type Answer } from '../messages.ts';
import { CaseService } from '../service.ts';

/** Cases advanced at once. */
const WIDTH = 16;
/** A case that is due again and again at one instant would hold the clock for ever. */
const MOST_ROUNDS = 100;
const LOOK_AGAIN_MS = 5;
const SETTLE_WITHIN_MS = 30_000;

/** Moves the time of a virtual tenant: for demo, rehearsal and tests. A live tenant's time moves by itself. */
@Injectable()
export class CaseDriver {
  readonly #db: Database;
  readonly #gateway: CaseGateway;
  readonly #cases: CaseService;
  readonly #clock: BusinessClock;

  constructor(db: Database, gateway: CaseGateway, cases: CaseService, clock: BusinessClock) {
    this.#db = db;
    this.#gateway = gateway;
    this.#cases = cases;
    this.#clock = clock;
  }

  /**
   * Jumps from one due instant to the next, so that cases hear of each other in order of time, and ends at `instant`
   * with nothing due, no fact untaken and no case at work. Refuses `CLOCK_LIVE`, `CLOCK_BACKWARDS`, and
   * `CASES_UNSETTLED` when a case cannot be brought to rest; parked cases stay where they are. May be repeated.
   */
  async advanceTo(tenant: TenantId, instant: Instant): Promise<void> {
    await this.settle(tenant);
    for (let wake = await this.nextWake(tenant); wake && wake <= instant; wake = await this.nextWake(tenant)) {
      await this.#reach(tenant, await this.#moveOn(tenant, wake));
    }
    await this.#db.within(tenantScope(tenant), (tx) => this.#clock.moveTo(tx, instant));
  }

  /** When something next happens by itself; a driver jumps to the earlier of this and its own script. */
  async nextWake(tenant: TenantId): Promise<Instant | null> {
    return this.#db.within(tenantScope(tenant), (tx) => this.#cases.nextWake(tx));
  }

  /** Returns when every told fact is taken and no case is at work. Refuses `CASES_UNSETTLED` after 30 s. */
  async settle(tenant: TenantId): Promise<void> {
    const until = Date.now() + SETTLE_WITHIN_MS;
    for (;;) {
      const { messages, atWork } = await this.#db.within(tenantScope(tenant), async (tx) => ({
        messages: await this.#cases.openMessages(tx),
        atWork: await this.#cases.atWork(tx),
      }));
      if (messages === 0 && atWork === 0) return;
      if (Date.now() >= until) refuse('CASES_UNSETTLED', 'unavailable', { messages, atWork });
      await delay(LOOK_AGAIN_MS);
    }
  }

  /** What was due before the clock's place, because its case began late, counts where the clock stands. */
  async #moveOn(tenant: TenantId, wake: Instant): Promise<Instant> {
    return this.#db.within(tenantScope(tenant), async (tx) => {
      const at = laterOf(wake, await this.#clock.now(tx));
      await this.#clock.moveTo(tx, at);
      return at;
    });
  }

  async #reach(tenant: TenantId, at: Instant): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const due = await this.#db.within(tenantScope(tenant), (tx) => this.#cases.dueCases(tx, at));
      if (due.length === 0) return;
      const lane = async (): Promise<void> => {
        for (let next = due.shift(); next; next = due.shift()) await this.#advance(tenant, next.caseId, at);
      };
      await Promise.all(Array.from({ length: WIDTH }, lane));
      await this.settle(tenant);
    }
    refuse('CASES_UNSETTLED', 'unavailable', { messages: 0, atWork: 0 });
  }

  /** Closed in the meantime, by a fact of another case: nothing is due there any more. */
  async #advance(tenant: TenantId, caseId: string, at: Instant): Promise<void> {
    try {
      await this.#gateway.update<Answer>(workflowIdOf(tenant, caseId), ADVANCE_UPDATE, randomUUID(), at);
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'CASE_NOT_RUNNING')) throw error;
    }
  }
}
