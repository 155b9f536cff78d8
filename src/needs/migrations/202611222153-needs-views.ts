import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Needs that their raiser or community has confirmed as solved. */
export class NeedsViews1763800000153 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW needs_confirmed WITH (security_invoker = true) AS
      SELECT tenant_id, need_id, min(confirmed_at) AS confirmed_at FROM needs_confirmation GROUP BY tenant_id, need_id`);
    await runner.query('GRANT SELECT ON needs_confirmed TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW needs_confirmed');
  }
}
