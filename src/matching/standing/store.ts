import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.ts';
import type { Promised, SeekingProject } from './model.ts';

@Injectable()
export class StandingStore {
  /** Who promises places waits for whoever else does in this tenant: no place is given, no proposal taken twice. */
  async lock(tx: Tx): Promise<void> {
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1 || '/matching', 0))", [tx.scope.tenant]);
  }

  /** Of confirmed plans whose projects are still being made. */
  async ofConfirmedPlans(tx: Tx): Promise<Promised[]> {
    return tx.query<Promised>(
      `SELECT d.proposal_id AS "proposalId", d.unit_id AS "unitId"
         FROM matching_run r JOIN matching_decision d ON d.tenant_id = r.tenant_id AND d.run_id = r.id AND d.revision = r.revision
        WHERE r.tenant_id = $1 AND r.status = 'confirmed' AND d.unit_id IS NOT NULL`,
      [tx.scope.tenant],
    );
  }

  /** Where the newest confirmed plan sends these proposals. */
  async planned(tx: Tx, proposalIds: readonly string[]): Promise<Promised[]> {
    if (proposalIds.length === 0) return [];
    const rows = await tx.query<{ proposalId: string; unitId: string | null }>(
      `SELECT DISTINCT ON (d.proposal_id) d.proposal_id AS "proposalId", d.unit_id AS "unitId"
         FROM matching_decision d JOIN matching_run r ON r.tenant_id = d.tenant_id AND r.id = d.run_id AND r.revision = d.revision
        WHERE d.tenant_id = $1 AND d.proposal_id = ANY($2::uuid[]) AND r.status IN ('confirmed', 'carriedOut')
        ORDER BY d.proposal_id, r.decided_at DESC, r.id`,
      [tx.scope.tenant, proposalIds],
    );
    return rows.flatMap(({ proposalId, unitId }) => (unitId === null ? [] : [{ proposalId, unitId }]));
  }

  /** Units found for projects that have not offered to them yet. */
  async found(tx: Tx, seeking: readonly SeekingProject[]): Promise<Promised[]> {
    if (seeking.length === 0) return [];
    const rows = await tx.query<{ proposalId: string; unitId: string | null }>(
      `SELECT DISTINCT ON (d.project_id) d.proposal_id AS "proposalId", d.unit_id AS "unitId"
         FROM jsonb_to_recordset($2::jsonb) AS s("projectId" uuid, since timestamptz)
         JOIN matching_decision d ON d.tenant_id = $1 AND d.project_id = s."projectId" AND d.at >= s.since
        ORDER BY d.project_id, d.at DESC, d.id`,
      [tx.scope.tenant, JSON.stringify(seeking)],
    );
    return rows.flatMap(({ proposalId, unitId }) => (unitId === null ? [] : [{ proposalId, unitId }]));
  }
}
