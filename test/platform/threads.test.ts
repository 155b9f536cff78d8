import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/kernel/refusal.ts';
import { runThread, ThreadFailure, type ThreadWatch } from '../../src/platform/threads/thread.ts';
import type { Task } from './threads/labour.ts';

const run = (task: Task, watch?: ThreadWatch): Promise<unknown> =>
  runThread({ entry: new URL('./threads/labour.ts', import.meta.url), input: task, memoryMb: 32 }, watch);

describe('work in a thread', () => {
  it('takes typed arrays over and hands them back, none copied', async () => {
    const numbers = Int32Array.of(1, 2, 3);
    const answer = run({ labour: 'double', numbers });
    expect(numbers).toHaveLength(0);
    expect(await answer).toEqual({ numbers: Int32Array.of(2, 4, 6) });
  });

  it('sends parts one after the other, each when the last was taken', async () => {
    const taken: unknown[] = [];
    let busy = false;
    const onPart = async (part: unknown): Promise<void> => {
      taken.push(busy ? 'two at once' : part);
      busy = true;
      await new Promise(setImmediate);
      busy = false;
    };
    expect(await run({ labour: 'parts' }, { onPart })).toBe('all sent');
    expect(taken).toEqual([1, 2, 3]);
    await expect(run({ labour: 'parts' }, { onPart: () => Promise.reject(new Error('no room')) })).rejects.toThrow('no room');
  });

  it('is stopped inside a loop', async () => {
    const stop = new AbortController();
    const reason = new Error('nobody wants it any more');
    const phases = new Set<string>();
    const running = run({ labour: 'loop' }, { signal: stop.signal, onProgress: ({ phase }) => (phases.add(phase), stop.abort(reason)) });
    await expect(running).rejects.toBe(reason);
    expect([...phases]).toEqual(['looping']);
    await expect(run({ labour: 'double' }, { signal: stop.signal })).rejects.toBe(reason);
  });

  it('refuses as the work inside does', async () => {
    const refusal = await run({ labour: 'refuse' }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: 'EXAMPLE_NO', kind: 'rule', params: { at: 'row/3' }, errors: [{ at: 'row/3' }] });
  });

  it.each([
    ['throw', 'THREAD_FAILED'],
    ['exit', 'THREAD_EXITED'],
    ['hoard', 'THREAD_OUT_OF_MEMORY'],
  ] as const)('breaks down alone: %s', async (labour, code) => {
    const failure = await run({ labour }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ThreadFailure);
    expect(failure).toMatchObject({ code });
  });
});
