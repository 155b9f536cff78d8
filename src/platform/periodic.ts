import { setTimeout as delay } from 'node:timers/promises';

export interface Periodic {
  /** No further round begins; resolves when the present one has ended. */
  stop(): Promise<void>;
}

/** Runs `work` again and again, `pauseMs` after the end of each round; a failed round does not end it. */
export function periodically(pauseMs: number, work: () => Promise<unknown>, failed: (error: unknown) => void): Periodic {
  const stopping = new AbortController();
  const rounds = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await work().catch(failed);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = rounds();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
