import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor } from '../../platform/database/protect.ts';

/** How many cases stand still, for a collector of figures that belongs to no tenant. */
export class CasesParked1764300000255 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX case_head_parked ON case_head (tenant_id, case_id) WHERE parked_code IS NOT NULL');
    await runner.query(`
      CREATE FUNCTION door_parked() RETURNS TABLE (code text, parked bigint)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT parked_code, count(*) FROM case_head WHERE parked_code IS NOT NULL GROUP BY parked_code
      $$`);
    await openDoor(runner, 'door_parked()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_parked()');
    await runner.query('DROP INDEX case_head_parked');
  }
}
