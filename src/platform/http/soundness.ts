import { refuse } from '../../kernel/refusal.ts';

/** Deeper input has no use here and would exhaust the stack of whoever walks it. */
const MAX_DEPTH = 20;

/** NUL and lone surrogates: valid JSON, but PostgreSQL can store neither. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Refuses `REQUEST_TOO_DEEP` and, for characters no column can hold, `REQUEST_INVALID`. */
export function assertSound(input: unknown): void {
  const pending: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    if (depth > MAX_DEPTH) refuse('REQUEST_TOO_DEEP', 'invalid');
    if (typeof value === 'string') assertStorable(value);
    if (value === null || typeof value !== 'object' || value instanceof Uint8Array) continue;
    for (const [key, part] of Object.entries(value)) {
      assertStorable(key);
      pending.push({ value: part, depth: depth + 1 });
    }
  }
}

function assertStorable(text: string): void {
  if (UNSTORABLE.test(text)) refuse('REQUEST_INVALID', 'invalid', {}, [{ at: '', code: 'FIELD_CHARACTER' }]);
}
