import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Loop reports that the public may read, and since when. */
export class QuarterPublished1764300000222 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW quarter_published WITH (security_invoker = true) AS
      SELECT tenant_id, community_id, org_path, quarter, published_at FROM quarter_cycle WHERE published_at IS NOT NULL`);
    await runner.query('GRANT SELECT ON quarter_published TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW quarter_published');
  }
}
