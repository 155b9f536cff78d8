import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { likeness, lettersOf, pairsOf } from './shingles.ts';
import { BANDS, bandKey, likenessOfSignatures, nameHash, SIGNATURE_LENGTH, signInto, type SignatureKey } from './signature.ts';
import { DuplicateStore, type Candidate, type Likeness } from './store.ts';

/** What is compared of a need within its community and category: what everyone may read, or else the raiser's words. */
export interface ComparedNeed {
  readonly id: string;
  readonly serial: number;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly category: string;
  readonly publicText: string | null;
}

interface Signed {
  readonly need: ComparedNeed;
  readonly minima: Uint32Array;
  /** Of a public text, which is compared exactly; undefined where only a signature is left of sealed words. */
  readonly pairs: Float64Array | undefined;
}

/** The lowest value that the policy may take: what is less alike is not even kept. */
const LEAST_PERCENT = 60;
/** Of a crowd in one band, and of the needs that one repeats: the next of them lead to the others. */
const MOST_IN_BAND = 20;
const MOST_LINKS = 5;

/** Keeps the signature of every need's text and whom it resembles. It only proposes. */
@Injectable()
export class DuplicateFinder {
  readonly #store: DuplicateStore;
  readonly #index: BlindIndex;

  constructor(store: DuplicateStore, index: BlindIndex) {
    this.#store = store;
    this.#index = index;
  }

  /** New needs with what their raisers said. Three statements, however many. */
  async remember(tx: Tx, needs: readonly { readonly need: ComparedNeed; readonly spoken: string | null }[], at: Instant): Promise<void> {
    const key = this.#key(tx);
    const signed = needs.flatMap(({ need, spoken }): Signed[] => {
      const pairs = pairsOf(lettersOf(need.publicText ?? spoken ?? ''));
      return pairs.length === 0 ? [] : [{ need, minima: signatureOf(pairs, key), pairs: need.publicText === null ? undefined : pairs }];
    });
    const sealed = signed.filter(({ pairs }) => pairs === undefined);
    await this.#store.addSignatures(tx, sealed.map(({ need, minima }) => ({ needId: need.id, orgPath: need.orgPath, minima: Buffer.from(minima.buffer) })));
    await this.#compare(tx, signed, at);
  }

  /** After an edit of the text or the category. */
  async renew(tx: Tx, before: ComparedNeed, after: ComparedNeed, at: Instant): Promise<void> {
    const [old, now] = [await this.#signed(tx, before), await this.#signed(tx, after)];
    if (old) await this.#store.removeBands(tx, before.serial, keysOf(old));
    await this.#store.removeOpen(tx, before.id);
    if (after.publicText !== null) await this.#store.removeSignature(tx, after.id);
    if (now) await this.#compare(tx, [now], at);
  }

  async #signed(tx: Tx, need: ComparedNeed): Promise<Signed | undefined> {
    if (need.publicText === null) {
      const stored = await this.#store.signature(tx, need.id);
      return stored && { need, minima: minimaOf(stored), pairs: undefined };
    }
    const pairs = pairsOf(lettersOf(need.publicText));
    return pairs.length === 0 ? undefined : { need, minima: signatureOf(pairs, this.#key(tx)), pairs };
  }

  async #compare(tx: Tx, signed: readonly Signed[], at: Instant): Promise<void> {
    if (signed.length === 0) return;
    const bands = signed.flatMap((each) => keysOf(each).map((key) => ({ key, serial: each.need.serial, needId: each.need.id })));
    await this.#store.addBands(tx, bands);
    const mine = new Map(signed.map((each) => [each.need.id, each]));
    const links = new Map<string, (Likeness & { readonly serial: number })[]>();
    for (const candidate of await this.#store.candidates(tx, bands, MOST_IN_BAND)) {
      const { needId, otherId, otherSerial } = candidate;
      const own = mine.get(needId)!;
      const older = otherSerial < own.need.serial;
      // Two of one batch meet twice.
      if (mine.has(otherId) && !older) continue;
      const percent = this.#likeness(tx, own, mine.get(otherId), candidate);
      if (percent < LEAST_PERCENT) continue;
      const [firstId, secondId] = older ? [otherId, needId] : [needId, otherId];
      links.set(needId, [...(links.get(needId) ?? []), { firstId, secondId, percent, serial: otherSerial }]);
    }
    const best = [...links.values()].flatMap((found) =>
      found.sort((a, b) => b.percent - a.percent || a.serial - b.serial).slice(0, MOST_LINKS),
    );
    await this.#store.addLikenesses(tx, best, at);
  }

  /** Exact where both have a public text, as far as signatures tell where one has not. */
  #likeness(tx: Tx, own: Signed, known: Signed | undefined, { otherText, otherMinima }: Candidate): number {
    const pairs = known ? known.pairs : otherText === null ? undefined : pairsOf(lettersOf(otherText));
    if (own.pairs && pairs) return likeness(own.pairs, pairs);
    const minima = known?.minima ?? (pairs ? signatureOf(pairs, this.#key(tx)) : otherMinima && minimaOf(otherMinima));
    return minima ? likenessOfSignatures(own.minima, minima) : 0;
  }

  /** A new master key makes new signatures: what came before it is then not met by what comes after. */
  #key(tx: Tx): SignatureKey {
    const secret = this.#index.of(tx.scope.tenant, 'needs_band', 'signature');
    return [secret.readInt32LE(0), secret.readInt32LE(4)];
  }
}

function signatureOf(pairs: Float64Array, key: SignatureKey): Uint32Array {
  const minima = new Uint32Array(SIGNATURE_LENGTH);
  signInto(minima, pairs, key);
  return minima;
}

function minimaOf(bytes: Buffer): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}

function keysOf({ need: { communityId, category }, minima }: Signed): number[] {
  const block = nameHash(`${communityId}/${category}`);
  return Array.from({ length: BANDS }, (_, band) => bandKey(minima, band, block));
}
