import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { NotedChange } from './model.ts';

export interface ChangesSeen {
  readonly notes: readonly NotedChange[];
  /** Every transaction before it has ended; null = the given horizon is of another database. */
  readonly horizon: string | null;
  /** There was more than could be read. */
  readonly isCut: boolean;
}

const MOST = 2000;

@Injectable()
export class ChangeStore {
  /** What was committed by transactions from `since` on; absent = nothing, just the horizon. Some may be told again. */
  async since(tx: Tx, since: string | undefined): Promise<ChangesSeen> {
    const [now, notes] = await Promise.all([
      tx.query<{ horizon: string; isKnown: boolean }>(
        `SELECT pg_snapshot_xmin(s)::text AS horizon, coalesce($1::bigint <= pg_snapshot_xmax(s)::text::bigint, true) AS "isKnown"
           FROM pg_current_snapshot() s`,
        [since ?? null],
      ),
      since === undefined
        ? []
        : tx.query<NotedChange>(
            `SELECT seq, kind, id, version, org_path AS "orgPath", units, recipient FROM change_note
              WHERE tenant_id = $1 AND xid >= $2::bigint ORDER BY seq LIMIT $3`,
            [tx.scope.tenant, since, MOST + 1],
          ),
    ]);
    const [{ horizon, isKnown } = { horizon: '0', isKnown: false }] = now;
    return { notes: notes.slice(0, MOST), horizon: isKnown ? horizon : null, isCut: notes.length > MOST };
  }

  async prune(tx: Tx, before: Instant): Promise<number> {
    const gone = await tx.query('DELETE FROM change_note WHERE tenant_id = $1 AND noted_at < $2 RETURNING seq', [tx.scope.tenant, before]);
    return gone.length;
  }
}
