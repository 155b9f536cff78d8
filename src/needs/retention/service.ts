import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { ConsentService } from '../consent/service.ts';
import { HoldService } from '../holds/service.ts';
import { needOf } from '../intake/service.ts';
import type { Intent } from '../model.ts';
import type { After, ExpiredSpeaker } from './model.ts';
import { NeedsRetentionStore } from './store.ts';

const PAGE = 200;

/** What this area keeps of people past its term, and its destruction. A legal hold exempts its record. */
@Injectable()
export class NeedsRetention {
  readonly #store: NeedsRetentionStore;
  readonly #consents: ConsentService;
  readonly #holds: HoldService;

  constructor(store: NeedsRetentionStore, consents: ConsentService, holds: HoldService) {
    this.#store = store;
    this.#consents = consents;
    this.#holds = holds;
  }

  async countSpeakers(tx: Tx, before: Instant): Promise<{ due: number; held: number }> {
    let [due, held] = [0, 0];
    for (let page = await this.#page(tx, before, undefined); page.length > 0; page = await this.#page(tx, before, page.at(-1))) {
      const grounds = await this.#holds.groundsOf(tx, 'need', page.map(({ needId }) => needId));
      held += grounds.size;
      due += page.length - grounds.size;
    }
    return { due, held };
  }

  /** One page of them: key, photographs, index of the phone, signature of the words. `next` where there may be more. */
  async forgetSpeakers(tx: Tx, before: Instant, after: After | undefined, intent: Intent): Promise<{ removed: number; next: After | undefined }> {
    const page = await this.#page(tx, before, after);
    let removed = 0;
    for (const speaker of page) {
      if ((await this.#holds.groundOf(tx, { kind: 'need', id: speaker.needId })) !== undefined) continue;
      await this.#consents.forget(tx, speaker, intent);
      removed += 1;
    }
    return { removed, next: page.length < PAGE ? undefined : page.at(-1) };
  }

  async countMarks(tx: Tx, before: Instant): Promise<{ due: number; held: number }> {
    return { due: await this.#store.countMarks(tx, before), held: 0 };
  }

  async removeMarks(tx: Tx, before: Instant, most: number): Promise<number> {
    return this.#store.removeMarks(tx, before, most);
  }

  async countImportRows(tx: Tx, before: Instant): Promise<{ due: number; held: number }> {
    return this.#store.countImportRows(tx, before);
  }

  /** Whoever imports them again imports them anew; the import can no longer be undone as a whole. */
  async removeImportRows(tx: Tx, before: Instant, most: number): Promise<number> {
    return this.#store.removeImportRows(tx, before, most);
  }

  async #page(tx: Tx, before: Instant, after: After | undefined): Promise<ExpiredSpeaker[]> {
    const rows = await this.#store.speakers(tx, before, after, PAGE);
    return rows.map(({ needId, ...row }) => ({ ...row, needId: needId ?? needOf(row.id) }));
  }
}
