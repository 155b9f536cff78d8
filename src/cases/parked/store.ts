import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';

/** A case that cannot go on by itself until somebody repairs it. */
export interface ParkedCase {
  readonly caseId: string;
  readonly kind: string;
  readonly code: string;
  readonly movedAt: Instant;
}

@Injectable()
export class ParkedStore {
  /** By id; up to one row more than the page. */
  async page(tx: Tx, { after, limit }: PageRequest): Promise<ParkedCase[]> {
    return tx.query<ParkedCase>(
      `SELECT case_id AS "caseId", kind, parked_code AS code, moved_at AS "movedAt" FROM case_head
        WHERE tenant_id = $1 AND parked_code IS NOT NULL AND ($2::text IS NULL OR case_id > $2) ORDER BY case_id LIMIT $3`,
      [tx.scope.tenant, after?.id ?? null, limit + 1],
    );
  }

  /** Undefined = there is no such case; null = it is not parked. A case that parks again waits until the transaction ends. */
  async release(tx: Tx, caseId: string): Promise<string | null | undefined> {
    const [head] = await tx.query<{ code: string | null }>(
      `WITH held AS (SELECT case_id, parked_code FROM case_head WHERE tenant_id = $1 AND case_id = $2 FOR UPDATE),
            freed AS (UPDATE case_head h SET parked_code = NULL FROM held WHERE h.tenant_id = $1 AND h.case_id = held.case_id)
       SELECT parked_code AS code FROM held`,
      [tx.scope.tenant, caseId],
    );
    return head?.code;
  }
}
