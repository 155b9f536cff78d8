import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Also awards whose notice is over: whoever comes too late with an objection is told so. */
export class EvaluationNoticesOver1764325500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE VIEW evaluation_notice WITH (security_invoker = true) AS
      SELECT tenant_id, org_path, id, project_id, recipient_id, amount_fen, status, due, moved_at
        FROM evaluation_award WHERE status IN ('noticed', 'objected', 'granted')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW evaluation_notice');
    await runner.query(`
      CREATE VIEW evaluation_notice WITH (security_invoker = true) AS
      SELECT tenant_id, org_path, id, project_id, recipient_id, amount_fen, status, due
        FROM evaluation_award WHERE status IN ('noticed', 'objected')`);
    await runner.query('GRANT SELECT ON evaluation_notice TO cobuild_app');
  }
}
