import { Injectable } from '@nestjs/common';
import type { Fen } from '../../kernel/money.ts';
import type { SeekingProject } from '../../matching/standing/model.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Grade } from '../lifecycle/model.ts';

/** What a unit holds or has been offered, and how its last evaluated project was graded. */
export interface Commitment {
  readonly unitId: string;
  readonly load: number;
  readonly budgetFen: Fen;
  readonly lastGrade: Grade | null;
}

/** A claimed project is its unit's until acceptance; an offered one keeps its place free. */
const BUSY = `('offered', 'claimed', 'agreed', 'implementing', 'acceptance', 'rectifying', 'suspended')`;

@Injectable()
export class CommitmentStore {
  /** Every unit that has, or ever led, a project. */
  async all(tx: Tx): Promise<Commitment[]> {
    return tx.query<Commitment>(
      `SELECT unit AS "unitId",
              count(*) FILTER (WHERE status IN ${BUSY}) AS load,
              coalesce(sum(budget_fen) FILTER (WHERE status IN ${BUSY}), 0)::bigint AS "budgetFen",
              (array_agg(grade ORDER BY moved_at DESC, id) FILTER (WHERE grade IS NOT NULL))[1] AS "lastGrade"
         FROM (SELECT id, status, budget_fen, grade, moved_at, coalesce(lead_unit, offered_to) AS unit
                 FROM project WHERE tenant_id = $1) AS projects
        WHERE unit IS NOT NULL GROUP BY unit ORDER BY unit`,
      [tx.scope.tenant],
    );
  }

  async seeking(tx: Tx): Promise<SeekingProject[]> {
    return tx.query<SeekingProject>(
      `SELECT id AS "projectId", moved_at AS since FROM project WHERE tenant_id = $1 AND status = 'seeking'`,
      [tx.scope.tenant],
    );
  }

  /** Proposals of projects that wait for consent, or for their case to begin, before their first unit is asked. */
  async planned(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ proposalId: string }>(
      `SELECT proposal_id AS "proposalId" FROM project WHERE tenant_id = $1 AND status IN ('drafted', 'consent')`,
      [tx.scope.tenant],
    );
    return rows.map(({ proposalId }) => proposalId);
  }

  async opened(tx: Tx, proposalIds: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ proposalId: string }>(
      `SELECT proposal_id AS "proposalId" FROM project
        WHERE tenant_id = $1 AND proposal_id = ANY($2::uuid[]) AND status <> 'cancelled'`,
      [tx.scope.tenant, proposalIds],
    );
    return rows.map(({ proposalId }) => proposalId);
  }
}
