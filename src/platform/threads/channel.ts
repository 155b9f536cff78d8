import { types } from 'node:util';
import { Refusal, type FieldError, type RefusalKind, type RefusalParams } from '../../kernel/refusal.ts';

/** What a thread tells the process it runs in. */
export type FromThread =
  | { readonly type: 'progress'; readonly progress: Progress }
  /** Waits for its receipt, so that nothing piles up on either side. */
  | { readonly type: 'part'; readonly part: unknown }
  | { readonly type: 'done'; readonly output: unknown; readonly heapMb: number }
  | { readonly type: 'refused'; readonly refusal: PlainRefusal; readonly heapMb: number };

/** What a thread is told: work, one at a time, and that a part was taken. */
export type ToThread = { readonly type: 'work'; readonly input: unknown } | { readonly type: 'received' };

/** How far the work is; `done` of `total` steps of this phase. */
export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

export interface PlainRefusal {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly params: RefusalParams;
  readonly errors: readonly FieldError[];
}

/** Errors lose their class between threads. */
export function plainRefusal({ code, kind, params, errors }: Refusal): PlainRefusal {
  return { code, kind, params, errors };
}

export function refusalFrom({ code, kind, params, errors }: PlainRefusal): Refusal {
  return new Refusal(code, kind, params, errors);
}

/** The memory of all typed arrays in a value, each once: handed over to the other side instead of being copied. */
export function buffersIn(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (types.isArrayBuffer(value.buffer)) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    // A list of plain rows holds no arrays of numbers; going through a million of them would cost more than it saves.
    for (const part of Array.isArray(value) ? value.slice(0, 1) : Object.values(value)) buffersIn(part, found);
  }
  return [...found];
}
