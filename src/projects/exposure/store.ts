import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import type { ExposureState } from './model.ts';

export interface Exposure {
  readonly id: string;
  readonly projectId: string;
  readonly state: ExposureState;
  readonly reportedAt: Instant;
}

export interface ListedExposure extends Exposure {
  readonly projectNumber: string;
  readonly projectTitle: string;
}

@Injectable()
export class ExposureStore {
  /** Of a project; reports on one district come one after the other. */
  async statesOf(tx: Tx, projectId: string): Promise<ExposureState[]> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`project_exposure/${tx.scope.tenant}`]);
    const rows = await tx.query<{ state: ExposureState }>('SELECT state FROM project_exposure WHERE tenant_id = $1 AND project_id = $2', [tx.scope.tenant, projectId]);
    return rows.map(({ state }) => state);
  }

  async countOpen(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ count: number }>("SELECT count(*) AS count FROM project_exposure WHERE tenant_id = $1 AND state = 'open'", [tx.scope.tenant]);
    return row!.count;
  }

  async insert(tx: Tx, { id, projectId, state, reportedAt }: Exposure, orgPath: OrgPath): Promise<void> {
    await tx.query('INSERT INTO project_exposure (tenant_id, id, project_id, org_path, state, reported_at) VALUES ($1, $2, $3, $4, $5, $6)', [
      tx.scope.tenant,
      id,
      projectId,
      orgPath,
      state,
      reportedAt,
    ]);
  }

  /** Undecided ones of the scope's place, oldest first; one row more than the page holds. */
  async undecided(tx: Tx, projectId: string | undefined, page: PageRequest): Promise<ListedExposure[]> {
    return tx.query<ListedExposure>(
      `SELECT x.id, x.project_id AS "projectId", x.state, x.reported_at AS "reportedAt", p.number AS "projectNumber", p.title AS "projectTitle"
         FROM project_exposure x JOIN project p ON p.tenant_id = x.tenant_id AND p.id = x.project_id
        WHERE x.tenant_id = $1 AND x.state IN ('open', 'noted') AND ($2::uuid IS NULL OR x.project_id = $2)
          AND ($3::timestamptz IS NULL OR (x.reported_at, x.id) > ($3::timestamptz, $4::uuid))
        ORDER BY x.reported_at, x.id LIMIT $5`,
      [tx.scope.tenant, projectId ?? null, page.after?.sort ?? null, page.after?.id ?? null, page.limit + 1],
    );
  }

  /** Undefined outside the scope's place. */
  async hold(tx: Tx, id: string): Promise<Exposure | undefined> {
    const [row] = await tx.query<Exposure>(
      'SELECT id, project_id AS "projectId", state, reported_at AS "reportedAt" FROM project_exposure WHERE tenant_id = $1 AND id = $2 FOR UPDATE',
      [tx.scope.tenant, id],
    );
    return row;
  }

  async decide(tx: Tx, id: string, state: 'kept' | 'hidden', at: Instant): Promise<void> {
    await tx.query('UPDATE project_exposure SET state = $3, decided_at = $4, decided_by = $5 WHERE tenant_id = $1 AND id = $2', [
      tx.scope.tenant,
      id,
      state,
      at,
      tx.scope.actor,
    ]);
  }
}
