import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { KEPT } from './model.ts';

export interface Removal {
  readonly fromBlock: number;
  readonly untilBlock: number;
  readonly removed: number;
  /** SHA-256 of the leaves that went, in the order of the chain. */
  readonly digest: Buffer;
  readonly at: Instant;
}

export interface ExpiredRow {
  readonly block: number;
  readonly id: string;
  readonly leaf: Buffer;
}

const EXPIRED = `e.tenant_id = $1 AND split_part(e.action, '.', 1) <> ALL($4::text[])`;

@Injectable()
export class AuditExpiryStore {
  /** False = another worker is at it. */
  async claim(tx: Tx): Promise<boolean> {
    const [lock] = await tx.query<{ got: boolean }>("SELECT pg_try_advisory_xact_lock(hashtextextended('expire/' || $1, 0)) AS got", [tx.scope.tenant]);
    return lock?.got === true;
  }

  /** The last block whose rows past their term are gone; 0 = none. */
  async done(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ block: number }>('SELECT coalesce(max(until_block), 0) AS block FROM audit_removal WHERE tenant_id = $1', [tx.scope.tenant]);
    return row!.block;
  }

  /** Of blocks after this one that were sealed before. */
  async count(tx: Tx, after: number, before: Instant): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*) AS count FROM audit_event e
        WHERE ${EXPIRED}
          AND e.xid >= (SELECT min(from_xid) FROM audit_block WHERE tenant_id = $1 AND number > $2 AND sealed_at < $3)
          AND e.xid < (SELECT max(until_xid) FROM audit_block WHERE tenant_id = $1 AND number > $2 AND sealed_at < $3)`,
      [tx.scope.tenant, after, before, KEPT],
    );
    return row!.count;
  }

  /** The blocks that come next, no more than hold so many rows, but one at least. */
  async next(tx: Tx, after: number, before: Instant, { blocks, rows }: { blocks: number; rows: number }): Promise<{ number: number; leaves: Buffer }[]> {
    return tx.query(
      `SELECT number, leaves FROM (
         SELECT number, leaves, count, sum(count) OVER (ORDER BY number) AS running
           FROM (SELECT number, leaves, count FROM audit_block WHERE tenant_id = $1 AND number > $2 AND sealed_at < $3 ORDER BY number LIMIT $4) block) block
        WHERE running <= $5 OR running = count ORDER BY number`,
      [tx.scope.tenant, after, before, blocks, rows],
    );
  }

  /** With their leaves, in the order of the chain. */
  async expired(tx: Tx, from: number, until: number): Promise<ExpiredRow[]> {
    return tx.query<ExpiredRow>(
      `SELECT b.number AS block, e.id, sha256('\\x00'::bytea || convert_to('audit/' || e.id || E'\\n', 'UTF8') || e.event_bytes) AS leaf
         FROM audit_block b JOIN audit_event e ON e.tenant_id = b.tenant_id AND e.xid >= b.from_xid AND e.xid < b.until_xid
        WHERE b.tenant_id = $1 AND b.number BETWEEN $2 AND $3 AND ${EXPIRED}
        ORDER BY b.number, e.id::text COLLATE "C"`,
      [tx.scope.tenant, from, until, KEPT],
    );
  }

  /** With the sealer's rights, which the database bounds: nothing younger than six months goes. Answers how many went. */
  async remove(tx: Tx, ids: readonly string[], removal: Removal): Promise<number> {
    const { fromBlock, untilBlock, removed, digest, at } = removal;
    tx.send('SET LOCAL ROLE cobuild_sealer');
    const gone = await tx.query('DELETE FROM audit_event WHERE tenant_id = $1 AND id = ANY($2::uuid[]) RETURNING id', [tx.scope.tenant, ids]);
    await tx.query('INSERT INTO audit_removal (tenant_id, from_block, until_block, removed, digest, at) VALUES ($1, $2, $3, $4, $5, $6)', [
      tx.scope.tenant,
      fromBlock,
      untilBlock,
      removed,
      digest,
      at,
    ]);
    tx.send('RESET ROLE');
    return gone.length;
  }
}
