import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { refuse } from '../../kernel/refusal.ts';
import type { NamedKey } from '../keys.ts';

export interface ScryptCost {
  /** N as a power of two. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's first choice: about 0.4 s and 128 MiB for each. */
export const STANDARD_COST: ScryptCost = { logN: 17, r: 8, p: 1 };

/** Two at once hold 256 MiB and both cores of a small server; whoever is third must not make everyone wait. */
const AT_ONCE = 2;
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
  #running = 0;

  /** The first pepper writes, all read. */
  constructor([pepper, ...earlier]: readonly [NamedKey, ...NamedKey[]], cost: ScryptCost = STANDARD_COST) {
    this.#pepper = pepper;
    this.#peppers = new Map([pepper, ...earlier].map((key) => [key.id, key]));
    this.#cost = cost;
    this.#nobody = { cost, pepperId: pepper.id, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) };
  }

  /** Refuses `SIGN_IN_BUSY` when two are being computed already. */
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

  async #derive(password: string, salt: Buffer, cost: ScryptCost, pepper: NamedKey): Promise<Buffer> {
    if (this.#running >= AT_ONCE) return refuse('SIGN_IN_BUSY', 'tooMany', { retryAfterSeconds: 1 });
    this.#running += 1;
    try {
      const peppered = createHmac('sha256', pepper.secret).update(password.normalize('NFKC'), 'utf8').digest();
      return await scryptOf(peppered, salt, cost);
    } finally {
      this.#running -= 1;
    }
  }
}

function scryptOf(secret: Buffer, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const N = 2 ** cost.logN;
  // Node refuses more than 32 MiB unless told; scrypt needs 128·N·r bytes and a little more.
  const maxmem = 128 * N * cost.r + 1024 * 1024;
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, HASH_BYTES, { N, r: cost.r, p: cost.p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function parse(text: string): Stored | undefined {
  const [suite, logN, r, p, pepperId, salt, hash] = text.split('$');
  if (suite !== SUITE || !pepperId || !salt || !hash) return undefined;
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  return { cost, pepperId, salt: Buffer.from(salt, 'base64url'), hash: Buffer.from(hash, 'base64url') };
}
