import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { PeopleService, type PersonCommand } from '../service.ts';
import { PeopleExpiryStore } from './store.ts';

/** Names and phones of those who left long ago. */
@Injectable()
export class PeopleExpiry {
  readonly #store: PeopleExpiryStore;
  readonly #people: PeopleService;

  constructor(store: PeopleExpiryStore, people: PeopleService) {
    this.#store = store;
    this.#people = people;
  }

  async count(tx: Tx, before: Instant): Promise<{ due: number; held: number }> {
    return { due: await this.#store.count(tx, before), held: 0 };
  }

  /** Erases those who left before, at most so many; answers how many. */
  async remove(tx: Tx, before: Instant, most: number, command: PersonCommand): Promise<number> {
    const ids = await this.#store.some(tx, before, most);
    for (const id of ids) await this.#people.erase(tx, id, command);
    return ids.length;
  }
}
