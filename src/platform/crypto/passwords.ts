import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { NamedKey } from '../keys.ts';
import { Hashing, type ScryptCost } from './hashing.ts';

/** OWASP's first choice: about 0.4 s and 128 MiB for each. */
export const STANDARD_COST: ScryptCost = { logN: 17, r: 8, p: 1 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Suite 1 = scrypt over HMAC-SHA-256 with the pepper. The SM3 variant gets its own number (trust.md §3). */
const SUITE = '1';

export interface Verdict {
  readonly correct: boolean;
  /** Correct, but hashed with parameters or a pepper that are no longer the current ones: hash again. */
  readonly outdated: boolean;
}

interface Stored {
  readonly cost: ScryptCost;
  readonly pepperId: string;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** `suite$logN$r$p$pepper id$salt$hash`; everything needed to check it later except the pepper itself. */
export class Passwords {
  readonly #peppers: ReadonlyMap<string, NamedKey>;
  /** For new hashes. */
  readonly #pepper: NamedKey;
  readonly #cost: ScryptCost;
  /** Checked when there is no such login, so that the answer takes as long as for a real one. */
  readonly #nobody: Stored;
  readonly #hashing = new Hashing();

  /** The first pepper writes, all read. */
  constructor([pepper, ...earlier]: readonly [NamedKey, ...NamedKey[]], cost: ScryptCost = STANDARD_COST) {
    this.#pepper = pepper;
    this.#peppers = new Map([pepper, ...earlier].map((key) => [key.id, key]));
    this.#cost = cost;
    this.#nobody = { cost, pepperId: pepper.id, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) };
  }

  /** Asked before anything else is done for who signs in. Refuses `SIGN_IN_BUSY` when too many wait already. */
  assertRoom(): Promise<void> {
    return this.#hashing.assertRoom();
  }

  /** Refuses `SIGN_IN_BUSY`. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const hash = await this.#derive(password, salt, this.#cost, this.#pepper);
    const { logN, r, p } = this.#cost;
    return [SUITE, logN, r, p, this.#pepper.id, salt.toString('base64url'), hash.toString('base64url')].join('$');
  }

  /** `stored` undefined = no such account: computes as much and says no. Refuses `SIGN_IN_BUSY`. */
  async verify(password: string, stored: string | undefined): Promise<Verdict> {
    const known = (stored === undefined ? undefined : parse(stored)) ?? this.#nobody;
    const pepper = this.#peppers.get(known.pepperId);
    const derived = await this.#derive(password, known.salt, known.cost, pepper ?? this.#pepper);
    const correct = timingSafeEqual(derived, known.hash) && pepper !== undefined;
    const { logN, r, p } = this.#cost;
    const outdated = known.cost.logN !== logN || known.cost.r !== r || known.cost.p !== p || pepper !== this.#pepper;
    return { correct, outdated: correct && outdated };
  }

  #derive(password: string, salt: Buffer, cost: ScryptCost, pepper: NamedKey): Promise<Buffer> {
    const secret = createHmac('sha256', pepper.secret).update(password.normalize('NFKC'), 'utf8').digest();
    return this.#hashing.derive({ secret: Uint8Array.from(secret), salt: Uint8Array.from(salt), length: HASH_BYTES, cost });
  }
}

function parse(text: string): Stored | undefined {
  const [suite, logN, r, p, pepperId, salt, hash] = text.split('$');
  if (suite !== SUITE || !pepperId || !salt || !hash) return undefined;
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  return { cost, pepperId, salt: Buffer.from(salt, 'base64url'), hash: Buffer.from(hash, 'base64url') };
}
