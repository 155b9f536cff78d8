import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/database.ts';
import { daysOf, loopReport, type LoopReport, type Period } from './model.ts';
import { InsightsStore } from './store.ts';

@Injectable()
export class InsightsService {
  readonly #store: InsightsStore;

  constructor(store: InsightsStore) {
    this.#store = store;
  }

  /** The tenant's published account of its loop, not limited to a place in it. Refuses `INSIGHTS_PERIOD_REVERSED`. */
  async loopReport(tx: Tx, period: Period): Promise<LoopReport> {
    const span = daysOf(period);
    return loopReport(period, await this.#store.organisations(tx, span), await this.#store.cells(tx, period, span));
  }
}
