import { createHash } from 'node:crypto';

/** The same content gives the same text whatever the order of keys; bytes count by their digest. */
export function canonicalJson(value: unknown): string {
  if (value instanceof Uint8Array) return `"sha256:${createHash('sha256').update(value).digest('base64url')}"`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
