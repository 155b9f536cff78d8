import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { Refusal } from '../../kernel/refusal.ts';
import { buffersIn, plainRefusal, type FromThread, type Progress, type ToThread } from './channel.ts';

/** The thread's side of the channel. */
export interface Outside {
  progress(progress: Progress): void;
  /** Answers when the process has taken the part. */
  send(part: unknown): Promise<void>;
}

/** Told at most so often: nobody reads faster, and a message costs more than a step of the work. */
const PROGRESS_EVERY_MS = 200;

/** To be called by a thread's first file: does what the thread is given, one after the other. */
export function workInThread<Input, Output>(work: (input: Input, outside: Outside) => Promise<Output>): void {
  const port = parentPort;
  if (!port) throw new Error('only a thread works in a thread');
  const tell = (message: FromThread): void => port.postMessage(message, message.type === 'done' ? buffersIn(message.output) : []);
  let taken: (() => void) | undefined;
  const send = (part: unknown): Promise<void> =>
    new Promise((resolve) => {
      taken = resolve;
      tell({ type: 'part', part });
    });
  const carryOut = async (input: Input): Promise<void> => {
    try {
      const output = await work(input, { progress: seldom(tell), send });
      tell({ type: 'done', output, heapMb: heapMb() });
    } catch (error) {
      // Anything else ends the thread: nobody knows what it left behind.
      if (!(error instanceof Refusal)) throw error;
      tell({ type: 'refused', refusal: plainRefusal(error), heapMb: heapMb() });
    }
  };
  port.on('message', (message: ToThread) => {
    if (message.type === 'received') taken?.();
    else void carryOut(message.input as Input);
  });
}

function seldom(tell: (message: FromThread) => void): Outside['progress'] {
  let told = -Infinity;
  let phase = '';
  return (progress) => {
    const now = performance.now();
    if (progress.phase === phase && now - told < PROGRESS_EVERY_MS) return;
    ({ phase } = progress);
    told = now;
    tell({ type: 'progress', progress });
  };
}

function heapMb(): number {
  return Math.round(getHeapStatistics().total_heap_size / 2 ** 20);
}
