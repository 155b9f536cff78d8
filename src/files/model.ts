import { refuse } from '../kernel/refusal.ts';
import { addHours, type Instant } from '../kernel/time.ts';
import type { FilesPolicy } from '../policy/model.ts';

/** What is kept; pictures of every accepted kind are kept as JPEG. */
export type MediaType = 'image/jpeg' | 'application/pdf';

/** What arrived, by its first bytes: names and types that senders give count for nothing. */
export type Arrived = 'picture' | 'pdf';

/** The record a file belongs to; who may read the record may read the file. */
export interface FileRecord {
  readonly kind: 'project' | 'need';
  readonly id: string;
}

export interface StoredFile {
  readonly id: string;
  readonly mediaType: MediaType;
  readonly bytes: number;
  /** SHA-256 of what is kept, in hex. */
  readonly hash: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly record: FileRecord | null;
  /** Its readings are audited. */
  readonly sensitive: boolean;
  readonly receivedAt: Instant;
}

/** As a command's content names it, so that the content's hash covers the file. */
export interface FileReference {
  readonly id: string;
  readonly hash: string;
}

const MEGABYTE = 1024 * 1024;
/** A reader of PDF looks for the end mark in the last kilobyte. */
const PDF_TAIL = 1024;

function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  return [...text].every((sign, index) => bytes[at + index] === sign.charCodeAt(0));
}

/** Refuses `FILE_KIND` for everything but JPEG, PNG, WebP and PDF. */
export function arrivedAs(bytes: Uint8Array): Arrived {
  const isJpeg = startsWith(bytes, '\xff\xd8\xff');
  const isPng = startsWith(bytes, '\x89PNG\r\n\x1a\n');
  const isWebp = startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8);
  if (isJpeg || isPng || isWebp) return 'picture';
  return startsWith(bytes, '%PDF-') ? 'pdf' : refuse('FILE_KIND', 'rule');
}

/** A PDF is kept as it came. Refuses `FILE_TOO_LARGE`, and `FILE_CUT_OFF` where its end is missing. */
export function assertPdf(bytes: Uint8Array, megabytes: number): void {
  if (bytes.length > megabytes * MEGABYTE) refuse('FILE_TOO_LARGE', 'rule', { megabytes });
  const tail = String.fromCharCode(...bytes.subarray(-PDF_TAIL));
  if (!tail.includes('%%EOF')) refuse('FILE_CUT_OFF', 'rule');
}

/** Beside what a file is sent. */
export type Room = 'perMessage' | 'perNeed';

export function limitOf(policy: FilesPolicy, room: Room): number {
  return room === 'perNeed' ? policy.filesPerNeed : policy.filesPerMessage;
}

/** Until when a file waits for a command that names it. */
export function keptUntil(receivedAt: Instant, { unattachedHours }: FilesPolicy): Instant {
  return addHours(receivedAt, unattachedHours);
}

/** Refuses `FILES_MANY`, `FILE_REPEATED`. */
export function assertCount(ids: readonly string[], limit: number): void {
  if (ids.length > limit) refuse('FILES_MANY', 'rule', { limit });
  if (new Set(ids).size !== ids.length) refuse('FILE_REPEATED', 'rule');
}

/** Sealed in parts, so that none is bigger than a row should be. */
export function partsOf(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

/** Senders' own names may name people, or worse. */
export function fileName({ id, mediaType }: Pick<StoredFile, 'id' | 'mediaType'>): string {
  return `${id}.${mediaType === 'application/pdf' ? 'pdf' : 'jpg'}`;
}
