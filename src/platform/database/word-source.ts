import type { Tx } from './database.ts';

/** A record that has no words to be found by, and what it says. */
export interface Wordless {
  readonly id: string;
  readonly text: string;
}

/** Records of one kind that are searched for. */
export interface WordSource {
  /** In the order of their ids, after the given one. */
  wordless(tx: Tx, after: string | undefined, most: number): Promise<Wordless[]>;
  put(tx: Tx, found: readonly { readonly id: string; readonly words: readonly string[] }[]): Promise<void>;
}

/** SQL in, SQL out: the table, and what it is searched by. */
export function wordSource(table: string, from: string, text: string): WordSource {
  return {
    wordless: (tx, after, most) =>
      tx.query<Wordless>(
        `SELECT r.id, ${text} AS text FROM ${from} WHERE r.tenant_id = $1 AND r.words = '{}' AND ${text} <> '' AND ($2::uuid IS NULL OR r.id > $2)
          ORDER BY r.id LIMIT $3`,
        [tx.scope.tenant, after ?? null, most],
      ),
    put: async (tx, found) => {
      await tx.query(
        `UPDATE ${table} r SET words = f.words FROM jsonb_to_recordset($2::jsonb) AS f(id uuid, words text[])
          WHERE r.tenant_id = $1 AND r.id = f.id AND r.words = '{}'`,
        [tx.scope.tenant, JSON.stringify(found)],
      );
    },
  };
}
