import { refuse } from '../../../src/kernel/refusal.ts';
import { workInThread } from '../../../src/platform/threads/inside.ts';

export type Labour = 'double' | 'parts' | 'refuse' | 'throw' | 'exit' | 'hoard' | 'loop' | 'count';

export interface Task {
  readonly labour: Labour;
  readonly numbers?: Int32Array;
}

let works = 0;

workInThread<Task, unknown>(async ({ labour, numbers }, outside) => {
  switch (labour) {
    case 'double':
      return { numbers: numbers?.map((number) => number * 2) };
    case 'parts':
      for (let part = 1; part <= 3; part++) await outside.send(part);
      return 'all sent';
    case 'refuse':
      return refuse('EXAMPLE_NO', 'rule', { at: 'row/3' }, [{ at: 'row/3', code: 'EXAMPLE_NO' }]);
    case 'throw':
      throw new TypeError('broken');
    case 'exit':
      return process.exit(0);
    case 'hoard': {
      const hoard: unknown[] = [];
      for (;;) hoard.push(Array.from({ length: 1000 }, (_, at) => ({ at })));
    }
    case 'count':
      return ++works;
    case 'loop':
      for (let step = 0; ; step++) outside.progress({ phase: 'looping', done: step, total: Infinity });
  }
});
