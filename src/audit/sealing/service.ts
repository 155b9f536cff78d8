import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { merkleRoot } from '../../platform/crypto/merkle.ts';
import { Database } from '../../platform/database/database.ts';
import { MOST_ROWS } from './model.ts';
import { SealingStore, type Block } from './store.ts';

/** What the first block of a tenant's chain stands on. */
function genesis(tenant: TenantId): Buffer {
  return createHash('sha256').update(`cobuild.record/1\n${tenant}`).digest();
}

/** H(number ‖ prev ‖ root ‖ count), both numbers as 8 bytes, big end first. */
function blockHash({ number, prev, root, count }: Pick<Block, 'number' | 'prev' | 'root' | 'count'>): Buffer {
  const whole = (value: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(value));
    return bytes;
  };
  return createHash('sha256').update(whole(number)).update(prev).update(root).update(whole(count)).digest();
}

/**
 * Seals what every transaction older than all running ones has written: no row can come in front of a sealed one any
 * more, and no business transaction waits for a chain's head (trust.md §5).
 */
@Injectable()
export class SealingService {
  readonly #db: Database;
  readonly #store: SealingStore;

  constructor(db: Database, store: SealingStore) {
    this.#db = db;
    this.#store = store;
  }

  /** Tenants with rows that can be sealed. */
  async unsealed(): Promise<TenantId[]> {
    const tenants = await this.#db.door<{ tenant_id: TenantId }>('door_unsealed');
    return tenants.map(({ tenant_id: tenant }) => tenant);
  }

  /** One block, at most; undefined = nothing to seal, or another sealer is at it. Several never fork a chain. */
  async seal(tenant: TenantId, at: Instant, most = MOST_ROWS): Promise<Block | undefined> {
    return this.#db.within(tenantScope(tenant), async (tx) => {
      this.#store.become(tx);
      if (!(await this.#store.claim(tx))) return undefined;
      const last = await this.#store.last(tx);
      const fromXid = last?.untilXid ?? '0';
      const next = await this.#store.leaves(tx, fromXid, most);
      if (!next) return undefined;
      const facts = {
        number: (last?.number ?? 0) + 1,
        prev: last?.hash ?? genesis(tenant),
        root: merkleRoot(next.leaves),
        count: next.leaves.length,
      };
      const { untilXid } = next;
      const block = { ...facts, hash: blockHash(facts), leaves: Buffer.concat(next.leaves), fromXid, untilXid, sealedAt: at };
      await this.#store.append(tx, block);
      return block;
    });
  }
}
