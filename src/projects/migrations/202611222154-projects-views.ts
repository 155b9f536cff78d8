import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of projects, their reports and the needs they answered. */
export class ProjectsViews1763800000154 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW project_outcome WITH (security_invoker = true) AS
      SELECT p.tenant_id, p.id, p.community_id, p.org_path, p.lead_unit, p.status, p.award_fen,
             s.led_at, s.rewarded_at, s.ended_at
        FROM project p
        LEFT JOIN LATERAL (
          SELECT min(c.at) FILTER (WHERE c.type IN ('claimed', 'assigned')) AS led_at,
                 max(c.at) FILTER (WHERE c.type = 'rewarded') AS rewarded_at,
                 max(c.at) FILTER (WHERE c.type IN ('closed', 'cancelled')) AS ended_at
            FROM case_step c WHERE c.tenant_id = p.tenant_id AND c.case_id = 'project/' || p.id
        ) s ON true`);
    await runner.query(`
      CREATE VIEW project_report_accepted WITH (security_invoker = true) AS
      SELECT r.tenant_id, r.project_id, p.community_id, r.unit_id, r.quarter, r.served, r.settled_at
        FROM project_report r JOIN project p ON p.tenant_id = r.tenant_id AND p.id = r.project_id
       WHERE r.status = 'accepted'`);
    await runner.query(`
      CREATE VIEW project_need_answered WITH (security_invoker = true) AS
      SELECT a.tenant_id, a.need_id, a.project_id, r.community_id, r.unit_id, a.quarter, r.settled_at
        FROM project_answered_need a JOIN project_report_accepted r USING (tenant_id, project_id, quarter)`);
    await runner.query('GRANT SELECT ON project_outcome, project_report_accepted, project_need_answered TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW project_need_answered, project_report_accepted, project_outcome');
  }
}
