import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** Legal holds, and withdrawals that a restored backup had lost and that are done again. */
export class NeedsHolds1764324000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE needs_hold (
        tenant_id   text        NOT NULL,
        id          uuid        NOT NULL,
        record_kind text        NOT NULL CHECK (record_kind IN ('need', 'import')),
        record_id   uuid        NOT NULL,
        org_path    text        COLLATE "C" NOT NULL,
        ground      text        NOT NULL CHECK (ground IN ('litigation', 'investigation', 'statutoryTerm')),
        note        text        NOT NULL,
        placed_at   timestamptz NOT NULL,
        placed_by   text        NOT NULL,
        lifted_at   timestamptz,
        lifted_by   text,
        PRIMARY KEY (tenant_id, id),
        CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
      )`);
    await runner.query('CREATE UNIQUE INDEX needs_hold_open ON needs_hold (tenant_id, record_kind, record_id) WHERE lifted_at IS NULL');
    await protect(runner, 'needs_hold', { subtree: true });
    await withdrawalChannels(runner, ['followUp', 'paper', 'oral', 'restored']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await withdrawalChannels(runner, ['followUp', 'paper', 'oral']);
    await runner.query('DROP TABLE needs_hold');
  }
}

async function withdrawalChannels(runner: QueryRunner, channels: readonly string[]): Promise<void> {
  await runner.query(`
    ALTER TABLE needs_consent_withdrawal
      DROP CONSTRAINT needs_consent_withdrawal_channel_check,
      ADD CONSTRAINT needs_consent_withdrawal_channel_check CHECK (channel IN (${channels.map((it) => `'${it}'`).join(', ')}))`);
}
