import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { RatingMark } from './clusters/model.ts';
import type { Ratings, Stars } from './model.ts';

export interface NewCode {
  readonly id: string;
  readonly hash: Buffer;
}

export interface IssuedCode {
  readonly id: string;
  readonly servedNumber: number;
  readonly hash: Buffer;
  readonly expiresAt: Instant;
}

export interface Issue {
  readonly projectId: string;
  readonly commandId: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

export interface Arrival {
  readonly at: Instant;
  readonly networkIndex: Buffer;
  /** Real time. */
  readonly receivedAt: Instant;
}

export type RatingOutcome = 'rated' | 'used' | 'expired';

@Injectable()
export class RatingStore {
  /** Numbers the project's served households on from the last one, without gaps. */
  async insertCodes(tx: Tx, issue: Issue, codes: readonly NewCode[]): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `evaluation_code/${tx.scope.tenant}/${issue.projectId}`,
    ]);
    await tx.query(
      `INSERT INTO evaluation_code
         (tenant_id, id, project_id, served_number, code_hash, command_id, issued_at, expires_at)
       SELECT $1, new.id, $2,
         new.place + (SELECT coalesce(max(served_number), 0) FROM evaluation_code WHERE tenant_id = $1 AND project_id = $2),
         new.hash, $3, $4, $5
       FROM unnest($6::uuid[], $7::bytea[]) WITH ORDINALITY AS new(id, hash, place)`,
      [
        tx.scope.tenant,
        issue.projectId,
        issue.commandId,
        issue.issuedAt,
        issue.expiresAt,
        codes.map((code) => code.id),
        codes.map((code) => code.hash),
      ],
    );
  }

  async codesOf(tx: Tx, commandId: string): Promise<IssuedCode[]> {
    return tx.query<IssuedCode>(
      `SELECT id, served_number AS "servedNumber", code_hash AS hash, expires_at AS "expiresAt"
       FROM evaluation_code WHERE tenant_id = $1 AND command_id = $2 ORDER BY served_number`,
      [tx.scope.tenant, commandId],
    );
  }

  async insertRating(tx: Tx, codeId: string, stars: Stars, { at, networkIndex, receivedAt }: Arrival): Promise<RatingOutcome> {
    const [row] = await tx.query<{ outcome: RatingOutcome }>(
      `WITH code AS (
         SELECT id, project_id, expires_at FROM evaluation_code WHERE tenant_id = $1 AND id = $2
       ), rated AS (
         INSERT INTO evaluation_rating (tenant_id, code_id, project_id, stars, at, network_index, received_at)
         SELECT $1, id, project_id, $3, $4::timestamptz, $5, $6 FROM code WHERE expires_at > $4::timestamptz
         ON CONFLICT DO NOTHING
         RETURNING code_id
       )
       SELECT CASE WHEN EXISTS (SELECT FROM rated) THEN 'rated'
                   WHEN expires_at > $4::timestamptz THEN 'used' ELSE 'expired' END AS outcome
       FROM code`,
      [tx.scope.tenant, codeId, stars, at, networkIndex, receivedAt],
    );
    return row?.outcome ?? 'expired';
  }

  async marksOf(tx: Tx, projectId: string): Promise<RatingMark[]> {
    return tx.query<RatingMark>(
      `SELECT stars, encode(network_index, 'hex') AS network, received_at AS "receivedAt" FROM evaluation_rating WHERE tenant_id = $1 AND project_id = $2`,
      [tx.scope.tenant, projectId],
    );
  }

  async ratingsOf(tx: Tx, projectId: string): Promise<Ratings & { readonly issued: number }> {
    const [row] = await tx.query<Ratings & { issued: number }>(
      `SELECT count(*) AS issued, count(r.stars) AS raters, coalesce(sum(r.stars), 0) AS stars
       FROM evaluation_code c LEFT JOIN evaluation_rating r ON r.tenant_id = c.tenant_id AND r.code_id = c.id
       WHERE c.tenant_id = $1 AND c.project_id = $2`,
      [tx.scope.tenant, projectId],
    );
    return row ?? { issued: 0, raters: 0, stars: 0 };
  }
}
