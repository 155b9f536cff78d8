import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one unit does in one community, in every order that the list offers: the last two sets of filters. */
export class ProjectLists1763800000190 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, filter] of Object.entries(FILTERS)) {
      await runner.query(`CREATE INDEX project_by_number_${name} ON project (tenant_id, ${filter}, ordinal, id)`);
      await runner.query(`CREATE INDEX project_by_due_${name} ON project (tenant_id, ${filter}, due, id) WHERE due IS NOT NULL`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(FILTERS)) await runner.query(`DROP INDEX project_by_number_${name}, project_by_due_${name}`);
  }
}

const FILTERS = { both: 'community_id, lead_unit', all: 'community_id, lead_unit, status' } as const;
