import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** Who raised a need is asked to add something (请补充), or told why it is not taken up (不列入). */
export class NeedsAsking1764312600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE needs_need ADD COLUMN left_out jsonb');
    await states(runner, ['raised', 'asked', 'triaged', 'listed', 'answered', 'closed', 'merged', 'withdrawn', 'leftOut'], ['raised', 'asked', 'merged', 'withdrawn', 'leftOut']);
    await runner.query("ALTER TABLE needs_need ADD CONSTRAINT needs_need_left_out CHECK ((state = 'leftOut') = (left_out IS NOT NULL))");
    await runner.query(`
      CREATE TABLE needs_question (
        tenant_id     text        NOT NULL,
        need_id       uuid        NOT NULL,
        number        smallint    NOT NULL,
        org_path      text        COLLATE "C" NOT NULL,
        text          text        NOT NULL,
        asked_at      timestamptz NOT NULL,
        asked_by      text        NOT NULL,
        answer_sealed bytea,
        answered_at   timestamptz,
        answered_by   text,
        PRIMARY KEY (tenant_id, need_id, number),
        FOREIGN KEY (tenant_id, need_id) REFERENCES needs_need,
        CHECK ((answered_at IS NULL) = (answer_sealed IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL))
      )`);
    await protect(runner, 'needs_question', { subtree: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE needs_question');
    await runner.query('ALTER TABLE needs_need DROP COLUMN left_out');
    await states(runner, ['raised', 'triaged', 'listed', 'answered', 'closed', 'merged', 'withdrawn'], ['raised', 'merged', 'withdrawn']);
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
