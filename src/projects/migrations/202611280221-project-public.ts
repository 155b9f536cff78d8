import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What everybody may know of a project; texts of reports stay inside. */
export class ProjectPublic1764300000221 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW project_public WITH (security_invoker = true) AS
      SELECT tenant_id, id, ordinal, number, title, category, community_id, org_path, status, lead_unit, implementer_id,
             budget_fen, award_fen, created_at, moved_at
        FROM project`);
    await runner.query(`
      CREATE VIEW project_report_public WITH (security_invoker = true) AS
      SELECT r.tenant_id, r.project_id, r.quarter, r.served, r.spent_fen, r.settled_at,
             (SELECT count(*) FROM project_answered_need a
               WHERE a.tenant_id = r.tenant_id AND a.project_id = r.project_id AND a.quarter = r.quarter) AS answered
        FROM project_report r WHERE r.status = 'accepted'`);
    await runner.query('GRANT SELECT ON project_public, project_report_public TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW project_report_public, project_public');
  }
}
