import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/kernel/refusal.ts';
import { KeptThreads } from '../../src/platform/threads/kept-threads.ts';
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

describe('threads that stay alive', () => {
  const kept = (idleMs = 60_000, keepBelowMb = 32): KeptThreads =>
    new KeptThreads({ entry: new URL('./threads/labour.ts', import.meta.url), memoryMb: 32, keepBelowMb, idleMs });
  const count = (threads: KeptThreads): Promise<number> => threads.run<number>({ labour: 'count' });

  it('are given one piece of work after the other, also after a refusal', async () => {
    const threads = kept();
    expect([await count(threads), await count(threads)]).toEqual([1, 2]);
    await expect(threads.run({ labour: 'refuse' })).rejects.toBeInstanceOf(Refusal);
    const taken: unknown[] = [];
    await threads.run({ labour: 'parts' }, { onPart: (part) => Promise.resolve(void taken.push(part)) });
    expect([await count(threads), taken]).toEqual([3, [1, 2, 3]]);
    await threads.close();
    expect(await count(threads)).toBe(1);
    await threads.close();
  });

  it('work side by side where there is more to do', async () => {
    const threads = kept();
    expect((await Promise.all([count(threads), count(threads)])).sort()).toEqual([1, 1]);
    await threads.close();
  });

  it.each(['throw', 'exit', 'hoard'] as const)('are not used again after a breakdown: %s', async (labour) => {
    const threads = kept();
    expect(await count(threads)).toBe(1);
    await expect(threads.run({ labour })).rejects.toBeInstanceOf(ThreadFailure);
    expect(await count(threads)).toBe(1);
    await threads.close();
  });

  it('are not used again after they were stopped, when they have grown, or have had nothing to do', async () => {
    const threads = kept();
    const stop = new AbortController();
    const running = threads.run({ labour: 'loop' }, { signal: stop.signal, onProgress: () => stop.abort(new Error('stopped')) });
    await expect(running).rejects.toThrow('stopped');
    expect(await count(threads)).toBe(1);
    await threads.close();
    const grown = kept(60_000, 0);
    expect([await count(grown), await count(grown)]).toEqual([1, 1]);
    const idle = kept(0);
    await count(idle);
    const gone = (): Promise<boolean> => new Promise((resolve) => setImmediate(() => resolve(idle.alive === 0)));
    while (!(await gone()));
    expect(await count(idle)).toBe(1);
    await idle.close();
  });
});
