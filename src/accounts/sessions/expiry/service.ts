import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { SessionExpiryStore } from './store.ts';

/** Sessions that nobody signed out of, long after they have expired. */
@Injectable()
export class SessionExpiry {
  readonly #store: SessionExpiryStore;

  constructor(store: SessionExpiryStore) {
    this.#store = store;
  }

  async count(tx: Tx, before: Instant): Promise<{ due: number; held: number }> {
    return { due: await this.#store.count(tx, before), held: 0 };
  }

  /** At most so many; answers how many. */
  async remove(tx: Tx, before: Instant, most: number): Promise<number> {
    return this.#store.remove(tx, before, most);
  }
}
