import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

export class Recovery1764300000230 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE recovery_mode (
        tenant_id text        NOT NULL,
        mode      text        NOT NULL CHECK (mode IN ('open', 'frozen', 'repairing')),
        epoch     integer     NOT NULL CHECK (epoch > 0),
        reason    text        NOT NULL,
        since     timestamptz NOT NULL,
        PRIMARY KEY (tenant_id)
      )`);
    await protect(runner, 'recovery_mode');
    await runner.query(`
      CREATE FUNCTION door_recovering() RETURNS TABLE (tenant_id text, mode text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT tenant_id, mode FROM recovery_mode WHERE mode <> 'open'
      $$`);
    await openDoor(runner, 'door_recovering()');
    await runner.query(`
      CREATE FUNCTION door_tenants() RETURNS TABLE (tenant_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT t.tenant_id FROM accounts_tenant t ORDER BY t.tenant_id
      $$`);
    await openDoor(runner, 'door_tenants()');
    await runner.query(`
      CREATE FUNCTION door_erased(p_after timestamptz) RETURNS TABLE (tenant_id text, subject_id uuid, destroyed_at timestamptz)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT tenant_id, subject_id, destroyed_at FROM subject_key WHERE destroyed_at > p_after ORDER BY destroyed_at
      $$`);
    await openDoor(runner, 'door_erased(timestamptz)');
    await runner.query("CREATE INDEX subject_key_destroyed ON subject_key (destroyed_at) WHERE destroyed_at IS NOT NULL");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX subject_key_destroyed');
    for (const door of ['door_erased(timestamptz)', 'door_tenants()', 'door_recovering()']) await runner.query(`DROP FUNCTION ${door}`);
    await runner.query('DROP TABLE recovery_mode');
  }
}
