import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/database.ts';
import type { RecordKind } from './model.ts';

/** Subtree test on a column `org_path`, for the scope's path as parameter `$n`. */
export function inSubtree(parameter: number, column = 'org_path'): string {
  return `${column} >= $${parameter} AND ${column} < left($${parameter}, -1) || '0'`;
}

@Injectable()
export class CounterStore {
  /** Takes `count` numbers without gaps and says the first; rival takers wait for this transaction. */
  async take(tx: Tx, kind: RecordKind, count: number): Promise<number> {
    const [row] = await tx.query<{ last: number }>(
      `INSERT INTO needs_counter AS c (tenant_id, kind, last) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, kind) DO UPDATE SET last = c.last + EXCLUDED.last RETURNING last`,
      [tx.scope.tenant, kind, count],
    );
    return row!.last - count + 1;
  }
}
