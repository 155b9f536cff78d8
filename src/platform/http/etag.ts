import { refuse } from '../../kernel/refusal.ts';

const STRONG = /^"(\d{1,9})"$/;

/** A resource's version as a strong validator (RFC 9110 §8.8.3). */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * The version the client has seen. Refuses `PRECONDITION_MISSING` (428) without the header and
 * `PRECONDITION_INVALID` (400) for weak, listed or `*` values: an edit names exactly the version it changes.
 */
export function versionFrom(ifMatch: string | undefined): number {
  if (ifMatch === undefined || ifMatch === '') return refuse('PRECONDITION_MISSING', 'precondition');
  const version = STRONG.exec(ifMatch.trim())?.[1];
  return version === undefined ? refuse('PRECONDITION_INVALID', 'invalid') : Number(version);
}
