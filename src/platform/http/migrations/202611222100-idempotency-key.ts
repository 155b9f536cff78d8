import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../database/protect.ts';

export class IdempotencyKey1763800000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_key (
        tenant_id text NOT NULL,
        command_id text NOT NULL,
        actor text NOT NULL,
        fingerprint text NOT NULL,
        status smallint,
        answer jsonb,
        at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, command_id)
      )`);
    await protect(runner, 'idempotency_key');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_key');
  }
}
