import { createHash } from 'node:crypto';

/**
 * Hash of a request's content whatever the order of its keys; a file counts by its bytes. Unlike the canonical JSON
 * of the audit this takes whatever a client sends, before any schema has said what it may hold.
 */
export function fingerprintOf(content: unknown): string {
  return createHash('sha256').update(ordered(content)).digest('base64url');
}

function ordered(value: unknown): string {
  if (value instanceof Uint8Array) return `bytes:${createHash('sha256').update(value).digest('base64url')}`;
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${ordered(part)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'nothing';
}
