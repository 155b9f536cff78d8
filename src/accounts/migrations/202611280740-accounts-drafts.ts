import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** What people have begun to write, sealed with their own key, so that it follows them to another device. */
export class AccountsDrafts1764315600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts_draft (
        tenant_id   text        NOT NULL,
        account_id  uuid        NOT NULL,
        form        text        NOT NULL,
        version     integer     NOT NULL,
        text_sealed bytea       NOT NULL,
        saved_at    timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, account_id, form),
        FOREIGN KEY (tenant_id, account_id) REFERENCES accounts_account
      )`);
    await runner.query('CREATE INDEX accounts_draft_saved ON accounts_draft (tenant_id, saved_at)');
    await protect(runner, 'accounts_draft');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE accounts_draft');
  }
}
