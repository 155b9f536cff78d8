import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../../kernel/refusal.ts';
import { buffersIn, plainRefusal, type FromThread, type Progress } from './channel.ts';

/** The thread's side of the channel. */
export interface Outside {
  progress(progress: Progress): void;
  /** Answers when the process has taken the part. */
  send(part: unknown): Promise<void>;
}

/** Told at most so often: nobody reads faster, and a message costs more than a step of the work. */
const PROGRESS_EVERY_MS = 200;

/** To be called by a thread's first file: does the work it was started with, once. */
export async function workInThread<Input, Output>(work: (input: Input, outside: Outside) => Promise<Output>): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('only a thread works in a thread');
  const tell = (message: FromThread): void => port.postMessage(message, message.type === 'done' ? buffersIn(message.output) : []);
  let told = -Infinity;
  let phase = '';
  const outside: Outside = {
    progress: (progress) => {
      const now = performance.now();
      if (progress.phase === phase && now - told < PROGRESS_EVERY_MS) return;
      ({ phase } = progress);
      told = now;
      tell({ type: 'progress', progress });
    },
    send: async (part) => {
      const receipt = once(port, 'message');
      tell({ type: 'part', part });
      await receipt;
    },
  };
  try {
    tell({ type: 'done', output: await work(workerData as Input, outside) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tell({ type: 'refused', refusal: plainRefusal(error) });
  }
}
