import { condition } from '@temporalio/workflow';
import type { ClockMode, ClockSnapshot } from '../../src/cases/messages.ts';
import type { Command } from '../../src/cases/model.ts';
import { instantFromMs, laterOf, msOf, type Instant } from '../../src/kernel/time.ts';

/** The only source of time in a case (architecture §3). */
export class CaseClock {
  readonly mode: ClockMode;
  #now: Instant;

  constructor(snapshot: ClockSnapshot) {
    this.mode = snapshot.mode;
    this.#now = snapshot.now;
  }

  /** Live: workflow time (`Date` is Temporal's deterministic one here). Virtual: where the driver left it. */
  now(): Instant {
    return this.mode === 'live' ? instantFromMs(Date.now()) : this.#now;
  }

  /** The instant at which a command counts: its own only while virtual, and never before what was. */
  at(command: Command): Instant {
    return this.mode === 'live' ? this.now() : laterOf(this.#now, command.at);
  }

  moveTo(instant: Instant): void {
    this.#now = laterOf(this.#now, instant);
  }

  snapshot(): ClockSnapshot {
    return { mode: this.mode, now: this.now() };
  }

  /**
   * Returns when something is due or `moved` says that there is news. Live: one durable timer on `wakeAt`,
   * set again when that moves. Virtual: nobody wakes a case but its driver.
   */
  async wait(wakeAt: () => Instant | undefined, moved: () => boolean): Promise<void> {
    const target = wakeAt();
    const news = (): boolean => moved() || wakeAt() !== target;
    if (this.mode === 'virtual' || target === undefined) {
      await condition(news);
      return;
    }
    const delay = msOf(target) - msOf(this.now());
    if (delay > 0) await condition(news, delay);
  }
}
