import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keyset, type PageRequest } from '../../platform/http/cursor.ts';
import type { DeclaredExclusion, Preference } from './model.ts';

const EXCLUSION = `id, unit_id AS "unitId", proposal_id AS "proposalId", reason_code AS "reasonCode", note, from_on AS "fromOn",
  until_on AS "untilOn", decided_by AS "decidedBy", decided_at AS "decidedAt", version`;

export type NewExclusion = Omit<DeclaredExclusion, 'decidedBy' | 'version'>;

@Injectable()
export class ConditionStore {
  async insertExclusion(tx: Tx, exclusion: NewExclusion): Promise<void> {
    await tx.query(
      `INSERT INTO matching_exclusion (tenant_id, id, unit_id, proposal_id, reason_code, note, from_on, until_on, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        tx.scope.tenant,
        exclusion.id,
        exclusion.unitId,
        exclusion.proposalId,
        exclusion.reasonCode,
        exclusion.note,
        exclusion.fromOn,
        exclusion.untilOn,
        tx.scope.actor,
        exclusion.decidedAt,
      ],
    );
  }

  async exclusion(tx: Tx, id: string): Promise<DeclaredExclusion | undefined> {
    const [row] = await tx.query<DeclaredExclusion>(`SELECT ${EXCLUSION} FROM matching_exclusion WHERE tenant_id = $1 AND id = $2`, [
      tx.scope.tenant,
      id,
    ]);
    return row;
  }

  /** Newest first, one row more than the page holds. */
  async exclusions(tx: Tx, unitId: string | undefined, page: PageRequest): Promise<DeclaredExclusion[]> {
    return tx.query<DeclaredExclusion>(
      `SELECT ${EXCLUSION} FROM matching_exclusion
        WHERE tenant_id = $1 AND ($2::uuid IS NULL OR unit_id = $2)
          AND ($3::timestamptz IS NULL OR (decided_at, id) < ($3::timestamptz, $4::uuid))
        ORDER BY decided_at DESC, id DESC LIMIT $5`,
      [tx.scope.tenant, unitId ?? null, ...keyset(page)],
    );
  }

  /** The ended exclusion, or undefined where it is not at `version` any more. */
  async endExclusion(tx: Tx, id: string, version: number, untilOn: LocalDate): Promise<DeclaredExclusion | undefined> {
    const [row] = await tx.query<DeclaredExclusion>(
      `UPDATE matching_exclusion SET until_on = greatest(from_on, $4::date), version = version + 1
        WHERE tenant_id = $1 AND id = $2 AND version = $3 RETURNING ${EXCLUSION}`,
      [tx.scope.tenant, id, version, untilOn],
    );
    return row;
  }

  /** Exclusions that hold on the day. */
  async holding(tx: Tx, on: LocalDate): Promise<Pick<DeclaredExclusion, 'unitId' | 'proposalId' | 'reasonCode'>[]> {
    return tx.query(
      `SELECT unit_id AS "unitId", proposal_id AS "proposalId", reason_code AS "reasonCode" FROM matching_exclusion
        WHERE tenant_id = $1 AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2) ORDER BY id`,
      [tx.scope.tenant, on],
    );
  }

  /** Says whether it is new. */
  async prefer(tx: Tx, { unitId, proposalId }: Preference, at: Instant): Promise<boolean> {
    const added = await tx.query(
      `INSERT INTO matching_preference (tenant_id, unit_id, proposal_id, declared_by, declared_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING RETURNING unit_id`,
      [tx.scope.tenant, unitId, proposalId, tx.scope.actor, at],
    );
    return added.length > 0;
  }

  /** Says whether there was one. */
  async forget(tx: Tx, { unitId, proposalId }: Preference): Promise<boolean> {
    const gone = await tx.query(
      'DELETE FROM matching_preference WHERE tenant_id = $1 AND unit_id = $2 AND proposal_id = $3 RETURNING unit_id',
      [tx.scope.tenant, unitId, proposalId],
    );
    return gone.length > 0;
  }

  async preferences(tx: Tx, proposalIds: readonly string[]): Promise<Preference[]> {
    return tx.query<Preference>(
      `SELECT unit_id AS "unitId", proposal_id AS "proposalId" FROM matching_preference
        WHERE tenant_id = $1 AND proposal_id = ANY($2::uuid[]) ORDER BY unit_id, proposal_id`,
      [tx.scope.tenant, proposalIds],
    );
  }
}
