import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a unit still owes, across communities and quarters. */
export class ReportDueUnits1764300000331 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX report_due_by_unit ON report_due (tenant_id, unit_id, due) WHERE settled_at IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX report_due_by_unit');
  }
}
