import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By what is due: with a date the soonest first, then what goes on without one, at the end what is over, the latest first. In
 * milliseconds, so that one number orders all three. Takes the place of the order that left out what has no date.
 */
export class ProjectOrder1764324900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE project ADD COLUMN due_order bigint NOT NULL GENERATED ALWAYS AS (CASE
      WHEN status IN ('closed', 'cancelled') THEN 2e15 - floor(extract(epoch FROM moved_at AT TIME ZONE 'UTC') * 1000)
      WHEN due IS NULL THEN 1e15 + ordinal
      ELSE floor(extract(epoch FROM due AT TIME ZONE 'UTC') * 1000) END) STORED`);
    for (const [name, filter] of Object.entries(FILTERS)) {
      await runner.query(`DROP INDEX project_by_due_${name}`);
      await runner.query(`CREATE INDEX project_by_due_${name} ON project (tenant_id, ${filter} due_order, id)`);
    }
    await runner.query('DROP INDEX project_by_due_implementer');
    await runner.query('CREATE INDEX project_by_due_implementer ON project (tenant_id, implementer_id, due_order, id) WHERE implementer_id IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project DROP COLUMN due_order');
    for (const [name, filter] of Object.entries(FILTERS)) {
      await runner.query(`CREATE INDEX project_by_due_${name} ON project (tenant_id, ${filter} due, id) WHERE due IS NOT NULL`);
    }
    await runner.query('CREATE INDEX project_by_due_implementer ON project (tenant_id, implementer_id, due, id) WHERE implementer_id IS NOT NULL AND due IS NOT NULL');
  }
}

const FILTERS = {
  0: '',
  1: 'status,',
  2: 'community_id,',
  3: 'lead_unit,',
  4: 'community_id, status,',
  5: 'lead_unit, status,',
  both: 'community_id, lead_unit,',
  all: 'community_id, lead_unit, status,',
} as const;
