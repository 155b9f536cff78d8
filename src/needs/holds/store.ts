import { Injectable } from '@nestjs/common';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { violatedConstraint } from '../../platform/database/violation.ts';
import { keyset, type PageRequest } from '../../platform/http/cursor.ts';
import { inSubtree } from '../store.ts';
import type { HeldKind, HeldRecord, Hold, HoldGround } from './model.ts';

interface Row extends Omit<Hold, 'record'> {
  readonly recordKind: HeldKind;
  readonly recordId: string;
}

const COLUMNS = `id, record_kind AS "recordKind", record_id AS "recordId", org_path AS "orgPath", ground, note,
  placed_at AS "placedAt", placed_by AS "placedBy", lifted_at AS "liftedAt", lifted_by AS "liftedBy"`;

function holdOf({ recordKind, recordId, ...row }: Row): Hold {
  return { ...row, record: { kind: recordKind, id: recordId } };
}

@Injectable()
export class HoldStore {
  /** Refuses `HOLD_EXISTS`: one open hold for a record. */
  async insert(tx: Tx, { id, record, orgPath, ground, note, placedAt }: Omit<Hold, 'placedBy' | 'liftedAt' | 'liftedBy'>): Promise<void> {
    try {
      await tx.query(
        `INSERT INTO needs_hold (tenant_id, id, record_kind, record_id, org_path, ground, note, placed_at, placed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [tx.scope.tenant, id, record.kind, record.id, orgPath, ground, note, placedAt, tx.scope.actor],
      );
    } catch (error) {
      if (violatedConstraint(error) === 'needs_hold_open') refuse('HOLD_EXISTS', 'state');
      throw error;
    }
  }

  /** False where it was lifted before. */
  async lift(tx: Tx, id: string, at: Instant): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE needs_hold SET lifted_at = $3, lifted_by = $4 WHERE tenant_id = $1 AND id = $2 AND lifted_at IS NULL RETURNING id`,
      [tx.scope.tenant, id, at, tx.scope.actor],
    );
    return rows.length === 1;
  }

  async byId(tx: Tx, id: string): Promise<Hold | undefined> {
    const rows = await tx.query<Row>(`SELECT ${COLUMNS} FROM needs_hold WHERE tenant_id = $1 AND id = $2 AND ${inSubtree(3)}`, [
      tx.scope.tenant,
      id,
      tx.scope.orgPath,
    ]);
    return rows.map(holdOf)[0];
  }

  /** Newest first, one row more than the page holds. */
  async page(tx: Tx, filter: { readonly open?: boolean | undefined; readonly recordId?: string | undefined }, page: PageRequest): Promise<Hold[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM needs_hold WHERE tenant_id = $1 AND ${inSubtree(2)}
          AND ($3::boolean IS NULL OR (lifted_at IS NULL) = $3) AND ($4::uuid IS NULL OR record_id = $4)
          AND ($5::timestamptz IS NULL OR (placed_at, id) < ($5::timestamptz, $6::uuid))
        ORDER BY placed_at DESC, id DESC LIMIT $7`,
      [tx.scope.tenant, tx.scope.orgPath, filter.open ?? null, filter.recordId ?? null, ...keyset(page)],
    );
    return rows.map(holdOf);
  }

  /** The grounds of what is held among these records of the tenant, by id. */
  async grounds(tx: Tx, kind: HeldKind, ids: readonly string[]): Promise<ReadonlyMap<string, HoldGround>> {
    const rows = await tx.query<{ id: string; ground: HoldGround }>(
      `SELECT record_id AS id, ground FROM needs_hold
        WHERE tenant_id = $1 AND record_kind = $2 AND record_id = ANY($3::uuid[]) AND lifted_at IS NULL`,
      [tx.scope.tenant, kind, ids],
    );
    return new Map(rows.map(({ id, ground }) => [id, ground]));
  }

  /** No hold is placed or lifted, and nothing destroyed, at the same time as another. */
  async lock(tx: Tx, { kind, id }: HeldRecord): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`needs_hold/${tx.scope.tenant}/${kind}/${id}`]);
  }
}
