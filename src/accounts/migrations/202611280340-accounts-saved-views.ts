import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** Filters of lists that people keep under a name. */
export class AccountsSavedViews1764301200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts_view (
        tenant_id text        NOT NULL,
        id        uuid        NOT NULL,
        person_id uuid        NOT NULL,
        list      text        NOT NULL,
        name      text        NOT NULL,
        query     jsonb       NOT NULL,
        saved_at  timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, person_id, list, name),
        FOREIGN KEY (tenant_id, person_id) REFERENCES accounts_person
      )`);
    await protect(runner, 'accounts_view');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE accounts_view');
  }
}
