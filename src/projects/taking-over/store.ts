import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';

@Injectable()
export class TakeOverStore {
  /** Which of these have gone on since they were taken over, or have not begun: a step of somebody, or a word or amount entered. */
  async movedOn(tx: Tx, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT p.id FROM project p
        WHERE p.tenant_id = $1 AND p.id = ANY($2::uuid[])
          AND (p.version = 0
            OR EXISTS (SELECT FROM project_content c WHERE c.tenant_id = $1 AND c.project_id = p.id)
            OR EXISTS (SELECT FROM case_step s WHERE s.tenant_id = $1 AND s.case_id = 'project/' || p.id
                          AND s.type NOT IN ('takenOver', 'calendarRecounted', 'waitLate')))`,
      [tx.scope.tenant, ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Reports that came with a project and go with it: they count nowhere. */
  async voidReports(tx: Tx, projectId: string, at: Instant): Promise<void> {
    tx.send("UPDATE project_report SET status = 'waived', settled_at = $3 WHERE tenant_id = $1 AND project_id = $2", [tx.scope.tenant, projectId, at]);
  }
}
