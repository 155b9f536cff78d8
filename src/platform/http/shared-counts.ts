import { setTimeout as delay } from 'node:timers/promises';
import type { TenantId } from '../../kernel/scope.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../logging.ts';
import { periodically, type Periodic } from '../periodic.ts';

/** What is counted, and for whom: `counter` is a digest of 32 bytes, `tenant` empty where there is none. */
export interface Counter {
  readonly tenant: TenantId | '';
  readonly counter: Buffer;
  readonly windowMs: number;
}

export interface Count {
  /** Which request of its window this one is, over all processes as far as they are known. */
  readonly ordinal: number;
  readonly endsInMs: number;
}

interface Batch {
  hits: number;
  /** Of all processes, counted before the first of these; known once the store has answered. */
  before?: number;
}

interface Window {
  readonly of: Counter;
  /** Of all processes, as the store told last. */
  known: number;
  /** What the store could not be told. */
  owed: number;
  unsent: Batch;
  sending: Batch | undefined;
  endsAt: number;
}

interface Told {
  readonly tenant_id: string;
  readonly counter: Buffer;
  readonly hits: number;
  readonly ends_in_ms: number;
}

/** Nobody waits longer for the count of other processes than this; who waits needs the same database for all that follows. */
const PATIENCE_MS = { exact: 2000, behind: 1000 } as const;
/** Windows kept in mind; beyond it the oldest is forgotten here, not in the store. */
const MOST = 20_000;
const FORGET_PAUSE_MS = 10 * 60_000;

/**
 * Requests of all API processes in windows that begin with their first request (ADR 0028). Each process counts for
 * itself and shares in rounds, one at a time; while the store is slow or away it goes by what it knows.
 */
export class SharedCounts {
  readonly #db: Database;
  readonly #log: Log;
  readonly #windows = new Map<string, Window>();
  readonly #unshared = new Map<string, Window>();
  #present: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #away = false;

  constructor(db: Database, log: Log) {
    this.#db = db;
    this.#log = log;
  }

  /**
   * `exact`: waits for what the others have counted. Otherwise a lone request goes by what is known, and only those
   * that come while it is being shared wait: a process that has not heard for long lets one too many pass.
   */
  async hit(of: Counter, exact: boolean): Promise<Count> {
    const key = `${of.tenant}/${of.counter.toString('base64')}`;
    const window = this.#windowOf(key, of);
    const batch = window.unsent;
    batch.hits += 1;
    const position = batch.hits;
    const alone = position === 1 && window.sending === undefined;
    this.#unshared.set(key, window);
    const round = this.#share();
    if ((exact || !alone) && !this.#away) await this.#patiently(round, PATIENCE_MS[exact ? 'exact' : 'behind']);
    const before = batch.before ?? window.known + window.owed + (window.sending === batch ? 0 : (window.sending?.hits ?? 0));
    return { ordinal: before + position, endsInMs: Math.max(1, window.endsAt - Date.now()) };
  }

  #windowOf(key: string, of: Counter): Window {
    const found = this.#windows.get(key);
    if (found && found.endsAt > Date.now()) return found;
    const fresh: Window = { of, known: 0, owed: 0, unsent: { hits: 0 }, sending: undefined, endsAt: Date.now() + of.windowMs };
    this.#windows.delete(key);
    this.#windows.set(key, fresh);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > MOST && oldest !== undefined) this.#windows.delete(oldest);
    return fresh;
  }

  async #patiently(round: Promise<void>, waitMs: number): Promise<void> {
    const late = await Promise.race([round.then(() => false), delay(waitMs, true, { ref: false })]);
    if (late) this.#isAway({ waitedMs: waitMs });
  }

  /** The round that begins after the present one, with everything counted until then. */
  #share(): Promise<void> {
    this.#next ??= this.#present.then(() => {
      this.#next = undefined;
      this.#present = this.#round();
      return this.#present;
    });
    return this.#next;
  }

  async #round(): Promise<void> {
    const windows = new Map(this.#unshared);
    this.#unshared.clear();
    for (const window of windows.values()) {
      window.sending = window.unsent;
      window.unsent = { hits: 0 };
    }
    const all = [...windows.values()];
    try {
      const told = await this.#db.door<Told>('door_rate_count', [
        all.map(({ of }) => of.tenant),
        all.map(({ of }) => of.counter),
        all.map(({ owed, sending }) => owed + (sending?.hits ?? 0)),
        all.map(({ of }) => of.windowMs),
      ]);
      this.#away = false;
      for (const one of told) learn(windows.get(`${one.tenant_id}/${one.counter.toString('base64')}`), one);
    } catch (error) {
      this.#isAway({ err: error });
      for (const window of all) owe(window);
    }
  }

  #isAway(why: object): void {
    if (!this.#away) this.#log.warn(why, 'limits are counted in this process alone');
    this.#away = true;
  }
}

function learn(window: Window | undefined, { hits, ends_in_ms }: Told): void {
  if (!window?.sending) return;
  window.sending.before = hits - window.sending.hits;
  window.sending = undefined;
  window.owed = 0;
  window.known = hits;
  window.endsAt = Date.now() + ends_in_ms;
}

function owe(window: Window): void {
  if (!window.sending) return;
  window.sending.before = window.known + window.owed;
  window.owed += window.sending.hits;
  window.sending = undefined;
}

/** Takes windows that are over out of the store. */
export function forgetRateCounts(db: Database, log: Log): Periodic {
  return periodically(
    FORGET_PAUSE_MS,
    () => db.door('door_forget_rate_counts'),
    (error) => log.error({ err: error, job: 'forgetRateCounts' }, 'round failed'),
  );
}
