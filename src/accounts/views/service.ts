import { Injectable } from '@nestjs/common';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import type { SavedView } from './model.ts';
import { ViewStore } from './store.ts';

export interface ViewCommand {
  readonly commandId: string;
  readonly at: Instant;
}

/** Of one list; a menu of more could not be read. */
const MOST = 30;

/** Saved views follow their owner to every device; nobody else sees them. */
@Injectable()
export class ViewService {
  readonly #store: ViewStore;

  constructor(store: ViewStore) {
    this.#store = store;
  }

  async of(tx: Tx, personId: string, list: string): Promise<SavedView[]> {
    return this.#store.of(tx, personId, list);
  }

  /** `at` is real time. Refuses `VIEWS_FULL`. */
  async save(tx: Tx, personId: string, list: string, wanted: Omit<SavedView, 'id'>, { commandId, at }: ViewCommand): Promise<SavedView> {
    const view = { id: deriveId(commandId, 'view'), ...wanted };
    return (await this.#store.save(tx, personId, list, view, at, MOST)) ?? refuse('VIEWS_FULL', 'rule', { most: MOST });
  }

  /** Refuses `VIEW_UNKNOWN`. */
  async remove(tx: Tx, personId: string, list: string, id: string): Promise<void> {
    if (!(await this.#store.remove(tx, personId, list, id))) refuse('VIEW_UNKNOWN', 'unknown');
  }
}
