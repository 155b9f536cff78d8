import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a need was settled: its raiser's words are kept for a term from then on. Of those settled before, the term begins now. */
export class NeedsEnded1764314100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE needs_need ADD COLUMN ended_at timestamptz');
    await runner.query("UPDATE needs_need SET ended_at = greatest(now(), raised_at) WHERE state IN ('closed', 'withdrawn', 'leftOut')");
    await runner.query(`
      ALTER TABLE needs_need ADD CONSTRAINT needs_need_ended CHECK ((ended_at IS NOT NULL) = (state IN ('closed', 'withdrawn', 'leftOut')))`);
    await runner.query('CREATE INDEX needs_need_by_end ON needs_need (tenant_id, ended_at) WHERE ended_at IS NOT NULL');
    await runner.query('CREATE INDEX needs_submission_without_need ON needs_submission (tenant_id, submitted_at) WHERE need_id IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX needs_submission_without_need');
    await runner.query('ALTER TABLE needs_need DROP COLUMN ended_at');
  }
}
