import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

export class Calendar1763700000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calendar_publication (
        tenant_id    text        NOT NULL,
        revision     integer     NOT NULL CHECK (revision > 0),
        year         integer     NOT NULL,
        notice       jsonb       NOT NULL,
        hash         text        NOT NULL,
        reason       text        NOT NULL,
        published_by text        NOT NULL,
        published_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, revision)
      )`);
    await protect(runner, 'calendar_publication', { insertOnly: true });

    await runner.query(`
      CREATE TABLE calendar_clock (
        tenant_id text        PRIMARY KEY,
        mode      text        NOT NULL CHECK (mode IN ('virtual', 'live')),
        now_at    timestamptz NOT NULL
      )`);
    await protect(runner, 'calendar_clock');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE calendar_clock');
    await runner.query('DROP TABLE calendar_publication');
  }
}
