import { inFours, legibleCode } from '../kernel/legible.ts';
import type { OrgPath } from '../kernel/scope.ts';
import type { Language } from '../kernel/texts.ts';
import { instantFromMs, msOf, type Instant } from '../kernel/time.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_STATES = ['waiting', 'ready', 'refused', 'expired'] as const;

export type ExportState = (typeof EXPORT_STATES)[number];

/** A list taken out as a file, with the filter of the time. */
export interface Export {
  readonly id: string;
  /** Stands on every page and in the file's name: whoever finds the file asks by it. */
  readonly number: string;
  readonly list: string;
  readonly format: ExportFormat;
  readonly language: Language;
  readonly filter: Readonly<Record<string, string>>;
  /** Why; of lists with personal data always. */
  readonly reason: string | null;
  readonly personal: boolean;
  /** As counted when it was asked for; the file holds no more. */
  readonly rows: number;
  /** Hash over what a second person releases. */
  readonly digest: string;
  readonly orgPath: OrgPath;
  readonly accountId: string;
  readonly personId: string;
  readonly needsRelease: boolean;
  readonly requestedAt: Instant;
  readonly releasedAt: Instant | null;
  readonly refusedAt: Instant | null;
  readonly refusal: string | null;
  /** Until then the file may be fetched, or its release be given. */
  readonly expiresAt: Instant;
}

const NUMBER_LENGTH = 8;
const HOUR_MS = 3_600_000;
export const RELEASE_HOURS = 72;

/** `DC-7K2M-9QXA`. */
export function exportNumber(digest: Uint8Array): string {
  return `DC-${inFours(legibleCode(digest, NUMBER_LENGTH))}`;
}

export function stateOf({ needsRelease, releasedAt, refusedAt, expiresAt }: Export, at: Instant): ExportState {
  if (refusedAt !== null) return 'refused';
  if (expiresAt <= at) return 'expired';
  return needsRelease && releasedAt === null ? 'waiting' : 'ready';
}

/** Many small files are one big one: what the person took out alone within a day counts with it. */
export function needsRelease(rows: number, takenAlone: number, aloneRows: number): boolean {
  return rows + takenAlone > aloneRows;
}

export function hoursAfter(at: Instant, hours: number): Instant {
  return instantFromMs(msOf(at) + hours * HOUR_MS);
}

/** `1234.50`, exactly. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
