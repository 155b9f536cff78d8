import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { RecordKind } from '../model.ts';

export interface ImportedRecord {
  readonly recordId: string;
  readonly row: number;
  readonly rowKey: string;
  readonly sheet: string;
}

interface Kept {
  readonly table: string;
  /** Rows of other tables that belong to a record and go with it, by the column that names it. */
  readonly parts: readonly (readonly [table: string, column: string])[];
}

const RECORDS: Readonly<Record<RecordKind, Kept>> = {
  needs: { table: 'needs_need', parts: [['needs_raiser', 'need_id']] },
  offers: { table: 'needs_offer', parts: [] },
  proposals: { table: 'needs_proposal', parts: [['needs_proposal_need', 'proposal_id']] },
};

@Injectable()
export class UndoStore {
  async records(tx: Tx, importId: string): Promise<ImportedRecord[]> {
    return tx.query<ImportedRecord>(
      `SELECT record_id AS "recordId", row_number AS row, row_key AS "rowKey", sheet FROM needs_import_row
        WHERE tenant_id = $1 AND import_id = $2 ORDER BY sheet, row_number, record_id`,
      [tx.scope.tenant, importId],
    );
  }

  /** Holds the records until the transaction ends, and says which are no longer as the import left them. */
  async changed(tx: Tx, kind: RecordKind, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string; version: number }>(
      `SELECT id, version FROM ${RECORDS[kind].table} WHERE tenant_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR UPDATE`,
      [tx.scope.tenant, ids],
    );
    const asImported = new Set(rows.filter(({ version }) => version === 1).map(({ id }) => id));
    return ids.filter((id) => !asImported.has(id));
  }

  /**
   * Which of the records rows of any other table name: whatever a later area built upon them holds them by a foreign
   * key. What goes with its record by itself (`ON DELETE CASCADE`) is only derived from it.
   */
  async named(tx: Tx, kind: RecordKind, ids: readonly string[]): Promise<string[]> {
    const { table, parts } = RECORDS[kind];
    const holders = await tx.query<{ table: string; column: string }>(
      `SELECT DISTINCT k.conrelid::regclass::text AS "table", quote_ident(own.attname) AS "column"
         FROM pg_constraint k
         CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(own, theirs)
         JOIN pg_attribute own ON own.attrelid = k.conrelid AND own.attnum = pair.own
         JOIN pg_attribute theirs ON theirs.attrelid = k.confrelid AND theirs.attnum = pair.theirs
        WHERE k.contype = 'f' AND k.confrelid = $1::regclass AND k.confdeltype <> 'c' AND theirs.attname = 'id'
        ORDER BY 1, 2`,
      [table],
    );
    const isPart = (holder: { table: string; column: string }): boolean => parts.some(([part, column]) => part === holder.table && column === holder.column);
    const found = new Set<string>();
    for (const holder of holders.filter((it) => !isPart(it))) {
      const rows = await tx.query<{ id: string }>(
        `SELECT DISTINCT ${holder.column} AS id FROM ${holder.table} WHERE tenant_id = $1 AND ${holder.column} = ANY($2::uuid[])`,
        [tx.scope.tenant, ids],
      );
      for (const { id } of rows) found.add(id);
    }
    return [...found];
  }

  /** That an import was taken back; again, it stays as it was. */
  async note(tx: Tx, importId: string, records: number, reason: string, at: Instant): Promise<void> {
    await tx.query(
      `INSERT INTO needs_import_undo (tenant_id, import_id, reason, records, undone_at, undone_by) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, importId, reason, records, at, tx.scope.actor],
    );
  }

  /** Rows are no longer known: the same file may bring them again. */
  async forget(tx: Tx, recordIds: readonly string[]): Promise<void> {
    await tx.query(
      `WITH gone AS (
         DELETE FROM needs_import_row WHERE tenant_id = $1 AND record_id = ANY($2::uuid[])
         RETURNING tenant_id, import_id, record_id, row_key, content_hash, row_number
       )
       INSERT INTO needs_import_undone_row (tenant_id, import_id, record_id, row_key, content_hash, row_number) SELECT * FROM gone`,
      [tx.scope.tenant, recordIds],
    );
  }

  /** Records that nothing else names. */
  async erase(tx: Tx, kind: RecordKind, ids: readonly string[]): Promise<void> {
    const { table, parts } = RECORDS[kind];
    for (const [part, column] of parts) await tx.query(`DELETE FROM ${part} WHERE tenant_id = $1 AND ${column} = ANY($2::uuid[])`, [tx.scope.tenant, ids]);
    await tx.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND id = ANY($2::uuid[])`, [tx.scope.tenant, ids]);
  }

  /** Persons whose words came with these needs. */
  async subjects(tx: Tx, needIds: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('SELECT subject_id AS id FROM needs_raiser WHERE tenant_id = $1 AND need_id = ANY($2::uuid[])', [
      tx.scope.tenant,
      needIds,
    ]);
    return rows.map(({ id }) => id);
  }

  /** The records go; that they were there, under which key, and who took them back, stays. */
  async remove(tx: Tx, kind: RecordKind, importId: string, ids: readonly string[], reason: string, at: Instant): Promise<void> {
    await this.note(tx, importId, ids.length, reason, at);
    await this.forget(tx, ids);
    await this.erase(tx, kind, ids);
  }
}
