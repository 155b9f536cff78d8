import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { mapInTurns, Turns } from '../../platform/tables/turns.ts';
import { likeness, lettersOf, pairsOf } from './shingles.ts';
import { BANDS, bandKey, likenessOfSignatures, nameHash, SIGNATURE_LENGTH, signInto, type SignatureKey } from './signature.ts';
import { DuplicateStore, type BandRow, type Candidate, type Likeness } from './store.ts';

/** What is compared of a need within its community and category: what everyone may read, or else the raiser's words. */
export interface ComparedNeed {
  readonly id: string;
  readonly serial: number;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly category: string;
  readonly publicText: string | null;
  /** Nobody need look for what repeats it: it came in closed. */
  readonly settled?: boolean;
}

interface Signed {
  readonly need: ComparedNeed;
  readonly minima: Uint32Array;
  /** Of a public text, which is compared exactly; undefined where only a signature is left of sealed words. */
  readonly pairs: Float64Array | undefined;
  /** One for each band. */
  readonly keys: readonly number[];
}

/** A need that was met in a band. */
interface Other {
  readonly id: string;
  readonly serial: number;
  readonly pairs: Float64Array | undefined;
  readonly minima: () => Uint32Array;
}

/** The lowest value that the policy may take: what is less alike is not even kept. */
const LEAST_PERCENT = 60;
/** Of a crowd in one band, and of the needs that one repeats: the next of them lead to the others. */
const MOST_IN_BAND = 20;
const MOST_LINKS = 5;
const ROWS_A_STATEMENT = 16_000;

/** Keeps the signature of every need's text and whom it resembles. It only proposes. */
@Injectable()
export class DuplicateFinder {
  readonly #store: DuplicateStore;
  readonly #index: BlindIndex;

  constructor(store: DuplicateStore, index: BlindIndex) {
    this.#store = store;
    this.#index = index;
  }

  /** New needs with what their raisers said, in the order of their numbers. A few statements, however many. */
  async remember(tx: Tx, needs: readonly { readonly need: ComparedNeed; readonly spoken: string | null }[], at: Instant): Promise<void> {
    const key = this.#key(tx);
    const signed = await mapInTurns(needs, ({ need, spoken }): Signed[] => {
      const pairs = pairsOf(lettersOf(need.publicText ?? spoken ?? ''));
      return pairs.length === 0 ? [] : [signedBy(need, signatureOf(pairs, key), need.publicText === null ? undefined : pairs)];
    });
    const speaking = signed.flat();
    const sealed = speaking.filter(({ pairs }) => pairs === undefined);
    await this.#store.addSignatures(tx, sealed.map(({ need, minima }) => ({ needId: need.id, orgPath: need.orgPath, minima: Buffer.from(minima.buffer) })));
    await this.#compare(tx, speaking, at);
  }

