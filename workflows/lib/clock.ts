import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';
import type { ClockMode, ClockSnapshot } from '../../src/cases/messages.ts';
import type { Command } from '../../src/cases/model.ts';
import { instantFromMs, laterOf, msOf, type Instant } from '../../src/kernel/time.ts';

/** The only source of time in a case (architecture §3). */
export class CaseClock {
  readonly mode: ClockMode;
  #now: Instant;
  /** The one durable timer; it may ring before anything is due. */
  #alarm: { readonly at: Instant; readonly scope: CancellationScope; rung: boolean } | undefined;

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
   * Returns when something is due or `moved` says that there is news. Live: one durable timer on `wakeAt`.
   * Virtual: nobody wakes a case but its driver.
   */
  async wait(wakeAt: () => Instant | undefined, moved: () => boolean): Promise<void> {
    const target = wakeAt();
    const news = (): boolean => moved() || wakeAt() !== target;
    if (this.mode === 'virtual' || target === undefined) {
      await condition(news);
      return;
    }
    if (target <= this.now()) return;
    const alarm = this.#alarmBy(target);
    await condition(() => alarm.rung || news());
  }

  /** An earlier timer stays: most deadlines move back, and a person would wait while the timer is set anew. */
  #alarmBy(target: Instant): { readonly rung: boolean } {
    const set = this.#alarm;
    if (set && !set.rung && set.at <= target) return set;
    set?.scope.cancel();
    const scope = new CancellationScope();
    const alarm = { at: target, scope, rung: false };
    this.#alarm = alarm;
    const ring = scope.run(() => sleep(msOf(target) - msOf(this.now())));
    void ring.then(
      () => (alarm.rung = true),
      (error: unknown) => {
        if (!isCancellation(error)) throw error;
      },
    );
    return alarm;
  }
}
