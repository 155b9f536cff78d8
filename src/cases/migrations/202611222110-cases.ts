import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

export class Cases1763800000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE case_head (
        tenant_id   text        NOT NULL,
        case_id     text        NOT NULL,
        kind        text        NOT NULL,
        org_path    text        COLLATE "C" NOT NULL,
        version     integer     NOT NULL CHECK (version >= 0),
        clock_mode  text        NOT NULL CHECK (clock_mode IN ('live', 'virtual')),
        closed      boolean     NOT NULL,
        parked_code text,
        opened_at   timestamptz NOT NULL,
        moved_at    timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, case_id)
      )`);
    await runner.query(`
      CREATE TABLE case_event (
        tenant_id   text        NOT NULL,
        case_id     text        NOT NULL,
        version     integer     NOT NULL CHECK (version > 0),
        command_id  text        NOT NULL,
        type        text        NOT NULL,
        schema      integer     NOT NULL,
        event_bytes bytea       NOT NULL,
        hash        bytea       NOT NULL CHECK (octet_length(hash) = 32),
        at          timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, case_id, version),
        UNIQUE (tenant_id, case_id, command_id)
      )`);
    await runner.query(`
      CREATE TABLE open_wait (
        tenant_id      text        NOT NULL,
        case_id        text        NOT NULL,
        name           text        NOT NULL,
        kind           text        NOT NULL,
        org_path       text        COLLATE "C" NOT NULL,
        owner_role     text        NOT NULL,
        owner_org_unit uuid,
        due            timestamptz,
        wake_at        timestamptz,
        otherwise      text        NOT NULL,
        since          timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, case_id, name)
      )`);
    await runner.query('CREATE INDEX open_wait_by_wake ON open_wait (tenant_id, wake_at) WHERE wake_at IS NOT NULL');
    await runner.query('CREATE INDEX open_wait_by_owner ON open_wait (tenant_id, owner_role, owner_org_unit, due)');
    await runner.query(`
      CREATE TABLE case_command (
        tenant_id     text        NOT NULL,
        command_id    text        NOT NULL,
        case_id       text        NOT NULL,
        kind          text        NOT NULL,
        type          text        NOT NULL,
        actor         text        NOT NULL,
        account_id    uuid,
        person_id     uuid,
        command_bytes bytea       NOT NULL,
        request_id    text,
        network       text,
        stored_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
        answered_at   timestamptz,
        outcome       text,
        PRIMARY KEY (tenant_id, command_id)
      )`);
    await runner.query('CREATE INDEX case_command_open ON case_command (stored_at) WHERE answered_at IS NULL');
    await runner.query(`
      CREATE TABLE case_message (
        tenant_id      text        NOT NULL,
        source_case    text        NOT NULL,
        source_version integer     NOT NULL,
        target_case    text        NOT NULL,
        target_kind    text        NOT NULL,
        command_id     text        NOT NULL,
        command_bytes  bytea       NOT NULL,
        told_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
        taken_at       timestamptz,
        outcome        text,
        PRIMARY KEY (tenant_id, source_case, source_version, target_case)
      )`);
    await runner.query('CREATE INDEX case_message_open ON case_message (told_at) WHERE taken_at IS NULL');
    await runner.query('CREATE INDEX case_message_by_target ON case_message (tenant_id, target_case, command_id)');
    await protect(runner, 'case_head');
    await protect(runner, 'case_event', { insertOnly: true });
    await protect(runner, 'open_wait');
    await protect(runner, 'case_command');
    await protect(runner, 'case_message');
    await runner.query(`
      CREATE FUNCTION door_unanswered(before timestamptz, most integer)
      RETURNS TABLE (tenant_id text, command_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT tenant_id, command_id FROM case_command
         WHERE answered_at IS NULL AND stored_at < before ORDER BY stored_at LIMIT most
      $$`);
    await openDoor(runner, 'door_unanswered(timestamptz, integer)');
    await runner.query(`
      CREATE FUNCTION door_untaken(before timestamptz, most integer)
      RETURNS TABLE (tenant_id text, source_case text, source_version integer)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT tenant_id, source_case, source_version FROM case_message
         WHERE taken_at IS NULL AND told_at < before ORDER BY told_at LIMIT most
      $$`);
    await openDoor(runner, 'door_untaken(timestamptz, integer)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_untaken(timestamptz, integer)');
    await runner.query('DROP FUNCTION door_unanswered(timestamptz, integer)');
    await runner.query('DROP TABLE case_message, case_command, open_wait, case_event, case_head');
  }
}