  /** After an edit of the text or the category. */
  async renew(tx: Tx, before: ComparedNeed, after: ComparedNeed, at: Instant): Promise<void> {
    const [old, now] = [await this.#signed(tx, before), await this.#signed(tx, after)];
    if (old) await this.#store.removeBands(tx, before.serial, old.keys);
    await this.#store.removeOpen(tx, before.id);
    if (after.publicText !== null) await this.#store.removeSignature(tx, after.id);
    if (now) await this.#compare(tx, [now], at);
  }

  /** Its words are no longer to be compared with anybody's. */
  async forget(tx: Tx, need: ComparedNeed): Promise<void> {
    const old = await this.#signed(tx, need);
    if (old) await this.#store.removeBands(tx, need.serial, old.keys);
    await this.#store.removeOpen(tx, need.id);
    await this.#store.removeSignature(tx, need.id);
  }

  async #signed(tx: Tx, need: ComparedNeed): Promise<Signed | undefined> {
    if (need.publicText === null) {
      const stored = await this.#store.signature(tx, need.id);
      return stored && signedBy(need, minimaOf(stored), undefined);
    }
    const pairs = pairsOf(lettersOf(need.publicText));
    return pairs.length === 0 ? undefined : signedBy(need, signatureOf(pairs, this.#key(tx)), pairs);
  }

  /** Each with those that were there before it, of the same call too. */
  async #compare(tx: Tx, signed: readonly Signed[], at: Instant): Promise<void> {
    if (signed.length === 0) return;
    const bands = await this.#bands(tx, signed);
    await this.#addBands(tx, signed);
    const found = await mapInTurns(signed, (own): Likeness[] => {
      const met = new Set<Other>();
      const self: Other = { id: own.need.id, serial: own.need.serial, pairs: own.pairs, minima: () => own.minima };
      for (const key of own.keys) {
        const crowd = bands.get(key);
        if (crowd) for (const other of crowd) met.add(other);
        if (own.need.settled) continue;
        if (!crowd) bands.set(key, [self]);
        else if (crowd.length < MOST_IN_BAND) crowd.push(self);
      }
      return nearest(self, met);
    });
    await this.#store.addLikenesses(tx, found.flat(), at);
  }

  /** Who was in these bands before; of a crowd the oldest, which stand for it. */
  async #bands(tx: Tx, signed: readonly Signed[]): Promise<Map<number, Other[]>> {
    const keys = Float64Array.from(signed.flatMap((each) => each.keys)).sort();
    const rows: BandRow[] = [];
    for (const some of slices(Array.from(keys))) rows.push(...(await this.#store.inBands(tx, some, MOST_IN_BAND)));
    const key = this.#key(tx);
    const others = new Map(
      (await this.#store.candidates(tx, [...new Set(rows.map(({ needId }) => needId))])).map((row) => [row.id, otherOf(row, key)]),
    );
    const bands = new Map<number, Other[]>();
    for (const { key: band, needId } of rows) {
      const other = others.get(needId);
      if (other) bands.set(band, [...(bands.get(band) ?? []), other]);
    }
    return bands;
  }

  /** In the order of the index, so that what is written together lies together. */
  async #addBands(tx: Tx, signed: readonly Signed[]): Promise<void> {
    const rows = signed.flatMap(({ keys, need }) => keys.map((key) => ({ key, serial: need.serial, needId: need.id })));
    rows.sort((a, b) => a.key - b.key || a.serial - b.serial);
    const turns = new Turns();
    for (const some of slices(rows)) {
      this.#store.addBands(tx, some);
      await turns.take();
    }
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

function signedBy(need: ComparedNeed, minima: Uint32Array, pairs: Float64Array | undefined): Signed {
  const block = nameHash(`${need.communityId}/${need.category}`);
  const keys = Array.from({ length: BANDS }, (_, band) => bandKey(minima, band, block));
  return { need, minima, pairs, keys: [...new Set(keys)] };
}

function otherOf({ id, serial, publicText, minima }: Candidate, key: SignatureKey): Other {
  const pairs = publicText === null ? undefined : pairsOf(lettersOf(publicText));
  return { id, serial, pairs, minima: () => (pairs ? signatureOf(pairs, key) : minimaOf(minima!)) };
}

/** Whom a need resembles most, the older one first. */
function nearest(own: Other, met: ReadonlySet<Other>): Likeness[] {
  return [...met]
    .map((other) => ({ other, percent: percentOf(own, other) }))
    .filter(({ percent }) => percent >= LEAST_PERCENT)
    .sort((a, b) => b.percent - a.percent || a.other.serial - b.other.serial)
    .slice(0, MOST_LINKS)
    .map(({ other, percent }) => {
      const [first, second] = other.serial < own.serial ? [other, own] : [own, other];
      return { firstId: first.id, secondId: second.id, percent };
    });
}

/** Exact where both have a public text, as far as signatures tell where one has not. */
function percentOf(a: Other, b: Other): number {
  return a.pairs && b.pairs ? likeness(a.pairs, b.pairs) : likenessOfSignatures(a.minima(), b.minima());
}

function* slices<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += ROWS_A_STATEMENT) yield items.slice(from, from + ROWS_A_STATEMENT);
}
