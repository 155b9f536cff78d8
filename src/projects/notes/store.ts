import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.ts';
import type { Month } from './model.ts';

/** Notes are content of their project: written anew, the earlier one stays. */
export const NOTE = 'progressNote';

@Injectable()
export class NoteStore {
  /** Which of these months each project has a note of; absent where it has none, or they are not the reader's. */
  async monthsNoted(tx: Tx, projectIds: readonly string[], months: readonly Month[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const rows = await tx.query<{ projectId: string; months: string[] }>(
      `SELECT project_id AS "projectId", array_agg(DISTINCT body->>'month') AS months FROM project_content
        WHERE tenant_id = $1 AND project_id = ANY ($2::uuid[]) AND kind = $3 AND body->>'month' = ANY ($4::text[]) GROUP BY project_id`,
      [tx.scope.tenant, projectIds, NOTE, months],
    );
    return new Map(rows.map(({ projectId, months: noted }) => [projectId, new Set(noted)]));
  }
}
