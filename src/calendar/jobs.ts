import { msOf, type Instant } from '../kernel/time.ts';
import type { Database } from '../platform/database/database.ts';
import type { Log } from '../platform/logging.ts';
import { periodically, type Periodic } from '../platform/periodic.ts';
import { CLOCK_SKEW_MAX_MS } from './model.ts';

const PAUSE_MS = 30_000;

/** Sounds the alarm when this machine's clock and the database's have come apart: one of them has jumped. */
export class ClockWatch {
  readonly #database: Database;
  readonly #log: Log;
  readonly #now: () => number;

  constructor(database: Database, log: Log, now: () => number = Date.now) {
    this.#database = database;
    this.#log = log;
    this.#now = now;
  }

  start(): Periodic {
    return periodically(
      PAUSE_MS,
      () => this.look(),
      (error) => this.#log.error({ err: error, job: 'clockWatch' }, 'round failed'),
    );
  }

  /** One look; answers how far this machine is ahead, in ms, as exactly as the round trip allows. */
  async look(): Promise<number> {
    const asked = this.#now();
    const database: Instant = await this.#database.now();
    const skewMs = (asked + this.#now()) / 2 - msOf(database);
    if (Math.abs(skewMs) > CLOCK_SKEW_MAX_MS) {
      this.#log.error({ code: 'CLOCK_SUSPECT', count: Math.round(skewMs / 1000), job: 'clockWatch' }, 'clocks have come apart');
    }
    return skewMs;
  }
}
