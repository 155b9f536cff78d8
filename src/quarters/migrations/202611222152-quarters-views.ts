import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports that were not there when they were due, whether they came later or not. */
export class QuartersViews1763800000152 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW quarter_report_late WITH (security_invoker = true) AS
      SELECT tenant_id, project_id, quarter, community_id, unit_id FROM report_due WHERE late`);
    await runner.query('GRANT SELECT ON quarter_report_late TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW quarter_report_late');
  }
}
