import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { AuditService } from '../service.ts';
import { MOST_BLOCKS, ROWS_REMOVED } from './model.ts';
import { AuditExpiryStore, type ExpiredRow } from './store.ts';

const LEAF_BYTES = 32;

/**
 * Rows past their term go block by block; the blocks, their leaves and hashes stay, so that the chain is proved as
 * before. What went is itself a row of the record, with a digest of its leaves: any other gap is found.
 */
@Injectable()
export class AuditExpiry {
  readonly #store: AuditExpiryStore;
  readonly #audit: AuditService;

  constructor(store: AuditExpiryStore, audit: AuditService) {
    this.#store = store;
    this.#audit = audit;
  }

  /** `before`: when their block was sealed. */
  async count(tx: Tx, before: Instant): Promise<{ due: number; held: number }> {
    return { due: await this.#store.count(tx, await this.#store.done(tx), before), held: 0 };
  }

  /** Of the next blocks; a row that is not as it was sealed stays, to be named. */
  async remove(tx: Tx, before: Instant, most: number, at: Instant): Promise<{ removed: number; next: true | undefined }> {
    if (!(await this.#store.claim(tx))) return { removed: 0, next: undefined };
    const blocks = await this.#store.next(tx, await this.#store.done(tx), before, { blocks: MOST_BLOCKS, rows: most });
    const [first, last] = [blocks[0], blocks.at(-1)];
    if (!first || !last) return { removed: 0, next: undefined };
    const sealed = new Map(blocks.map(({ number, leaves }) => [number, setOf(leaves)]));
    const rows = (await this.#store.expired(tx, first.number, last.number)).filter((row) => sealed.get(row.block)!.has(row.leaf.toString('latin1')));
    const removal = { fromBlock: first.number, untilBlock: last.number, removed: rows.length, digest: digestOf(rows), at };
    const gone = await this.#store.remove(tx, rows.map(({ id }) => id), removal);
    if (gone !== rows.length) throw new Error(`${gone} of ${rows.length} rows past their term went`);
    if (gone > 0) {
      await this.#audit.record(tx, {
        at,
        action: ROWS_REMOVED,
        subject: `blocks:${first.number}-${last.number}`,
        outcome: 'done',
        changes: { from: first.number, until: last.number, removed: gone, digest: removal.digest.toString('hex') },
      });
    }
    return { removed: gone, next: true };
  }
}

function setOf(leaves: Buffer): ReadonlySet<string> {
  return new Set(Array.from({ length: leaves.length / LEAF_BYTES }, (_, at) => leaves.toString('latin1', at * LEAF_BYTES, (at + 1) * LEAF_BYTES)));
}

function digestOf(rows: readonly ExpiredRow[]): Buffer {
  const hash = createHash('sha256');
  for (const { leaf } of rows) hash.update(leaf);
  return hash.digest();
}
