import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keyset, type PageRequest } from '../../platform/http/cursor.ts';
import type { RevealedField, RevealedRecord } from './model.ts';

/** That somebody looked behind a mask, where, and why; never what they saw. */
export interface Reveal {
  readonly id: string;
  readonly record: RevealedRecord;
  readonly recordId: string;
  readonly field: RevealedField;
  readonly reason: string;
  readonly orgPath: OrgPath;
  readonly personId: string;
  /** Real time, also where the business clock stands. */
  readonly at: Instant;
}

@Injectable()
export class RevealStore {
  async insert(tx: Tx, { id, record, recordId, field, reason, orgPath, personId, at }: Reveal): Promise<void> {
    await tx.query(
      `INSERT INTO rights_reveal (tenant_id, id, org_path, record_kind, record_id, field, reason, person_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [tx.scope.tenant, id, orgPath, record, recordId, field, reason, personId, at],
    );
  }

  /** Of a person since an instant; those of one person come one after the other. */
  async countSince(tx: Tx, personId: string, since: Instant): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`rights_reveal/${tx.scope.tenant}/${personId}`]);
    const [row] = await tx.query<{ count: number }>('SELECT count(*) AS count FROM rights_reveal WHERE tenant_id = $1 AND person_id = $2 AND at >= $3', [
      tx.scope.tenant,
      personId,
      since,
    ]);
    return row!.count;
  }

  /** Newest first, one row more than the page holds. */
  async page(tx: Tx, personId: string | undefined, page: PageRequest): Promise<Reveal[]> {
    return tx.query<Reveal>(
      `SELECT id, record_kind AS record, record_id AS "recordId", field, reason, org_path AS "orgPath", person_id AS "personId", at
         FROM rights_reveal WHERE tenant_id = $1 AND ($2::uuid IS NULL OR person_id = $2)
          AND ($3::timestamptz IS NULL OR (at, id) < ($3::timestamptz, $4::uuid))
        ORDER BY at DESC, id DESC LIMIT $5`,
      [tx.scope.tenant, personId ?? null, ...keyset(page)],
    );
  }
}
