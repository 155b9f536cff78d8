import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { inSubtree } from '../store.ts';

export interface Band {
  readonly key: number;
  readonly serial: number;
  readonly needId: string;
}

export interface BandRow {
  readonly key: number;
  readonly needId: string;
}

export interface Candidate {
  readonly id: string;
  readonly serial: number;
  /** What everyone may read; null where the raiser's words alone tell, by their signature. */
  readonly publicText: string | null;
  readonly minima: Buffer | null;
}

export interface WordSignature {
  readonly needId: string;
  readonly orgPath: OrgPath;
  readonly minima: Buffer;
}

/** `firstId` was there before `secondId`. */
export interface Likeness {
  readonly firstId: string;
  readonly secondId: string;
  readonly percent: number;
}

/** One open proposal: the oldest need, and one that repeats it, directly or through others. */
export interface ProposedRow {
  readonly rootId: string;
  readonly rootSerial: number;
  readonly needId: string;
  readonly percent: number;
}

/** Both needs can still be made one, and nobody has said that they are two. */
const OPEN = `l.dismissed_at IS NULL AND l.percent >= $3
  AND EXISTS (SELECT FROM needs_need a WHERE a.tenant_id = $1 AND a.id = l.first_id AND a.state NOT IN ('merged', 'closed', 'withdrawn', 'leftOut') AND ${inSubtree(2, 'a.org_path')})
  AND EXISTS (SELECT FROM needs_need b WHERE b.tenant_id = $1 AND b.id = l.second_id AND b.state IN ('raised', 'asked', 'triaged') AND ${inSubtree(2, 'b.org_path')})`;

