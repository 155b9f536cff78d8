import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What other areas may read for their reports, without any person. */
export class AccountsViews1763800000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW accounts_organisation WITH (security_invoker = true) AS
      SELECT tenant_id, id, kind, code, name, org_path, left_on FROM accounts_org_unit`);
    await runner.query(`
      CREATE VIEW accounts_partnership WITH (security_invoker = true) AS
      SELECT tenant_id, unit_id, community_id, joined_on, left_on FROM accounts_membership`);
    await runner.query('GRANT SELECT ON accounts_organisation, accounts_partnership TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW accounts_partnership, accounts_organisation');
  }
}
