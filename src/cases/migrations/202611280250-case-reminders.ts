import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

export class CaseReminders1764300000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE case_reminder (
        tenant_id   text        NOT NULL,
        case_id     text        NOT NULL,
        wait        text        NOT NULL,
        workday     date        NOT NULL,
        at          timestamptz NOT NULL,
        reminded_by text        NOT NULL,
        PRIMARY KEY (tenant_id, case_id, wait, workday)
      )`);
    await protect(runner, 'case_reminder', { insertOnly: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE case_reminder');
  }
}
