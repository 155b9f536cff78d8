import { Refusal } from '../kernel/refusal.ts';
import type { Tx } from '../platform/database/database.ts';
import type { RowOutcome } from './model.ts';

/** Row by row in one transaction: an expected "no" undoes its row and becomes its code, anything else ends all. */
export async function outcomes<Row extends { readonly id: string }>(
  tx: Tx,
  rows: readonly Row[],
  work: (row: Row) => Promise<void>,
): Promise<RowOutcome[]> {
  const done: RowOutcome[] = [];
  for (const row of rows) {
    try {
      await tx.attempt(() => work(row));
      done.push({ id: row.id, code: null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      done.push({ id: row.id, code: error.code });
    }
  }
  return done;
}
