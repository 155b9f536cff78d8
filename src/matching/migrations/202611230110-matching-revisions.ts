import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** Facts may be gathered anew for a run, a plan names the choices it was solved with, and solving shows how far it is. */
export class MatchingRevisions1763900000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE matching_facts ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0)');
    await runner.query('ALTER TABLE matching_facts DROP CONSTRAINT matching_facts_pkey');
    await runner.query('ALTER TABLE matching_facts ADD PRIMARY KEY (tenant_id, run_id, revision)');
    await runner.query("ALTER TABLE matching_plan ADD COLUMN choices jsonb NOT NULL DEFAULT '[]'");
    await runner.query('ALTER TABLE matching_run ADD COLUMN rule text');
    await runner.query('ALTER TABLE matching_run ADD COLUMN facts_revision integer NOT NULL DEFAULT 1');
    await runner.query('ALTER TABLE matching_run ADD COLUMN end_code text');
    await runner.query(`
      CREATE TABLE matching_progress (
        tenant_id text    NOT NULL,
        run_id    uuid    NOT NULL,
        revision  integer NOT NULL,
        phase     text    NOT NULL,
        done      bigint  NOT NULL,
        total     bigint  NOT NULL,
        PRIMARY KEY (tenant_id, run_id),
        FOREIGN KEY (tenant_id, run_id) REFERENCES matching_run
      )`);
    await protect(runner, 'matching_progress');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE matching_progress');
    await runner.query('ALTER TABLE matching_run DROP COLUMN end_code, DROP COLUMN facts_revision, DROP COLUMN rule');
    await runner.query('ALTER TABLE matching_plan DROP COLUMN choices');
    await runner.query('DELETE FROM matching_facts WHERE revision > 1');
    await runner.query('ALTER TABLE matching_facts DROP CONSTRAINT matching_facts_pkey');
    await runner.query('ALTER TABLE matching_facts ADD PRIMARY KEY (tenant_id, run_id)');
    await runner.query('ALTER TABLE matching_facts DROP COLUMN revision');
  }
}
