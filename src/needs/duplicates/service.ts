import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { likeness, lettersOf, pairsOf } from './shingles.ts';
import { BANDS, bandKey, nameHash, SIGNATURE_LENGTH, signInto } from './signature.ts';
import { DuplicateStore, type Likeness } from './store.ts';

/** What is compared of a need: what everyone may read of it, within its community and category. */
export interface ComparedNeed {
  readonly id: string;
  readonly serial: number;
  readonly communityId: string;
  readonly category: string;
  readonly publicText: string | null;
}

/** The lowest value that the policy may take: what is less alike is not even kept. */
const LEAST_PERCENT = 60;
/** Of a crowd in one band, and of the needs that one repeats: the next of them lead to the others. */
const MOST_IN_BAND = 20;
const MOST_LINKS = 5;

/** Keeps the signature of every need's public text and whom it resembles. It only proposes. */
@Injectable()
export class DuplicateFinder {
  readonly #store: DuplicateStore;

  constructor(store: DuplicateStore) {
    this.#store = store;
  }

  /** Three statements, however many needs. */
  async remember(tx: Tx, needs: readonly ComparedNeed[], at: Instant): Promise<void> {
    const signed = needs.flatMap((need) => {
      const own = pairsOf(lettersOf(need.publicText ?? ''));
      return own.length === 0 ? [] : [{ need, own, keys: keysOf(need, own) }];
    });
    if (signed.length === 0) return;
    const bands = signed.flatMap(({ need, keys }) => keys.map((key) => ({ key, serial: need.serial, needId: need.id })));
    await this.#store.addBands(tx, bands);
    const mine = new Map(signed.map((each) => [each.need.id, each]));
    const links = new Map<string, (Likeness & { readonly serial: number })[]>();
    for (const { needId, otherId, otherSerial, otherText } of await this.#store.candidates(tx, bands, MOST_IN_BAND)) {
      const { need, own } = mine.get(needId)!;
      // Two of one batch meet twice.
      if (mine.has(otherId) && otherSerial > need.serial) continue;
      const percent = likeness(own, mine.get(otherId)?.own ?? pairsOf(lettersOf(otherText)));
      if (percent < LEAST_PERCENT) continue;
      const [firstId, secondId] = otherSerial < need.serial ? [otherId, needId] : [needId, otherId];
      links.set(needId, [...(links.get(needId) ?? []), { firstId, secondId, percent, serial: otherSerial }]);
    }
    const best = [...links.values()].flatMap((found) =>
      found.sort((a, b) => b.percent - a.percent || a.serial - b.serial).slice(0, MOST_LINKS),
    );
    await this.#store.addLikenesses(tx, best, at);
  }

  /** After an edit of the text or the category. */
  async renew(tx: Tx, before: ComparedNeed, after: ComparedNeed, at: Instant): Promise<void> {
    const old = pairsOf(lettersOf(before.publicText ?? ''));
    if (old.length > 0) await this.#store.removeBands(tx, before.serial, keysOf(before, old));
    await this.#store.removeOpen(tx, before.id);
    await this.remember(tx, [after], at);
  }
}

function keysOf({ communityId, category }: ComparedNeed, pairs: Float64Array): number[] {
  const minima = new Uint32Array(SIGNATURE_LENGTH);
  signInto(minima, pairs);
  const block = nameHash(`${communityId}/${category}`);
  return Array.from({ length: BANDS }, (_, band) => bandKey(minima, band, block));
}
