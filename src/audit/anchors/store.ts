import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';

export interface Anchor {
  /** In Asia/Shanghai. */
  readonly day: LocalDate;
  readonly number: number;
  readonly keyId: string;
  readonly statement: Buffer;
  readonly signature: Buffer;
  readonly signedAt: Instant;
}

@Injectable()
export class AnchorStore {
  /** Newest first. */
  async page(tx: Tx, before: LocalDate | undefined, limit: number): Promise<Anchor[]> {
    return tx.query<Anchor>(
      `SELECT day, number, key_id AS "keyId", statement_bytes AS statement, signature, signed_at AS "signedAt"
         FROM audit_anchor WHERE tenant_id = $1 AND ($2::date IS NULL OR day < $2) ORDER BY day DESC LIMIT $3`,
      [tx.scope.tenant, before ?? null, limit],
    );
  }

  async sealedRows(tx: Tx): Promise<number> {
    const [sum] = await tx.query<{ rows: number }>(
      'SELECT coalesce(sum(count), 0)::bigint AS rows FROM audit_block WHERE tenant_id = $1',
      [tx.scope.tenant],
    );
    return sum?.rows ?? 0;
  }

  /** False = the day has one already. */
  async insert(tx: Tx, anchor: Anchor): Promise<boolean> {
    const inserted = await tx.query(
      `INSERT INTO audit_anchor (tenant_id, day, number, key_id, statement_bytes, signature, signed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING day`,
      [tx.scope.tenant, anchor.day, anchor.number, anchor.keyId, anchor.statement, anchor.signature, anchor.signedAt],
    );
    return inserted.length === 1;
  }
}
