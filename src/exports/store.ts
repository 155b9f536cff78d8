import { Injectable } from '@nestjs/common';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import { keyset, type PageRequest } from '../platform/http/cursor.ts';
import type { Export } from './model.ts';

const EXPORT = `e.id, e.number, e.list, e.format, e.language, e.filter, e.reason, e.personal, e.rows, e.digest, e.org_path AS "orgPath",
  e.account_id AS "accountId", e.person_id AS "personId", e.needs_release AS "needsRelease", e.requested_at AS "requestedAt",
  e.released_at AS "releasedAt", e.refused_at AS "refusedAt", e.refusal, e.expires_at AS "expiresAt"`;

@Injectable()
export class ExportStore {
  async insert(tx: Tx, one: Export): Promise<void> {
    await tx.query(
      `INSERT INTO exports_export (tenant_id, id, number, list, format, language, filter, reason, personal, rows, digest, org_path,
         account_id, person_id, needs_release, requested_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        tx.scope.tenant,
        one.id,
        one.number,
        one.list,
        one.format,
        one.language,
        JSON.stringify(one.filter),
        one.reason,
        one.personal,
        one.rows,
        one.digest,
        one.orgPath,
        one.accountId,
        one.personId,
        one.needsRelease,
        one.requestedAt,
        one.expiresAt,
      ],
    );
  }

  async byId(tx: Tx, id: string, lock: '' | 'FOR UPDATE' = ''): Promise<Export | undefined> {
    const [found] = await tx.query<Export>(`SELECT ${EXPORT} FROM exports_export e WHERE e.tenant_id = $1 AND e.id = $2 ${lock}`, [tx.scope.tenant, id]);
    return found;
  }

  /** Rows of personal data that nobody else had to release; of one person the askings queue here. */
  async takenAlone(tx: Tx, personId: string, since: Instant): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.scope.tenant}/export/${personId}`]);
    const [sum] = await tx.query<{ rows: number }>(
      `SELECT coalesce(sum(rows), 0)::integer AS rows FROM exports_export
        WHERE tenant_id = $1 AND person_id = $2 AND personal AND NOT needs_release AND requested_at > $3`,
      [tx.scope.tenant, personId, since],
    );
    return sum?.rows ?? 0;
  }

  async ofPerson(tx: Tx, personId: string, page: PageRequest): Promise<Export[]> {
    return tx.query<Export>(
      `SELECT ${EXPORT} FROM exports_export e
        WHERE e.tenant_id = $1 AND e.person_id = $2 AND ($3::timestamptz IS NULL OR (e.requested_at, e.id) < ($3, $4::uuid))
        ORDER BY e.requested_at DESC, e.id DESC LIMIT $5`,
      [tx.scope.tenant, personId, ...keyset(page)],
    );
  }

  /** Of others, at the scope's place and below it. */
  async waiting(tx: Tx, personId: string, at: Instant, page: PageRequest): Promise<Export[]> {
    return tx.query<Export>(
      `SELECT ${EXPORT} FROM exports_export e
        WHERE e.tenant_id = $1 AND e.person_id <> $2 AND e.needs_release AND e.released_at IS NULL AND e.refused_at IS NULL
          AND e.expires_at > $3 AND starts_with(e.org_path, $4)
          AND ($5::timestamptz IS NULL OR (e.requested_at, e.id) < ($5, $6::uuid))
        ORDER BY e.requested_at DESC, e.id DESC LIMIT $7`,
      [tx.scope.tenant, personId, at, tx.scope.orgPath, ...keyset(page)],
    );
  }

  async release(tx: Tx, id: string, at: Instant, expiresAt: Instant): Promise<void> {
    await tx.query('UPDATE exports_export SET released_at = $3, expires_at = $4 WHERE tenant_id = $1 AND id = $2', [tx.scope.tenant, id, at, expiresAt]);
  }

  async refuse(tx: Tx, id: string, at: Instant, reason: string): Promise<void> {
    await tx.query('UPDATE exports_export SET refused_at = $3, refusal = $4 WHERE tenant_id = $1 AND id = $2', [tx.scope.tenant, id, at, reason]);
  }
}
