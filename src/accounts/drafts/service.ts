import { Injectable } from '@nestjs/common';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import { SubjectKeys } from '../../platform/crypto/subject-keys.ts';
import type { Tx } from '../../platform/database/database.ts';
import { MOST_DRAFTS, type Draft } from './model.ts';
import { DraftStore } from './store.ts';

const TEXT = 'accounts_draft.text_sealed';

/** Whose account it is, and whose key seals it. */
export interface Writer {
  readonly accountId: string;
  readonly personId: string;
}

/** What is being written follows its writer to every device; times are real. */
@Injectable()
export class DraftService {
  readonly #store: DraftStore;
  readonly #keys: SubjectKeys;

  constructor(store: DraftStore, keys: SubjectKeys) {
    this.#store = store;
    this.#keys = keys;
  }

  async of(tx: Tx, { accountId }: Writer): Promise<Omit<Draft, 'text'>[]> {
    return this.#store.of(tx, accountId);
  }

  async read(tx: Tx, { accountId, personId }: Writer, form: string): Promise<Draft | undefined> {
    const found = await this.#store.read(tx, accountId, form);
    const key = found && (await this.#keys.load(tx, [personId])).get(personId);
    if (!found || !key) return undefined;
    const { sealed, ...draft } = found;
    return { ...draft, text: key.open(TEXT, sealed) };
  }

  /** Refuses `DRAFT_STALE` where another device has saved since: the page shows both. The same text again is no other. */
  async save(tx: Tx, writer: Writer, form: string, text: string, basedOn: number, at: Instant): Promise<Omit<Draft, 'text'>> {
    const key = await this.#keys.obtain(tx, writer.personId, at);
    const version = await this.#store.save(tx, writer.accountId, form, key.seal(TEXT, text), basedOn, at, MOST_DRAFTS);
    if (version !== undefined) return { form, version, savedAt: at };
    const held = await this.read(tx, writer, form);
    if (held?.text === text) return { form, version: held.version, savedAt: held.savedAt };
    return held || basedOn > 0 ? refuse('DRAFT_STALE', 'stale') : refuse('DRAFTS_FULL', 'rule', { most: MOST_DRAFTS });
  }

  /** After the form was sent; again changes nothing. */
  async remove(tx: Tx, { accountId }: Writer, form: string): Promise<void> {
    await this.#store.remove(tx, accountId, form);
  }

  async countBefore(tx: Tx, before: Instant): Promise<{ due: number; held: number }> {
    return { due: await this.#store.countBefore(tx, before), held: 0 };
  }

  /** At most so many; answers how many. */
  async removeBefore(tx: Tx, before: Instant, most: number): Promise<number> {
    return this.#store.removeBefore(tx, before, most);
  }
}
