import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor } from '../../database/protect.ts';

/** `at` is business time, which a sample may lay in the past; keys expire by the wall clock. */
export class IdempotencyExpiry1764300000308 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE idempotency_key ADD COLUMN stored_at timestamptz NOT NULL DEFAULT clock_timestamp()');
    await runner.query('CREATE INDEX idempotency_key_by_age ON idempotency_key (stored_at)');
    await runner.query(`
      CREATE FUNCTION door_expired_keys(before timestamptz, most integer) RETURNS TABLE (tenant_id text, command_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT tenant_id, command_id FROM idempotency_key WHERE stored_at < before ORDER BY stored_at LIMIT most
      $$`);
    await openDoor(runner, 'door_expired_keys(timestamptz, integer)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_expired_keys(timestamptz, integer)');
    await runner.query('ALTER TABLE idempotency_key DROP COLUMN stored_at');
  }
}
