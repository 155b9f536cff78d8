import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../kernel/refusal.ts';
import { databaseFailure } from '../platform/http/database-failure.ts';

/** As long as people at their keyboards press again. */
export const PATIENCE_MS = 120_000;
const PAUSE_MS = 300;

/** Work that may be repeated, tried again while a server that it needs is away. */
export async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || performance.now() > deadline) throw error;
    }
    await delay(PAUSE_MS);
  }
}

function isAway(error: unknown): boolean {
  return (error instanceof Refusal ? error : databaseFailure(error))?.kind === 'unavailable';
}
