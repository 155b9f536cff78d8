import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { RecordKind } from './model.ts';

export interface Block {
  readonly number: number;
  readonly prev: Buffer;
  readonly root: Buffer;
  readonly count: number;
  readonly hash: Buffer;
  /** The leaf hashes in their order: a bad row is found by its place. */
  readonly leaves: Buffer;
  /** Transactions whose rows it holds: from this one on … */
  readonly fromXid: string;
  /** … to just before this one. */
  readonly untilXid: string;
  readonly sealedAt: Instant;
}

export interface RecordRow {
  readonly kind: RecordKind;
  readonly key: string;
  readonly bytes: Buffer;
}

const COLUMNS = `number, prev, root, count, hash, leaves, from_xid::text AS "fromXid", until_xid::text AS "untilXid",
  sealed_at AS "sealedAt"`;

@Injectable()
export class SealingStore {
  /** What follows is done with the rights of the sealer alone; until the end of the transaction. */
  become(tx: Tx): void {
    tx.send('SET LOCAL ROLE cobuild_sealer');
  }

  /** False = another sealer is at work on this tenant. */
  async claim(tx: Tx): Promise<boolean> {
    const [lock] = await tx.query<{ got: boolean }>(
      "SELECT pg_try_advisory_xact_lock(hashtextextended('seal/' || $1, 0)) AS got",
      [tx.scope.tenant],
    );
    return lock?.got === true;
  }

  async last(tx: Tx): Promise<Block | undefined> {
    const [block] = await tx.query<Block>(
      `SELECT ${COLUMNS} FROM audit_block WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1`,
      [tx.scope.tenant],
    );
    return block;
  }

  async block(tx: Tx, number: number): Promise<Block | undefined> {
    const [block] = await tx.query<Block>(`SELECT ${COLUMNS} FROM audit_block WHERE tenant_id = $1 AND number = $2`, [
      tx.scope.tenant,
      number,
    ]);
    return block;
  }

  /**
   * Where the next block ends, and its leaves. One statement, hence one snapshot: below its oldest running transaction
   * nothing can appear any more. Undefined = nothing to seal.
   */
  async leaves(tx: Tx, fromXid: string, most: number): Promise<{ untilXid: string; leaves: Buffer[] } | undefined> {
    const rows = await tx.query<{ untilXid: string; leaf: Buffer }>(
      `WITH settled AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xid),
       beyond AS (
         SELECT r.xid FROM audit_record r, settled
          WHERE r.tenant_id = $1 AND r.xid >= $2::xid8 AND r.xid < settled.xid ORDER BY r.xid OFFSET $3 LIMIT 1
       ), first AS (
         SELECT r.xid FROM audit_record r WHERE r.tenant_id = $1 AND r.xid >= $2::xid8 ORDER BY r.xid LIMIT 1
       ), until AS (
         SELECT CASE WHEN beyond.xid IS NULL THEN settled.xid
                     WHEN beyond.xid > first.xid THEN beyond.xid
                     ELSE ((first.xid::text::bigint + 1)::text)::xid8 END AS xid
           FROM settled LEFT JOIN beyond ON true LEFT JOIN first ON true
       )
       SELECT until.xid::text AS "untilXid", sha256('\\x00'::bytea || convert_to(r.kind || '/' || r.key || E'\\n', 'UTF8') || r.bytes) AS leaf
         FROM until JOIN audit_record r ON r.tenant_id = $1 AND r.xid >= $2::xid8 AND r.xid < until.xid
        ORDER BY r.kind COLLATE "C", r.key COLLATE "C"`,
      [tx.scope.tenant, fromXid, most],
    );
    const [first] = rows;
    return first && { untilXid: first.untilXid, leaves: rows.map(({ leaf }) => leaf) };
  }

  /** The rows of a block, in its order. */
  async rows(tx: Tx, { fromXid, untilXid }: Pick<Block, 'fromXid' | 'untilXid'>): Promise<RecordRow[]> {
    return tx.query<RecordRow>(
      `SELECT kind, key, bytes FROM audit_record
        WHERE tenant_id = $1 AND xid >= $2::xid8 AND xid < $3::xid8 ORDER BY kind COLLATE "C", key COLLATE "C"`,
      [tx.scope.tenant, fromXid, untilXid],
    );
  }

  async append(tx: Tx, block: Block): Promise<void> {
    await tx.query(
      `INSERT INTO audit_block (tenant_id, number, prev, root, count, hash, leaves, from_xid, until_xid, sealed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::xid8, $9::xid8, $10)`,
      [
        tx.scope.tenant,
        block.number,
        block.prev,
        block.root,
        block.count,
        block.hash,
        block.leaves,
        block.fromXid,
        block.untilXid,
        block.sealedAt,
      ],
    );
  }
}
