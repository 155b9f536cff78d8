import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/** What people ask about their own data, and what was written about it, sealed with their key. */
export class Rights1764324600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rights_request (
        tenant_id        text        NOT NULL,
        id               uuid        NOT NULL,
        org_path         text        COLLATE "C" NOT NULL,
        community_id     uuid        NOT NULL,
        subject_id       uuid        NOT NULL,
        need_id          uuid        NOT NULL,
        submission_id    uuid,
        asked_right      text        NOT NULL CHECK (asked_right IN ('access', 'correction', 'deletion')),
        channel          text        NOT NULL CHECK (channel IN ('followUp', 'paper', 'oral')),
        status           text        NOT NULL CHECK (status IN ('received', 'carriedOut', 'refused', 'withdrawn')),
        ground           text        CHECK (ground IN ('identity', 'legalHold', 'statutoryTerm', 'unfounded')),
        late             boolean     NOT NULL,
        due              timestamptz,
        calendar_version integer,
        copy_until       timestamptz,
        version          integer     NOT NULL,
        received_at      timestamptz NOT NULL,
        moved_at         timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        CHECK ((status = 'refused') = (ground IS NOT NULL))
      )`);
    await runner.query("CREATE UNIQUE INDEX rights_request_open ON rights_request (tenant_id, subject_id, asked_right) WHERE status = 'received'");
    await runner.query('CREATE INDEX rights_request_of_subject ON rights_request (tenant_id, subject_id)');
    await runner.query('CREATE INDEX rights_request_newest ON rights_request (tenant_id, received_at DESC, id DESC)');
    await protect(runner, 'rights_request', { subtree: true });
    await runner.query(`
      CREATE TABLE rights_content (
        tenant_id  text        NOT NULL,
        id         uuid        NOT NULL,
        request_id uuid        NOT NULL,
        org_path   text        COLLATE "C" NOT NULL,
        kind       text        NOT NULL CHECK (kind IN ('wish', 'correction', 'refusal')),
        sealed     bytea       NOT NULL,
        command_id text        NOT NULL,
        author     text        NOT NULL,
        at         timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id)
      )`);
    await runner.query('CREATE INDEX rights_content_of_request ON rights_content (tenant_id, request_id)');
    await protect(runner, 'rights_content', { insertOnly: true, subtree: true });
    // What a person has put right.
    await runner.query('GRANT UPDATE (content_sealed) ON needs_submission TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE UPDATE (content_sealed) ON needs_submission FROM cobuild_app');
    await runner.query('DROP TABLE rights_content');
    await runner.query('DROP TABLE rights_request');
  }
}
