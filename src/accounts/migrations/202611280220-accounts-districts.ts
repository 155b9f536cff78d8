import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor } from '../../platform/database/protect.ts';

/** Whoever opens the public pages belongs to no district yet; the names are read within each. */
export class AccountsDistricts1764300000220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION door_districts() RETURNS TABLE (tenant_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT t.tenant_id FROM accounts_tenant t ORDER BY t.tenant_id
      $$`);
    await openDoor(runner, 'door_districts()');
    await runner.query(`
      CREATE VIEW accounts_district WITH (security_invoker = true) AS SELECT tenant_id, name FROM accounts_tenant`);
    await runner.query('GRANT SELECT ON accounts_district TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW accounts_district');
    await runner.query('DROP FUNCTION door_districts()');
  }
}
