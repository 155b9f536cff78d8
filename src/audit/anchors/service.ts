import { Injectable } from '@nestjs/common';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import { shanghaiDate, type Instant, type LocalDate } from '../../kernel/time.ts';
import { canonicalBytes } from '../../platform/crypto/canonical.ts';
import { publicKeyOf, SIGNING_SUITE, signatureOf, type PublicKey } from '../../platform/crypto/signing.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import type { NamedKey } from '../../platform/keys.ts';
import { SealingStore } from '../sealing/store.ts';
import type { AnchorStatement } from './model.ts';
import { AnchorStore, type Anchor } from './store.ts';

/** Tells somebody outside about a new anchor, in its transaction. */
export type AnchorHerald = (tx: Tx, anchor: Anchor) => Promise<void>;

/** Signed heads of the record: what is published and sent out cannot be taken back by whoever owns the database. */
@Injectable()
export class AnchorService {
  readonly #db: Database;
  readonly #store: AnchorStore;
  readonly #blocks: SealingStore;
  readonly #keys: readonly NamedKey[];

  /** The first key signs; all are published, because old anchors need theirs. */
  constructor(db: Database, store: AnchorStore, blocks: SealingStore, keys: readonly NamedKey[]) {
    this.#db = db;
    this.#store = store;
    this.#blocks = blocks;
    this.#keys = keys;
  }

  get publicKeys(): PublicKey[] {
    return this.#keys.map(publicKeyOf);
  }

  /** Tenants whose record has no anchor of that instant's day in Asia/Shanghai. */
  async unanchored(at: Instant): Promise<TenantId[]> {
    const tenants = await this.#db.door<{ tenant_id: TenantId }>('door_unanchored', [shanghaiDate(at)]);
    return tenants.map(({ tenant_id: tenant }) => tenant);
  }

  /** The day's anchor over the last block; undefined = it is there already. */
  async anchor(tenant: TenantId, at: Instant, tell: AnchorHerald): Promise<Anchor | undefined> {
    return this.#db.within(tenantScope(tenant), async (tx) => {
      const last = await this.#blocks.last(tx);
      const [key] = this.#keys;
      if (!last || !key) return undefined;
      const day = shanghaiDate(at);
      const statement: AnchorStatement = {
        format: 'cobuild.anchor/1',
        tenant,
        day,
        block: last.number,
        hash: last.hash.toString('hex'),
        rows: await this.#store.sealedRows(tx),
        key: key.id,
        suite: SIGNING_SUITE,
      };
      const bytes = canonicalBytes({ ...statement });
      const anchor = { day, number: last.number, keyId: key.id, statement: bytes, signature: signatureOf(key, bytes), signedAt: at };
      await tell(tx, anchor);
      this.#blocks.become(tx);
      return (await this.#store.insert(tx, anchor)) ? anchor : undefined;
    });
  }

  async page(tenant: TenantId, before: LocalDate | undefined, limit: number): Promise<Anchor[]> {
    return this.#db.within(tenantScope(tenant), (tx) => this.#store.page(tx, before, limit));
  }
}
