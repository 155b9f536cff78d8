import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { ImportKind } from './model.ts';

export interface NewImport {
  readonly id: string;
  readonly kind: ImportKind;
  readonly fileHash: string;
  readonly taken: number;
  readonly unchanged: number;
  readonly bad: number;
  readonly at: Instant;
}

export interface ImportedRowKey {
  readonly rowKey: string;
  readonly contentHash: string;
  readonly recordId: string;
}

@Injectable()
export class ImportStore {
  /** One import of a kind at a time in a tenant, so that two of the same file cannot both find its rows new. */
  async lock(tx: Tx, kind: ImportKind): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`needs_import/${tx.scope.tenant}/${kind}`]);
  }

  /** What earlier imports of that kind took under these keys. */
  async known(tx: Tx, kind: ImportKind, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ rowKey: string; contentHash: string }>(
      `SELECT row_key AS "rowKey", content_hash AS "contentHash" FROM needs_import_row
        WHERE tenant_id = $1 AND kind = $2 AND row_key = ANY($3::text[])`,
      [tx.scope.tenant, kind, keys],
    );
    return new Map(rows.map((row) => [row.rowKey, row.contentHash]));
  }

  async insert(tx: Tx, entry: NewImport, rows: readonly ImportedRowKey[]): Promise<void> {
    await tx.query(
      `INSERT INTO needs_import (tenant_id, id, kind, file_hash, taken, unchanged, bad, imported_at, imported_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [tx.scope.tenant, entry.id, entry.kind, entry.fileHash, entry.taken, entry.unchanged, entry.bad, entry.at, tx.scope.actor],
    );
    await tx.query(
      `INSERT INTO needs_import_row (tenant_id, kind, import_id, row_key, content_hash, record_id)
       SELECT $1, $2, $3, * FROM unnest($4::text[], $5::text[], $6::uuid[])`,
      [
        tx.scope.tenant,
        entry.kind,
        entry.id,
        rows.map((row) => row.rowKey),
        rows.map((row) => row.contentHash),
        rows.map((row) => row.recordId),
      ],
    );
  }
}
