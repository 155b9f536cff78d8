import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { RatingMarkStore } from './store.ts';

/** From which network ratings came: kept as long as marks of networks are. */
@Injectable()
export class RatingMarkExpiry {
  readonly #store: RatingMarkStore;

  constructor(store: RatingMarkStore) {
    this.#store = store;
  }

  async count(tx: Tx, before: Instant): Promise<number> {
    return this.#store.count(tx, before);
  }

  /** At most so many; answers how many. */
  async remove(tx: Tx, before: Instant, most: number): Promise<number> {
    return this.#store.remove(tx, before, most);
  }
}
