import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../database/protect.ts';

export class SubjectKey1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE subject_key (
        tenant_id    text        NOT NULL,
        subject_id   uuid        NOT NULL,
        wrapped      bytea,
        created_at   timestamptz NOT NULL,
        destroyed_at timestamptz,
        PRIMARY KEY (tenant_id, subject_id),
        CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
      )`);
    await protect(runner, 'subject_key');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE subject_key');
  }
}
