import { Unzip, UnzipInflate } from 'fflate';
import { setImmediate as turn } from 'node:timers/promises';
import { Refusal, refuse } from '../../kernel/refusal.ts';
import type { TableLimits } from './table.ts';

/** Deflate yields at most 1032 bytes for one, so one push can exceed the count by 16 MiB at worst. */
const PUSH_BYTES = 16 * 1024;

/**
 * Inflates the entries that `wanted` names and counts every entry, wanted or not. Entries are met in the
 * order of the stream: the central directory, which can point twice at the same bytes, is never read.
 * Refuses `TABLE_BOMB`, `TABLE_TOO_MANY_ENTRIES`, `TABLE_DAMAGED`.
 */
export async function inflateCounted(
  bytes: Uint8Array,
  limits: TableLimits,
  wanted: (name: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  const parts = new Map<string, Uint8Array[]>();
  const complete = new Set<string>();
  let entries = 0;
  let inflated = 0;
  const unzip = new Unzip((entry) => {
    if (++entries > limits.zipEntries) refuse('TABLE_TOO_MANY_ENTRIES', 'invalid', { most: limits.zipEntries });
    const keep = wanted(entry.name);
    if (keep && parts.has(entry.name)) refuse('TABLE_DAMAGED', 'invalid');
    const chunks: Uint8Array[] = [];
    if (keep) parts.set(entry.name, chunks);
    entry.ondata = (error, chunk, final) => {
      if (error) throw error;
      inflated += chunk.length;
      if (inflated > limits.inflatedBytes) refuse('TABLE_BOMB', 'invalid', { mostBytes: limits.inflatedBytes });
      if (keep) chunks.push(chunk);
      if (final) complete.add(entry.name);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let from = 0; from < bytes.length; from += PUSH_BYTES) {
      unzip.push(bytes.subarray(from, from + PUSH_BYTES), from + PUSH_BYTES >= bytes.length);
      await turn();
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    refuse('TABLE_DAMAGED', 'invalid');
  }
  for (const name of parts.keys()) if (!complete.has(name)) refuse('TABLE_DAMAGED', 'invalid');
  return new Map([...parts].map(([name, chunks]) => [name, Buffer.concat(chunks)]));
}
