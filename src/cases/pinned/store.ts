import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keyset, type PageRequest } from '../../platform/http/cursor.ts';
import type { PolicyKind } from '../../policy/model.ts';

export interface PinnedCase {
  readonly caseId: string;
  readonly kind: string;
  readonly orgPath: OrgPath;
  readonly openedAt: Instant;
}

export interface PinnedTo {
  readonly policy: PolicyKind;
  readonly version: number;
}

/** What an open case pinned stands in its first event and never changes. `$2` = root of the transaction's subtree. */
const PINNED = `FROM case_head h JOIN case_event e ON e.tenant_id = $1 AND e.case_id = h.case_id AND e.version = 1
 WHERE h.tenant_id = $1 AND NOT h.closed AND starts_with(h.org_path, $2)
   AND EXISTS (SELECT FROM jsonb_each(convert_from(e.event_bytes, 'UTF8')::jsonb) AS fact
                WHERE fact.value @> jsonb_build_object('kind', $3::text, 'version', $4::integer) AND fact.value ? 'hash')`;

@Injectable()
export class PinnedStore {
  async count(tx: Tx, { policy, version }: PinnedTo): Promise<number> {
    const [row] = await tx.query<{ count: number }>(`SELECT count(*) AS count ${PINNED}`, [tx.scope.tenant, tx.scope.orgPath, policy, version]);
    return row!.count;
  }

  /** Opened last first, up to one row more than the page. */
  async page(tx: Tx, { policy, version }: PinnedTo, page: PageRequest): Promise<PinnedCase[]> {
    return tx.query<PinnedCase>(
      `SELECT h.case_id AS "caseId", h.kind, h.org_path AS "orgPath", h.opened_at AS "openedAt" ${PINNED}
          AND ($5::timestamptz IS NULL OR (h.opened_at, h.case_id) < ($5, $6::text))
        ORDER BY h.opened_at DESC, h.case_id DESC LIMIT $7`,
      [tx.scope.tenant, tx.scope.orgPath, policy, version, ...keyset(page)],
    );
  }
}
