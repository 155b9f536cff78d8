import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** That a person took their consent back is kept; what was known of them is not. A need nobody had looked at ends with it. */
export class NeedsConsentWithdrawal1764300000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE needs_consent_withdrawal (
        tenant_id    text        NOT NULL,
        subject_id   uuid        NOT NULL,
        org_path     text        COLLATE "C" NOT NULL,
        channel      text        NOT NULL CHECK (channel IN ('followUp', 'paper', 'oral')),
        withdrawn_at timestamptz NOT NULL,
        recorded_by  text        NOT NULL,
        PRIMARY KEY (tenant_id, subject_id)
      )`);
    await protect(runner, 'needs_consent_withdrawal', { insertOnly: true, subtree: true });
    await states(runner, ['raised', 'triaged', 'listed', 'answered', 'closed', 'merged', 'withdrawn'], ['raised', 'merged', 'withdrawn']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await states(runner, ['raised', 'triaged', 'listed', 'answered', 'closed', 'merged'], ['raised', 'merged']);
    await runner.query('DROP TABLE needs_consent_withdrawal');
  }
}

async function states(runner: QueryRunner, all: readonly string[], wordless: readonly string[]): Promise<void> {
  const list = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
  await runner.query(`
    ALTER TABLE needs_need
      DROP CONSTRAINT needs_need_state_check,
      ADD CONSTRAINT needs_need_state_check CHECK (state IN (${list(all)})),
      DROP CONSTRAINT needs_need_check2,
      ADD CONSTRAINT needs_need_check2 CHECK (state IN (${list(wordless)}) OR public_text IS NOT NULL)`);
}
