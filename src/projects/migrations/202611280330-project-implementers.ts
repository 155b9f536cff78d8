import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one body carries out for others: the list that those bodies open first. */
export class ProjectImplementers1764300000330 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX project_by_number_implementer ON project (tenant_id, implementer_id, ordinal, id) WHERE implementer_id IS NOT NULL');
    await runner.query('CREATE INDEX project_by_due_implementer ON project (tenant_id, implementer_id, due, id) WHERE implementer_id IS NOT NULL AND due IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX project_by_number_implementer, project_by_due_implementer');
  }
}
