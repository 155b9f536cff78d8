import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buffersIn, refusalFrom, type FromThread, type PlainRefusal, type Progress, type ToThread } from './channel.ts';

export interface ThreadKind {
  /** The thread's first file; it calls `workInThread`. */
  readonly entry: URL;
  /** Bounds what its objects may take up; arrays of numbers come on top. */
  readonly memoryMb: number;
}

export interface ThreadJob extends ThreadKind {
  /** Cloned, but the memory of typed arrays in it is handed over: the caller's are empty afterwards. */
  readonly input: unknown;
}

export interface ThreadWatch {
  /** Ends the thread wherever it is, also inside a loop. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** The thread waits until it is done. */
  readonly onPart?: (part: unknown) => Promise<void>;
}

export type ThreadFailureCode =
  | 'THREAD_FAILED' // it threw something that is no refusal
  | 'THREAD_OUT_OF_MEMORY'
  | 'THREAD_EXITED'; // it ended without an answer

/** The thread broke down; the process did not. `cause` is what it threw. */
export class ThreadFailure extends Error {
  override readonly name = 'ThreadFailure';
  readonly code: ThreadFailureCode;

  constructor(code: ThreadFailureCode, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/**
 * Does work that would keep the process from everything else in a thread of its own, which ends with it. Rejects with the
 * thread's `Refusal`, with a `ThreadFailure`, with what `onPart` threw, or with the signal's reason.
 */
export async function runThread<Output>({ input, ...kind }: ThreadJob, watch: ThreadWatch = {}): Promise<Output> {
  watch.signal?.throwIfAborted();
  const thread = startThread(kind);
  try {
    return outputOf(await giveWork<Output>(thread, input, watch));
  } finally {
    await thread.terminate();
  }
}

export function startThread({ entry, memoryMb }: ThreadKind): Worker {
  return new Worker(fileURLToPath(entry), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    // Nothing that this process was started with, such as a debugger's port.
    execArgv: [],
  });
}

/** From a thread that is as well as before, and could be given more. */
export interface ThreadAnswer<Output> {
  readonly answer: { readonly output: Output } | { readonly refusal: PlainRefusal };
  /** What the thread's heap takes up now. */
  readonly heapMb: number;
}

export function outputOf<Output>({ answer }: ThreadAnswer<Output>): Output {
  if ('refusal' in answer) throw refusalFrom(answer.refusal);
  return answer.output;
}

/** Rejects where the thread is lost, or must be ended: as `runThread` does, but for refusals. */
export async function giveWork<Output>(thread: Worker, input: unknown, watch: ThreadWatch): Promise<ThreadAnswer<Output>> {
  const listening = new AbortController();
  const during = <Arguments extends unknown[]>(event: string, listener: (...args: Arguments) => void): void => {
    thread.on(event, listener as (...args: unknown[]) => void);
    listening.signal.addEventListener('abort', () => thread.off(event, listener as (...args: unknown[]) => void));
  };
  try {
    return await new Promise<ThreadAnswer<Output>>((resolve, reject) => {
      watch.signal?.addEventListener('abort', () => reject(watch.signal?.reason as Error), { signal: listening.signal });
      during('error', (error: unknown) => reject(failureFrom(error)));
      during('exit', () => reject(new ThreadFailure('THREAD_EXITED')));
      during('message', (message: FromThread) => {
        switch (message.type) {
          case 'progress':
            watch.onProgress?.(message.progress);
            break;
          case 'part':
            Promise.resolve(watch.onPart?.(message.part)).then(() => thread.postMessage({ type: 'received' } satisfies ToThread), reject);
            break;
          case 'done':
            resolve({ answer: { output: message.output as Output }, heapMb: message.heapMb });
            break;
          case 'refused':
            resolve({ answer: { refusal: message.refusal }, heapMb: message.heapMb });
        }
      });
      thread.postMessage({ type: 'work', input } satisfies ToThread, buffersIn(input));
    });
  } finally {
    listening.abort();
  }
}

function failureFrom(error: unknown): ThreadFailure {
  const code = (error as { code?: unknown } | undefined)?.code;
  return new ThreadFailure(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'THREAD_OUT_OF_MEMORY' : 'THREAD_FAILED', error);
}
