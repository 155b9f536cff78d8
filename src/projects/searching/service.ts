import { Injectable } from '@nestjs/common';
import type { Found } from '../../needs/search/model.ts';
import { SearchWords } from '../../needs/search/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { ProjectStore, type Project, type ProjectFilter } from '../store.ts';

/** Projects by the words of their title and of the proposal they came from. */
@Injectable()
export class ProjectSearch {
  readonly #store: ProjectStore;
  readonly #words: SearchWords;

  constructor(store: ProjectStore, words: SearchWords) {
    this.#store = store;
    this.#words = words;
  }

  /** What meets the question best first; up to one more than the page holds. Refuses `SEARCH_EMPTY`. */
  async find(tx: Tx, text: string, filter: ProjectFilter, page: PageRequest): Promise<Found<Project>[]> {
    return this.#store.search(tx, this.#words.asked(text), filter, page);
  }
}
