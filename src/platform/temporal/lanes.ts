/** Temporal takes at most ten Updates in flight for one run; the rest would be refused and retried blindly. */
const WIDTH = 8;

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/** At most eight calls in flight per key; the others wait in the order in which they came. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  /** Tells the task whether it had to wait for its turn. */
  async run<Result>(key: string, task: (waited: boolean) => Promise<Result>): Promise<Result> {
    const lane = this.#lanes.get(key) ?? { running: 0, waiting: [] };
    this.#lanes.set(key, lane);
    const full = lane.running >= WIDTH;
    if (full) await new Promise<void>((resolve) => lane.waiting.push(resolve));
    else lane.running += 1;
    try {
      return await task(full);
    } finally {
      // The place goes straight to the next in line, so that nobody can overtake it.
      const next = lane.waiting.shift();
      if (next) next();
      else if (--lane.running === 0) this.#lanes.delete(key);
    }
  }
}
