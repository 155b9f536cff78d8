import { refuse } from '../../kernel/refusal.ts';

/** Lets the outside look on, and stop the work. */
export interface Watch {
  /** Looked at every few thousand steps, so that a stop takes effect within milliseconds. */
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (done: number, of: number) => void;
}

const STEPS_BETWEEN_LOOKS = 4096;

/** Counts the steps of a long computation. Refuses `MATCHING_CANCELLED` once the signal says so. */
export class Pace {
  readonly #watch: Watch;
  readonly #stages: number;
  #stage = 0;
  #steps = 0;

  constructor(watch: Watch = {}, stages = 1) {
    this.#watch = watch;
    this.#stages = stages;
  }

  step(): void {
    if (++this.#steps === STEPS_BETWEEN_LOOKS) this.#look();
  }

  /** The next of the announced stages begins. */
  nextStage(): void {
    this.#stage = Math.min(this.#stage + 1, this.#stages);
    this.#look();
  }

  #look(): void {
    this.#steps = 0;
    if (this.#watch.signal?.aborted) refuse('MATCHING_CANCELLED', 'state');
    this.#watch.onProgress?.(this.#stage, this.#stages);
  }
}
