import { refuse } from '../../kernel/refusal.ts';
import { addDays, shanghaiDate, shanghaiInstant, type Instant } from '../../kernel/time.ts';

/** One to five: 很不满意, 不满意, 基本满意, 满意, 很满意. A star is 20 percent. */
export const STARS = [1, 2, 3, 4, 5] as const;

export type Stars = (typeof STARS)[number];

export interface Ratings {
  readonly raters: number;
  /** Sum of all stars. */
  readonly stars: number;
}

export interface Satisfaction {
  readonly raters: number;
  /** Mean of the stars in hundredths of a percent; null below the policy's number of raters: not to be shown. */
  readonly percentHundredths: number | null;
}

/** Whole numbers only; half is rounded up, once per figure and only at its end. */
export function dividedHalfUp(numerator: number, denominator: number): number {
  return Math.floor((2 * numerator + denominator) / (2 * denominator));
}

/** So few raters could be told apart by those who know them, and say little. */
export function satisfactionOf({ raters, stars }: Ratings, ratersMin: number): Satisfaction {
  const isShown = raters > 0 && raters >= ratersMin;
  return { raters, percentHundredths: isShown ? dividedHalfUp(stars * 2000, raters) : null };
}

/** Without I, L, O and U: read aloud or copied by hand, no letter is taken for another (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 16;

/** 80 bits of a secret digest as `7K2M-9QXA-04TB-CD3E`; too many to guess, short enough for a slip of paper. */
export function codeFrom(digest: Uint8Array): string {
  const letters = [...digest.subarray(0, CODE_LENGTH)].map((byte) => ALPHABET.charAt(byte % 32)).join('');
  return letters.match(/.{4}/g)?.join('-') ?? '';
}

/** The code as it is compared: case, blanks and hyphens do not matter. Refuses `RATING_CODE_UNKNOWN`. */
export function normalCode(typed: string): string {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]+/g, '')
    .replace(/[IL]/g, '1')
    .replaceAll('O', '0');
  const isWellFormed = letters.length === CODE_LENGTH && [...letters].every((letter) => ALPHABET.includes(letter));
  return isWellFormed ? letters : refuse('RATING_CODE_UNKNOWN', 'unknown');
}

/** End of the last day (Asia/Shanghai) on which a code issued at `at` can be used; the day of issue is not counted. */
export function codeExpiry(at: Instant, days: number): Instant {
  return shanghaiInstant(addDays(shanghaiDate(at), days + 1));
}
