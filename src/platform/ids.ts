import { createHash } from 'node:crypto';

function digest(parts: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(Buffer.byteLength(part))).update(':').update(part);
  return hash.digest();
}

/** A UUID (version 8) that anyone can derive again from the creating command: repeats create nothing new. */
export function deriveId(commandId: string, ordinal: number | string): string {
  const bytes = digest([commandId, String(ordinal)]).subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** base64url SHA-256 over length-prefixed parts, so that ('a','bc') and ('ab','c') differ. */
export function hashOf(...parts: readonly string[]): string {
  return digest(parts).toString('base64url');
}
