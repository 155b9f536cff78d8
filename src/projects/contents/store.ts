import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Content } from '../store.ts';

export interface StoredContent extends Content {
  readonly author: string;
  readonly at: Instant;
}

/** What was written in projects, as it is read. */
@Injectable()
export class ProjectContentStore {
  /** Whether the scope's place may read what was written and photographed in it; the policies of those rows ask the same. */
  async isOpen(tx: Tx, projectId: string): Promise<boolean> {
    return (await tx.query('SELECT id FROM door_project_file($1)', [projectId])).length > 0;
  }

  /** Not what was written with a command that the case refused, or has not taken yet. */
  async all(tx: Tx, projectId: string, caseId: string): Promise<StoredContent[]> {
    return tx.query(
      `SELECT id, project_id AS "projectId", kind, body, hash, author, at FROM project_content c
        WHERE tenant_id = $1 AND project_id = $2
          AND (command_id IS NULL OR EXISTS (
            SELECT FROM case_decision d WHERE d.tenant_id = $1 AND d.case_id = $3 AND d.command_id = c.command_id))
        ORDER BY at, id`,
      [tx.scope.tenant, projectId, caseId],
    );
  }
}
