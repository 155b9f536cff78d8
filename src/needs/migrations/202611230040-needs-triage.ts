import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** What triage is shown of a need: that a person must look at its text, and which others say the same. */
export class NeedsTriage1763900000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE needs_need ADD COLUMN needs_look boolean NOT NULL DEFAULT false');
    await runner.query('CREATE INDEX needs_need_to_look_at ON needs_need (tenant_id, raised_at DESC, id DESC) WHERE needs_look');
    // A new need finds those that agree with it in a whole band by sixteen look-ups, whatever the number of needs. No
    // foreign key: the rows are found by their key, and one whose need is gone leads nowhere.
    await runner.query(`
      CREATE TABLE needs_band (
        tenant_id text    NOT NULL,
        key       bigint  NOT NULL,
        serial    integer NOT NULL,
        need_id   uuid    NOT NULL,
        PRIMARY KEY (tenant_id, key, serial)
      )`);
    await runner.query(`
      CREATE TABLE needs_likeness (
        tenant_id    text        NOT NULL,
        first_id     uuid        NOT NULL,
        second_id    uuid        NOT NULL,
        percent      smallint    NOT NULL CHECK (percent BETWEEN 1 AND 100),
        found_at     timestamptz NOT NULL,
        dismissed_at timestamptz,
        dismissed_by text,
        PRIMARY KEY (tenant_id, first_id, second_id),
        FOREIGN KEY (tenant_id, first_id) REFERENCES needs_need ON DELETE CASCADE,
        FOREIGN KEY (tenant_id, second_id) REFERENCES needs_need ON DELETE CASCADE,
        CHECK (first_id <> second_id),
        CHECK ((dismissed_at IS NULL) = (dismissed_by IS NULL))
      )`);
    await runner.query('CREATE INDEX needs_likeness_of_second ON needs_likeness (tenant_id, second_id, first_id)');
    for (const table of TABLES) await protect(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP INDEX needs_need_to_look_at');
    await runner.query('ALTER TABLE needs_need DROP COLUMN needs_look');
  }
}

const TABLES = ['needs_band', 'needs_likeness'];
