import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, HttpClient } from '../../support/http.ts';

/** Longer than every server together needs to come back. */
export const PATIENCE_MS = 180_000;

/** Aborted when the file is over: nobody goes on pressing buttons of a world that is gone. */
export const over = new AbortController();

/** Sends one command under one key until it is decided, as a person pressing the button again would. */
export async function persist(client: HttpClient, path: string, body: unknown, failures: string[], key = randomUUID() as string): Promise<Answer> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await client.post(path, body, { 'idempotency-key': key }).catch(() => undefined);
    const undecided = answer === undefined || answer.status === 503 || answer.body?.code === 'IDEMPOTENCY_KEY_IN_USE';
    if (!undecided) {
      if (answer.status >= 500) failures.push(`${path}: ${answer.status} ${String(answer.body?.code)}`);
      return answer;
    }
    if (over.signal.aborted || performance.now() > deadline) throw new Error(`${path} was never decided`);
    await delay(250);
  }
}
