import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Awards that the public may object to now. */
export class EvaluationNotice1764300000246 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW evaluation_notice WITH (security_invoker = true) AS
      SELECT tenant_id, org_path, id, project_id, recipient_id, amount_fen, status, due
        FROM evaluation_award WHERE status IN ('noticed', 'objected')`);
    await runner.query('GRANT SELECT ON evaluation_notice TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW evaluation_notice');
  }
}
