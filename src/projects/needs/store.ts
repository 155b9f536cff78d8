import { Injectable } from '@nestjs/common';
import type { Quarter } from '../../calendar/model.ts';
import type { Tx } from '../../platform/database/database.ts';

@Injectable()
export class ProjectNeedStore {
  /** Needs that accepted reports say are answered, with the first quarter that did. */
  async answered(tx: Tx, projectId: string): Promise<ReadonlyMap<string, Quarter>> {
    const rows = await tx.query<{ needId: string; quarter: Quarter }>(
      `SELECT need_id AS "needId", min(quarter) AS quarter FROM project_answered_need
        WHERE tenant_id = $1 AND project_id = $2 GROUP BY need_id`,
      [tx.scope.tenant, projectId],
    );
    return new Map(rows.map(({ needId, quarter }) => [needId, quarter]));
  }

  async addAnsweredNeeds(tx: Tx, projectId: string, quarter: Quarter, needs: readonly string[]): Promise<void> {
    tx.send(
      `INSERT INTO project_answered_need (tenant_id, project_id, quarter, need_id)
       SELECT $1, $2, $3, unnest($4::uuid[]) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, projectId, quarter, needs],
    );
  }
}
