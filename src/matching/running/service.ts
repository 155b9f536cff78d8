import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Refusal } from '../../kernel/refusal.ts';
import { KeptThreads } from '../../platform/threads/kept-threads.ts';
import { ThreadFailure, type ThreadWatch } from '../../platform/threads/thread.ts';
import type { SizedPlan } from '../sized/model.ts';
import type { FileTask, PlanDone, PlanTask, Preview, PreviewTask, SizedTask, SolverTask } from './model.ts';

/** What this file is compiled to, its neighbour is too. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './jobs.ts' : './jobs.js', import.meta.url);

/** Enough for a city: facts, question and explanation of 100,000 proposals; solver arrays come on top. */
const MEMORY_MB = 2048;

/** A street's plan leaves less behind, a city's more; then the memory is worth more than a warm thread. */
const KEEP_BELOW_MB = 256;
const IDLE_MS = 10 * 60_000;

/** A machine of two cores must go on answering while plans are solved. */
const MOST_AT_ONCE = 2;

const CODES = {
  THREAD_FAILED: 'MATCHING_SOLVER_FAILED',
  THREAD_OUT_OF_MEMORY: 'MATCHING_SOLVER_OUT_OF_MEMORY',
  THREAD_EXITED: 'MATCHING_SOLVER_EXITED',
} as const;

/**
 * Solves in threads, so that the process stays responsive, and survives whatever happens there. They stay alive for a
 * while: the first plan of a thread takes several times as long as the next. Besides the solver's
 * own refusals: `MATCHING_SOLVER_FAILED`, `MATCHING_SOLVER_OUT_OF_MEMORY`, `MATCHING_SOLVER_EXITED` (unavailable).
 */
@Injectable()
export class SolverThreads implements OnModuleDestroy {
  readonly #threads = new KeptThreads({ entry: ENTRY, memoryMb: MEMORY_MB, keepBelowMb: KEEP_BELOW_MB, idleMs: IDLE_MS });
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  plan(task: PlanTask, watch: ThreadWatch): Promise<PlanDone> {
    return this.#run<PlanDone>(task, watch);
  }

  preview(task: PreviewTask): Promise<Preview> {
    return this.#run<Preview>(task, {});
  }

  sized(task: SizedTask): Promise<SizedPlan> {
    return this.#run<SizedPlan>(task, {});
  }

  /** JSON of a `PlanFile` in UTF-8: its question alone may be a hundred megabytes. */
  async file(task: FileTask): Promise<Uint8Array> {
    return (await this.#run<{ readonly file: Uint8Array }>(task, {})).file;
  }

  async onModuleDestroy(): Promise<void> {
    await this.#threads.close();
  }

  async #run<Output>(task: SolverTask, watch: ThreadWatch): Promise<Output> {
    await this.#place(watch.signal);
    try {
      return await this.#threads.run<Output>(task, watch);
    } catch (error) {
      if (!(error instanceof ThreadFailure)) throw error;
      throw new SolverFailure(CODES[error.code], error);
    } finally {
      // The place goes straight to whoever waits longest.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  async #place(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#running < MOST_AT_ONCE) {
      this.#running++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal?.reason as Error);
      };
      const enter = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      this.#waiting.push(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }
}

/** The thread broke down: the same question may well be answered next time. `cause` tells an operator why. */
export class SolverFailure extends Refusal {
  override readonly cause: unknown;

  constructor(code: (typeof CODES)[keyof typeof CODES], cause: ThreadFailure) {
    super(code, 'unavailable');
    this.cause = cause.cause;
  }
}
