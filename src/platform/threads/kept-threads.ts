import type { Worker } from 'node:worker_threads';
import { giveWork, outputOf, startThread, type ThreadKind, type ThreadWatch } from './thread.ts';

export interface KeptThreadsOptions extends ThreadKind {
  /** A thread whose heap has grown beyond ends with its work, so that the memory goes back. */
  readonly keepBelowMb: number;
  /** A thread without work for so long ends. */
  readonly idleMs: number;
}

interface Idle {
  readonly thread: Worker;
  readonly timer: NodeJS.Timeout;
}

/**
 * Threads that stay alive between pieces of work: starting one, and compiling what it runs, often takes longer than the
 * work. One that was stopped, broke down or grew large is not used again. As many are alive as work at once.
 */
export class KeptThreads {
  readonly #options: KeptThreadsOptions;
  readonly #idle: Idle[] = [];

  constructor(options: KeptThreadsOptions) {
    this.#options = options;
  }

  /** Threads without work that are still there. */
  get alive(): number {
    return this.#idle.length;
  }

  /** Rejects as `runThread` does. */
  async run<Output>(input: unknown, watch: ThreadWatch = {}): Promise<Output> {
    watch.signal?.throwIfAborted();
    const thread = this.#take() ?? this.#start();
    let isWell = false;
    try {
      const answered = await giveWork<Output>(thread, input, watch);
      isWell = answered.heapMb <= this.#options.keepBelowMb;
      return outputOf(answered);
    } finally {
      if (isWell) this.#keep(thread);
      else await thread.terminate();
    }
  }

  /** Ends those without work; others end with theirs. */
  async close(): Promise<void> {
    for (const { timer } of this.#idle) clearTimeout(timer);
    await Promise.all(this.#idle.splice(0).map(({ thread }) => thread.terminate()));
  }

  #start(): Worker {
    const thread = startThread(this.#options);
    // What happens to it while it works is told to whoever gave the work.
    thread.on('error', () => undefined);
    thread.on('exit', () => this.#forget(thread));
    return thread;
  }

  #take(): Worker | undefined {
    const idle = this.#idle.pop();
    if (!idle) return undefined;
    clearTimeout(idle.timer);
    idle.thread.ref();
    return idle.thread;
  }

  #keep(thread: Worker): void {
    // Neither a thread without work nor its timer keeps a process from ending.
    thread.unref();
    const end = (): void => {
      this.#forget(thread);
      void thread.terminate();
    };
    const timer = setTimeout(end, this.#options.idleMs).unref();
    this.#idle.push({ thread, timer });
  }

  #forget(thread: Worker): void {
    const at = this.#idle.findIndex((idle) => idle.thread === thread);
    if (at < 0) return;
    clearTimeout(this.#idle[at]!.timer);
    this.#idle.splice(at, 1);
  }
}
