import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buffersIn, RECEIPT, refusalFrom, type FromThread, type Progress } from './channel.ts';

export interface ThreadJob {
  /** The thread's first file; it calls `workInThread`. */
  readonly entry: URL;
  /** Cloned, but the memory of typed arrays in it is handed over: the caller's are empty afterwards. */
  readonly input: unknown;
  /** Bounds what its objects may take up; arrays of numbers come on top. */
  readonly memoryMb: number;
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
 * Does work that would keep the process from everything else in a thread of its own. Rejects with the thread's
 * `Refusal`, with a `ThreadFailure`, with what `onPart` threw, or with the signal's reason.
 */
export async function runThread<Output>({ entry, input, memoryMb }: ThreadJob, watch: ThreadWatch = {}): Promise<Output> {
  watch.signal?.throwIfAborted();
  const thread = new Worker(fileURLToPath(entry), {
    workerData: input,
    transferList: buffersIn(input),
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    // Nothing that this process was started with, such as a debugger's port.
    execArgv: [],
  });
  let stop: (() => void) | undefined;
  try {
    return await new Promise<Output>((resolve, reject) => {
      stop = () => reject(watch.signal?.reason as Error);
      watch.signal?.addEventListener('abort', stop);
      thread.on('error', (error) => reject(failureFrom(error)));
      thread.on('exit', () => reject(new ThreadFailure('THREAD_EXITED')));
      thread.on('message', (message: FromThread) => {
        switch (message.type) {
          case 'progress':
            watch.onProgress?.(message.progress);
            break;
          case 'part':
            Promise.resolve(watch.onPart?.(message.part)).then(() => thread.postMessage(RECEIPT), reject);
            break;
          case 'done':
            resolve(message.output as Output);
            break;
          case 'refused':
            reject(refusalFrom(message.refusal));
        }
      });
    });
  } finally {
    if (stop) watch.signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

function failureFrom(error: unknown): ThreadFailure {
  const code = (error as { code?: unknown } | undefined)?.code;
  return new ThreadFailure(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'THREAD_OUT_OF_MEMORY' : 'THREAD_FAILED', error);
}
