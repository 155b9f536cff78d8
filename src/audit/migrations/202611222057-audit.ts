import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

export class Audit1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_event (
        tenant_id    text        NOT NULL,
        id           uuid        NOT NULL,
        at           timestamptz NOT NULL,
        actor        text        NOT NULL,
        account_id   uuid,
        person_id    uuid,
        on_behalf_of text,
        role         text,
        action       text        NOT NULL,
        subject      text        NOT NULL,
        outcome      text        NOT NULL CHECK (outcome IN ('done', 'refused')),
        case_version integer,
        command_id   text,
        request_id   text,
        network      text,
        policy_hash  text,
        event_bytes  bytea       NOT NULL,
        hash         bytea       NOT NULL CHECK (octet_length(hash) = 32),
        xid          xid8        NOT NULL DEFAULT pg_current_xact_id(),
        PRIMARY KEY (tenant_id, id)
      )`);
    await runner.query('CREATE INDEX audit_event_by_time ON audit_event (tenant_id, at DESC, id DESC)');
    await runner.query('CREATE INDEX audit_event_by_subject ON audit_event (tenant_id, subject, at DESC, id DESC)');
    await protect(runner, 'audit_event', { insertOnly: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_event');
  }
}
