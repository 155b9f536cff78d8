import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which commands a case has taken: what was written with one that it refused is no part of its file. */
export class CaseDecisions1764300000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW case_decision WITH (security_invoker = true) AS
      SELECT tenant_id, case_id, command_id FROM case_event`);
    await runner.query('GRANT SELECT ON case_decision TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW case_decision');
  }
}
