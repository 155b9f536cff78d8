import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** Lists taken out as files: who, when, what, why, and who else agreed. What was asked for never changes. */
export class Exports1764313200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exports_export (
        tenant_id     text        NOT NULL,
        id            uuid        NOT NULL,
        number        text        NOT NULL,
        list          text        NOT NULL,
        format        text        NOT NULL,
        language      text        NOT NULL,
        filter        jsonb       NOT NULL,
        reason        text,
        personal      boolean     NOT NULL,
        rows          integer     NOT NULL CHECK (rows >= 0),
        digest        text        NOT NULL,
        org_path      text        COLLATE "C" NOT NULL,
        account_id    uuid        NOT NULL,
        person_id     uuid        NOT NULL,
        needs_release boolean     NOT NULL,
        requested_at  timestamptz NOT NULL,
        released_at   timestamptz,
        refused_at    timestamptz,
        refusal       text,
        expires_at    timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, number),
        CHECK (reason IS NOT NULL OR NOT personal),
        CHECK (released_at IS NULL OR refused_at IS NULL),
        CHECK ((refused_at IS NULL) = (refusal IS NULL))
      )`);
    await runner.query('CREATE INDEX exports_export_own ON exports_export (tenant_id, person_id, requested_at DESC, id DESC)');
    await runner.query(`
      CREATE INDEX exports_export_waiting ON exports_export (tenant_id, requested_at DESC, id DESC)
       WHERE needs_release AND released_at IS NULL AND refused_at IS NULL`);
    await protect(runner, 'exports_export', { insertOnly: true });
    await runner.query('GRANT UPDATE (released_at, refused_at, refusal, expires_at) ON exports_export TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE exports_export');
  }
}
