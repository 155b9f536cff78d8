import { Unzip, UnzipInflate } from 'fflate';
import { Refusal, refuse } from '../../kernel/refusal.ts';
import type { TableLimits } from './table.ts';
import { Turns } from './turns.ts';

/** Deflate yields at most 1032 bytes for one, so one push takes half a MiB at worst. */
const PUSH_BYTES = 512;

/** Takes an entry's content as it inflates; nothing holds the whole. */
export interface EntrySink {
  push(bytes: Uint8Array): void;
  end(): void;
}

/**
 * Inflates the entries for which there is a sink and counts every entry, wanted or not. Entries are met in the
 * order of the stream: the central directory, which can point twice at the same bytes, is never read.
 * Refuses `TABLE_BOMB`, `TABLE_TOO_MANY_ENTRIES`, `TABLE_DAMAGED` and what the sinks refuse.
 */
export async function inflateCounted(bytes: Uint8Array, limits: TableLimits, sinkOf: (name: string) => EntrySink | undefined): Promise<void> {
  const open = new Set<string>();
  const met = new Set<string>();
  let inflated = 0;
  let entries = 0;
  const unzip = new Unzip((entry) => {
    if (++entries > limits.zipEntries) refuse('TABLE_TOO_MANY_ENTRIES', 'invalid', { most: limits.zipEntries });
    const sink = sinkOf(entry.name);
    if (sink && met.has(entry.name)) refuse('TABLE_DAMAGED', 'invalid');
    if (sink) open.add(entry.name);
    met.add(entry.name);
    entry.ondata = (error, chunk, final) => {
      if (error) throw error;
      inflated += chunk.length;
      if (inflated > limits.inflatedBytes) refuse('TABLE_BOMB', 'invalid', { mostBytes: limits.inflatedBytes });
      sink?.push(chunk);
      if (!final) return;
      sink?.end();
      open.delete(entry.name);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  const turns = new Turns();
  try {
    for (let from = 0; from < bytes.length; from += PUSH_BYTES) {
      unzip.push(bytes.subarray(from, from + PUSH_BYTES), from + PUSH_BYTES >= bytes.length);
      await turns.take();
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    refuse('TABLE_DAMAGED', 'invalid');
  }
  if (open.size > 0) refuse('TABLE_DAMAGED', 'invalid');
}
