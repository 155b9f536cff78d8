import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { refuse } from '../../kernel/refusal.ts';
import { Gate } from '../threads/gate.ts';
import { KeptThreads } from '../threads/kept-threads.ts';

export interface ScryptCost {
  /** N as a power of two. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

export interface Derivation {
  readonly secret: Uint8Array;
  readonly salt: Uint8Array;
  readonly length: number;
  readonly cost: ScryptCost;
}

/** 128 MiB and a core each: one stays free for everybody else. */
export const AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1));
/** About three seconds of work; who would wait longer is told to come back. */
export const MOST_WAITING = 6;
/** Who is told no waits as long as a hash takes, or trying again would be cheaper than having tried; as many at least. */
const NO_AFTER_MS = 1000;
const MOST_HELD = 500;

/** How far hashes step back behind who answers requests, where both want the same core (nice values). */
const BEHIND = {
  /** A third of the share: enough for signing in not to stand still. */
  few: 5,
  /** When many wait somebody may be trying passwords: a thirtieth, so that others hardly notice. */
  many: 15,
} as const;
/** So many at work and waiting are still people who sign in. */
const STILL_FEW = 2;

export interface PlacedDerivation extends Derivation {
  readonly behind: number;
}

const KEPT = { memoryMb: 64, keepBelowMb: 64, idleMs: 60_000 };
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './hashing-thread.ts' : './hashing-thread.js', import.meta.url);

/**
 * Hashes in threads of their own that run behind everything else (trust.md §3): neither the event loop nor the pool that
 * files and archives share ever waits for a password.
 */
export class Hashing {
  /** Apart, since no thread may come forward again. */
  readonly #threads = { few: new KeptThreads({ entry: ENTRY, ...KEPT }), many: new KeptThreads({ entry: ENTRY, ...KEPT }) };
  readonly #gate = new Gate(AT_ONCE);
  #inside = 0;
  #held = 0;

  /** Before anything else is done for a password. Refuses `SIGN_IN_BUSY`, not at once. */
  async assertRoom(): Promise<void> {
    if (this.#isFull) await this.#refuseLater();
  }

  get #isFull(): boolean {
    return this.#inside >= AT_ONCE + MOST_WAITING;
  }

  async #refuseLater(): Promise<never> {
    if (this.#held < MOST_HELD) {
      this.#held += 1;
      await delay(NO_AFTER_MS);
      this.#held -= 1;
    }
    return refuse('SIGN_IN_BUSY', 'tooMany', { retryAfterSeconds: 1 });
  }

  /** Refuses `SIGN_IN_BUSY`. */
  async derive(derivation: Derivation): Promise<Buffer> {
    if (this.#isFull) await this.#refuseLater();
    this.#inside += 1;
    try {
      return Buffer.from(await this.#gate.pass(() => this.#run(derivation)));
    } finally {
      this.#inside -= 1;
    }
  }

  #run(derivation: Derivation): Promise<Uint8Array> {
    const crowd = this.#inside > STILL_FEW ? 'many' : 'few';
    return this.#threads[crowd].run<Uint8Array>({ ...derivation, behind: BEHIND[crowd] } satisfies PlacedDerivation);
  }
}
