/** Without 0, O, 1 and I: read aloud or copied by hand, no sign is taken for another. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Five bits of each byte of a digest, as so many letters. */
export function legibleCode(digest: Uint8Array, length: number): string {
  return [...digest.subarray(0, length)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** `7K2M-9QXA-34TB`: in fours, as people copy it. */
export function inFours(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? '';
}

/** As a typed code is compared: case, blanks and hyphens do not matter. Undefined where it can be no such code. */
export function normalCode(typed: string, length: number): string | undefined {
  const text = typed.normalize('NFKC').toUpperCase().replace(/[\s-]+/g, '');
  return text.length === length && [...text].every((letter) => ALPHABET.includes(letter)) ? text : undefined;
}
