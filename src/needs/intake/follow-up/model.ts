import { refuse } from '../../../kernel/refusal.ts';

/** Without 0, O, 1 and I: read aloud or copied by hand, no sign is taken for another. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 12;

function letters(digest: Uint8Array, length: number): string {
  return [...digest.subarray(0, length)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** 60 bits of a secret digest as `7K2M-9QXA-34TB`: too many to guess over a network, short enough to write down. */
export function followUpCode(digest: Uint8Array): string {
  return letters(digest, LENGTH).match(/.{4}/g)?.join('-') ?? '';
}

/** Names a survey in its public link; no secret. */
export function surveyCode(digest: Uint8Array): string {
  return letters(digest, 10);
}

/** As it is compared: case, blanks and hyphens do not matter. Refuses `FOLLOW_UP_UNKNOWN`. */
export function normalFollowUp(typed: string): string {
  const text = typed.normalize('NFKC').toUpperCase().replace(/[\s-]+/g, '');
  const isWellFormed = text.length === LENGTH && [...text].every((letter) => ALPHABET.includes(letter));
  return isWellFormed ? text : refuse('FOLLOW_UP_UNKNOWN', 'unknown');
}
