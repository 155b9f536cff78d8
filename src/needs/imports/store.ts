import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { inSubtree } from '../store.ts';
import type { ImportKind, StoredImport } from './model.ts';

export interface NewImport {
  readonly id: string;
  readonly kind: ImportKind;
  readonly fileHash: string;
  readonly mappingId: string | null;
  readonly takeOver: boolean;
  readonly taken: number;
  readonly unchanged: number;
  readonly bad: number;
  readonly at: Instant;
}

export interface ImportedRowKey {
  readonly rowKey: string;
  readonly contentHash: string;
  readonly recordId: string;
  readonly row: number;
  /** Of several sheets; else empty. */
  readonly sheet: string;
}

const COLUMNS = `i.id, i.kind, i.org_path AS "orgPath", i.mapping_id AS "mappingId", i.take_over AS "takeOver", i.taken, i.unchanged, i.bad,
  i.imported_at AS "importedAt", i.imported_by AS "importedBy", u.undone_at AS "undoneAt", u.undone_by AS "undoneBy", u.reason
  FROM needs_import i LEFT JOIN needs_import_undo u ON u.tenant_id = i.tenant_id AND u.import_id = i.id`;

/** The longest file on the slowest machine; other requests give their connection back much sooner. */
const LONGEST_IMPORT_MS = 180_000;

@Injectable()
export class ImportStore {
  /** One import of a kind at a time in a tenant, so that two of the same file cannot both find its rows new. */
  async lock(tx: Tx, kind: ImportKind): Promise<void> {
    tx.mayTake(LONGEST_IMPORT_MS);
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
      `INSERT INTO needs_import (tenant_id, id, kind, file_hash, mapping_id, take_over, org_path, taken, unchanged, bad, imported_at, imported_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        tx.scope.tenant,
        entry.id,
        entry.kind,
        entry.fileHash,
        entry.mappingId,
        entry.takeOver,
        tx.scope.orgPath,
        entry.taken,
        entry.unchanged,
        entry.bad,
        entry.at,
        tx.scope.actor,
      ],
    );
    await tx.query(
      `INSERT INTO needs_import_row (tenant_id, kind, import_id, row_key, content_hash, record_id, row_number, sheet)
       SELECT $1, $2, $3, * FROM unnest($4::text[], $5::text[], $6::uuid[], $7::integer[], $8::text[])`,
      [
        tx.scope.tenant,
        entry.kind,
        entry.id,
        rows.map((row) => row.rowKey),
        rows.map((row) => row.contentHash),
        rows.map((row) => row.recordId),
        rows.map((row) => row.row),
        rows.map((row) => row.sheet),
      ],
    );
  }

  /** Of the subtree: imported by whoever may do the same there. */
  async import(tx: Tx, id: string): Promise<StoredImport | undefined> {
    const rows = await tx.query<StoredImport>(`SELECT ${COLUMNS} WHERE i.tenant_id = $1 AND i.id = $2 AND ${inSubtree(3, 'i.org_path')}`, [
      tx.scope.tenant,
      id,
      tx.scope.orgPath,
    ]);
    return rows[0];
  }

  /** One row more than the page holds, newest first. */
  async page(tx: Tx, kind: ImportKind, page: PageRequest): Promise<StoredImport[]> {
    return tx.query<StoredImport>(
      `SELECT ${COLUMNS} WHERE i.tenant_id = $1 AND i.kind = $2 AND ${inSubtree(3, 'i.org_path')}
         AND ($4::timestamptz IS NULL OR (i.imported_at, i.id) < ($4::timestamptz, $5::uuid))
        ORDER BY i.imported_at DESC, i.id DESC LIMIT $6`,
      [
        tx.scope.tenant,
        kind,
        tx.scope.orgPath,
        page.after === undefined ? null : String(page.after.sort),
        page.after?.id ?? null,
        page.limit + 1,
      ],
    );
  }
}
