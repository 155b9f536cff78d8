import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** Who looked behind which mask, and why; never changed. */
export class RightsReveals1764325200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rights_reveal (
        tenant_id   text        NOT NULL,
        id          uuid        NOT NULL,
        org_path    text        COLLATE "C" NOT NULL,
        record_kind text        NOT NULL CHECK (record_kind IN ('need', 'submission', 'person')),
        record_id   uuid        NOT NULL,
        field       text        NOT NULL CHECK (field IN ('name', 'phone')),
        reason      text        NOT NULL,
        person_id   uuid        NOT NULL,
        at          timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id)
      )`);
    await runner.query('CREATE INDEX rights_reveal_of_person ON rights_reveal (tenant_id, person_id, at)');
    await runner.query('CREATE INDEX rights_reveal_newest ON rights_reveal (tenant_id, at DESC, id DESC)');
    await protect(runner, 'rights_reveal', { insertOnly: true, subtree: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rights_reveal');
  }
}
