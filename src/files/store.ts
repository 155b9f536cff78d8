import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import type { FileRecord, MediaType, StoredFile } from './model.ts';

export interface NewFile {
  readonly id: string;
  readonly sender: string;
  readonly mediaType: MediaType;
  readonly bytes: number;
  readonly hash: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly receivedAt: Instant;
  /** Until when it waits for a command that names it. */
  readonly keepUntil: Instant;
}

export interface HeldFile extends StoredFile {
  readonly sender: string;
}

/** Where a file belongs from now on, and who may see it there. */
export interface Home extends FileRecord {
  readonly orgPath: OrgPath;
  readonly household: boolean;
  readonly sensitive: boolean;
}

interface Row extends Omit<HeldFile, 'record'> {
  readonly recordKind: FileRecord['kind'] | null;
  readonly recordId: string | null;
}

const COLUMNS = `id, sender, media_type AS "mediaType", bytes, hash, width, height, record_kind AS "recordKind",
  record_id AS "recordId", sensitive, received_at AS "receivedAt"`;

function fileOf({ recordKind, recordId, ...row }: Row): HeldFile {
  return { ...row, record: recordKind === null || recordId === null ? null : { kind: recordKind, id: recordId } };
}

@Injectable()
export class FileStore {
  async insert(tx: Tx, file: NewFile): Promise<void> {
    await tx.query(
      `INSERT INTO file (tenant_id, id, org_path, household, sensitive, sender, media_type, bytes, hash, width, height,
                         received_at, keep_until)
       VALUES ($1, $2, '/', false, false, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [tx.scope.tenant, file.id, file.sender, file.mediaType, file.bytes, file.hash, file.width, file.height, file.receivedAt, file.keepUntil],
    );
  }

  async byId(tx: Tx, id: string): Promise<HeldFile | undefined> {
    const rows = await tx.query<Row>(`SELECT ${COLUMNS} FROM file WHERE tenant_id = $1 AND id = $2`, [tx.scope.tenant, id]);
    return rows.map(fileOf)[0];
  }

  /** Nobody else attaches or removes them until the transaction ends. */
  async held(tx: Tx, ids: readonly string[]): Promise<HeldFile[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM file WHERE tenant_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR UPDATE`,
      [tx.scope.tenant, ids],
    );
    return rows.map(fileOf);
  }

  async ofRecord(tx: Tx, { kind, id }: FileRecord): Promise<HeldFile[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM file WHERE tenant_id = $1 AND record_kind = $2 AND record_id = $3 ORDER BY received_at, id`,
      [tx.scope.tenant, kind, id],
    );
    return rows.map(fileOf);
  }

  /** Once sensitive, a file stays so. */
  async attach(tx: Tx, ids: readonly string[], { kind, id, orgPath, household, sensitive }: Home): Promise<void> {
    await tx.query(
      `UPDATE file SET record_kind = $3, record_id = $4, org_path = $5, household = $6, sensitive = sensitive OR $7
        WHERE tenant_id = $1 AND id = ANY($2::uuid[])`,
      [tx.scope.tenant, ids, kind, id, orgPath, household, sensitive],
    );
  }

  async countUnattached(tx: Tx, sender: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM file WHERE tenant_id = $1 AND sender = $2 AND record_id IS NULL',
      [tx.scope.tenant, sender],
    );
    return row?.count ?? 0;
  }

  /** Says whether it was still there and belonged to nothing. */
  async removeUnattached(tx: Tx, id: string): Promise<boolean> {
    const removed = await tx.query('DELETE FROM file WHERE tenant_id = $1 AND id = $2 AND record_id IS NULL RETURNING id', [tx.scope.tenant, id]);
    return removed.length > 0;
  }

  async removeOf(tx: Tx, { kind, id }: FileRecord): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('DELETE FROM file WHERE tenant_id = $1 AND record_kind = $2 AND record_id = $3 RETURNING id', [
      tx.scope.tenant,
      kind,
      id,
    ]);
    return rows.map((row) => row.id);
  }
}
