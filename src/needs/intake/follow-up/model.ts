import { inFours, legibleCode, normalCode } from '../../../kernel/legible.ts';
import { refuse } from '../../../kernel/refusal.ts';

const LENGTH = 12;

/** 60 bits of a secret digest as `7K2M-9QXA-34TB`: too many to guess over a network, short enough to write down. */
export function followUpCode(digest: Uint8Array): string {
  return inFours(legibleCode(digest, LENGTH));
}

/** Names a survey in its public link; no secret. */
export function surveyCode(digest: Uint8Array): string {
  return legibleCode(digest, 10);
}

/** As it is compared: case, blanks and hyphens do not matter. Refuses `FOLLOW_UP_UNKNOWN`. */
export function normalFollowUp(typed: string): string {
  return normalCode(typed, LENGTH) ?? refuse('FOLLOW_UP_UNKNOWN', 'unknown');
}
