import type { MigrationInterface, QueryRunner } from 'typeorm';

const outcome = (last: string): string => `
  VIEW project_outcome WITH (security_invoker = true) AS
  SELECT p.tenant_id, p.id, p.community_id, p.org_path, p.lead_unit, p.status, p.award_fen,
         coalesce(p.led_before, s.led_at) AS led_at, s.rewarded_at, s.ended_at${last}
    FROM project p
    LEFT JOIN LATERAL (
      SELECT min(c.at) FILTER (WHERE c.type IN ('claimed', 'assigned', 'takenOver')) AS led_at,
             max(c.at) FILTER (WHERE c.type = 'rewarded') AS rewarded_at,
             max(c.at) FILTER (WHERE c.type IN ('closed', 'cancelled', 'takeOverUndone')) AS ended_at
        FROM case_step c WHERE c.tenant_id = p.tenant_id AND c.case_id = 'project/' || p.id
    ) s ON true`;

/** Reports say how many projects came from an old ledger. */
export class ProjectsTakenOverCount1764315600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE OR REPLACE ${outcome(', (p.source_number IS NOT NULL) AS taken_over')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW project_outcome');
    await runner.query(`CREATE ${outcome('')}`);
    await runner.query('GRANT SELECT ON project_outcome TO cobuild_app');
  }
}
