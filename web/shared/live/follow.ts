import { createParser } from 'eventsource-parser';
import { api, read } from '../api/client.ts';
import type { components } from '../api/schema.d.ts';

export type Changes = components['schemas']['Changes'];

export interface Listener {
  /** Something changed, or may have: `isReset` = everything is to be read anew. */
  readonly heard: (changes: Changes) => void;
  /** Nothing comes any more; `since`: the instant (ms) up to which everything was heard. */
  readonly lost: (since: number) => void;
}

/** Streams that fail so often in a row are replaced by asking. */
const MOST_FAILURES = 2;
/** The server is never silent for longer: it sends something every 15 s. A proxy that holds events back is found out by it too. */
const SILENT_MS = 40_000;
/** A stream that is let through begins with where it stands. */
const FIRST_MS = 8000;
const AGAIN_MS = 500;
const ASK_MS = 2000;
/** After so many answers a stream is tried again. */
const ANSWERS_BEFORE_STREAM = 60;

/**
 * Hears of what others change until `signal` ends it: by one event stream, by asking where streams do not get through, and not at
 * all while the page is hidden, since browsers open six connections to one host. What was missed meanwhile is told afterwards.
 */
export async function followChanges(listener: Listener, signal: AbortSignal): Promise<void> {
  let cursor: string | undefined;
  let lastHeard = Date.now();
  let failures = 0;
  let answers = 0;
  let isLost = false;
  const touch = (): void => void (lastHeard = Date.now());
  const hear = (changes: Changes): void => {
    touch();
    cursor = changes.cursor;
    listener.heard(changes);
  };
  while (!signal.aborted) {
    await untilVisible(signal);
    const isAsking = failures >= MOST_FAILURES;
    try {
      if (!isAsking) {
        await listen(cursor, (changes) => {
          failures = 0;
          hear(changes);
        }, touch, signal);
      } else {
        hear(await read(api.GET('/api/v1/changes', { params: { query: cursor === undefined ? {} : { since: cursor } }, signal })));
        answers++;
        // After a broken network the stream is no longer suspect.
        if (isLost || answers % ANSWERS_BEFORE_STREAM === 0) failures = 0;
        isLost = false;
      }
    } catch {
      if (document.hidden) continue;
      failures++;
      if (isAsking) listener.lost(lastHeard);
      isLost = isAsking;
    }
    await pause(isAsking ? ASK_MS : AGAIN_MS, signal);
  }
}

/** One stream, until it ends, breaks, falls silent, or the page is hidden. */
async function listen(since: string | undefined, hear: (changes: Changes) => void, touch: () => void, signal: AbortSignal): Promise<void> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  let silence = setTimeout(end, FIRST_MS);
  const onHidden = (): void => {
    if (document.hidden) end();
  };
  signal.addEventListener('abort', end);
  document.addEventListener('visibilitychange', onHidden);
  addEventListener('offline', end);
  try {
    const answer = await fetch('/api/v1/stream', {
      headers: { accept: 'text/event-stream', ...(since !== undefined && { 'last-event-id': since }) },
      signal: ending.signal,
    });
    if (!answer.ok || !answer.body) throw new Error(`the stream was answered with ${answer.status}`);
    const parser = createParser({ onEvent: ({ data }) => hear(JSON.parse(data) as Changes) });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(end, SILENT_MS);
      touch();
      parser.feed(value);
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', end);
    document.removeEventListener('visibilitychange', onHidden);
    removeEventListener('offline', end);
  }
}

/** Shorter when the network comes back or the page is looked at again. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await first(signal, (done) => {
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', done);
    };
  });
}

async function untilVisible(signal: AbortSignal): Promise<void> {
  if (!document.hidden) return;
  await first(signal, (done) => {
    const onShown = (): void => {
      if (!document.hidden) done();
    };
    document.addEventListener('visibilitychange', onShown);
    return () => document.removeEventListener('visibilitychange', onShown);
  });
}

async function first(signal: AbortSignal, begin: (done: () => void) => () => void): Promise<void> {
  if (signal.aborted) return;
  let end = (): void => undefined;
  await new Promise<void>((resolve) => {
    end = begin(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  end();
}