@Injectable()
export class DuplicateStore {
  addBands(tx: Tx, bands: readonly Band[]): void {
    tx.send(
      `INSERT INTO needs_band (tenant_id, key, serial, need_id)
       SELECT $1, * FROM unnest($2::bigint[], $3::integer[], $4::uuid[]) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, bands.map((band) => band.key), bands.map((band) => band.serial), bands.map((band) => band.needId)],
    );
  }

  async removeBands(tx: Tx, serial: number, keys: readonly number[]): Promise<void> {
    await tx.query('DELETE FROM needs_band WHERE tenant_id = $1 AND key = ANY($2::bigint[]) AND serial = $3', [tx.scope.tenant, keys, serial]);
  }

  /** Who is in these bands; of a crowd the oldest `most`, which stand for it. */
  async inBands(tx: Tx, keys: readonly number[], most: number): Promise<BandRow[]> {
    return tx.query<BandRow>(
      `SELECT b.key, b.need_id AS "needId"
         FROM (SELECT key, need_id, serial, row_number() OVER (PARTITION BY key ORDER BY serial) AS place
                 FROM needs_band WHERE tenant_id = $1 AND key = ANY($2::bigint[])) b
        WHERE b.place <= $3 ORDER BY b.key, b.serial`,
      [tx.scope.tenant, keys, most],
    );
  }

  /** Those of the needs that can still be repeated. */
  async candidates(tx: Tx, ids: readonly string[]): Promise<Candidate[]> {
    if (ids.length === 0) return [];
    return tx.query<Candidate>(
      `SELECT n.id, n.serial, n.public_text AS "publicText", w.minima
         FROM needs_need n LEFT JOIN needs_word_signature w ON w.tenant_id = $1 AND w.need_id = n.id
        WHERE n.tenant_id = $1 AND n.id = ANY($2::uuid[]) AND n.state NOT IN ('merged', 'closed', 'withdrawn', 'leftOut')
          AND (n.public_text IS NOT NULL OR w.minima IS NOT NULL)`,
      [tx.scope.tenant, ids],
    );
  }

  async addSignatures(tx: Tx, signatures: readonly WordSignature[]): Promise<void> {
    if (signatures.length === 0) return;
    await tx.query(
      'INSERT INTO needs_word_signature (tenant_id, need_id, org_path, minima) SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::bytea[])',
      [tx.scope.tenant, signatures.map((it) => it.needId), signatures.map((it) => it.orgPath), signatures.map((it) => it.minima)],
    );
  }

  /** Undefined where the need is compared by its public text. */
  async signature(tx: Tx, needId: string): Promise<Buffer | undefined> {
    const [row] = await tx.query<{ minima: Buffer }>('SELECT minima FROM needs_word_signature WHERE tenant_id = $1 AND need_id = $2', [
      tx.scope.tenant,
      needId,
    ]);
    return row?.minima;
  }

  async removeSignature(tx: Tx, needId: string): Promise<void> {
    await tx.query('DELETE FROM needs_word_signature WHERE tenant_id = $1 AND need_id = $2', [tx.scope.tenant, needId]);
  }

  /** What a person has dismissed stays dismissed. */
  async addLikenesses(tx: Tx, pairs: readonly Likeness[], at: Instant): Promise<void> {
    if (pairs.length === 0) return;
    await tx.query(
      `INSERT INTO needs_likeness (tenant_id, first_id, second_id, percent, found_at)
       SELECT $1, *, $5::timestamptz FROM unnest($2::uuid[], $3::uuid[], $4::smallint[]) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, pairs.map((pair) => pair.firstId), pairs.map((pair) => pair.secondId), pairs.map((pair) => pair.percent), at],
    );
  }

  /** Its text has changed: what was found by the old one is no longer said. */
  async removeOpen(tx: Tx, needId: string): Promise<void> {
    await tx.query(
      'DELETE FROM needs_likeness WHERE tenant_id = $1 AND (first_id = $2 OR second_id = $2) AND dismissed_at IS NULL',
      [tx.scope.tenant, needId],
    );
  }

  /** One row for each repeat, in the order of the oldest needs; whole clusters only, one more than the page holds. */
  async proposed(tx: Tx, atLeastPercent: number, page: PageRequest): Promise<ProposedRow[]> {
    return tx.query<ProposedRow>(
      `WITH RECURSIVE link AS MATERIALIZED (
         SELECT l.first_id, l.second_id, l.percent FROM needs_likeness l WHERE l.tenant_id = $1 AND ${OPEN}),
       root AS (
         SELECT n.id, n.serial FROM needs_need n
          WHERE n.tenant_id = $1 AND n.id IN (SELECT first_id FROM link) AND n.id NOT IN (SELECT second_id FROM link)
            AND ($4::integer IS NULL OR n.serial > $4::integer)
          ORDER BY n.serial LIMIT $5),
       member AS (
         SELECT root.id AS root_id, link.second_id AS need_id, link.percent FROM root JOIN link ON link.first_id = root.id
         UNION
         SELECT member.root_id, link.second_id, link.percent FROM member JOIN link ON link.first_id = member.need_id)
       SELECT root.id AS "rootId", root.serial AS "rootSerial", member.need_id AS "needId", max(member.percent) AS percent
         FROM root JOIN member ON member.root_id = root.id GROUP BY 1, 2, 3 ORDER BY 2, 3`,
      [tx.scope.tenant, tx.scope.orgPath, atLeastPercent, page.after?.sort ?? null, page.limit + 1],
    );
  }

  /** Says which of the pairs were open. */
  async dismiss(tx: Tx, pairs: readonly { readonly one: string; readonly other: string }[], at: Instant): Promise<Likeness[]> {
    return tx.query<Likeness>(
      `UPDATE needs_likeness l SET dismissed_at = $4, dismissed_by = $5
         FROM unnest($2::uuid[], $3::uuid[]) AS p (one, other)
        WHERE l.tenant_id = $1 AND l.first_id IN (p.one, p.other) AND l.second_id IN (p.one, p.other) AND l.dismissed_at IS NULL
        RETURNING l.first_id AS "firstId", l.second_id AS "secondId", l.percent`,
      [tx.scope.tenant, pairs.map((pair) => pair.one), pairs.map((pair) => pair.other), at, tx.scope.actor],
    );
  }
}
