import { createHash, randomBytes, randomInt } from 'node:crypto';

const SECRET_BYTES = 32;

/** 256 random bits for a cookie or a bearer token, with the digest that alone is stored. */
export function newSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { secret, hash: secretHash(secret) };
}

/** A plain digest is enough here: 256 random bits cannot be guessed, unlike a password. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** No characters that are misread on paper: 0/O, 1/l/I. */
const LEGIBLE = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** 16 characters, about 93 bits: handed over on paper and used once. */
export function newOneTimePassword(): string {
  return Array.from({ length: 16 }, () => LEGIBLE[randomInt(LEGIBLE.length)]).join('');
}
