import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

export class Quarters1763800000112 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE quarter_cycle (
        tenant_id        text        NOT NULL,
        community_id     uuid        NOT NULL,
        quarter          text        NOT NULL CHECK (quarter ~ '^[0-9]{4}Q[1-4]$'),
        org_path         text        COLLATE "C" NOT NULL,
        version          integer     NOT NULL,
        status           text        NOT NULL,
        policy_version   integer     NOT NULL,
        meeting_on       date        NOT NULL,
        meeting_fixed    boolean     NOT NULL,
        meeting_late     boolean     NOT NULL,
        calendar_version integer     NOT NULL,
        provisional      boolean     NOT NULL,
        reports_due      timestamptz NOT NULL,
        asked            integer,
        resolutions      integer,
        held_at          timestamptz,
        published_at     timestamptz,
        opened_at        timestamptz NOT NULL,
        moved_at         timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, community_id, quarter)
      )`);
    await runner.query('CREATE INDEX quarter_cycle_by_quarter ON quarter_cycle (tenant_id, quarter DESC, community_id)');
    await runner.query(`
      CREATE TABLE report_due (
        tenant_id    text        NOT NULL,
        project_id   uuid        NOT NULL,
        quarter      text        NOT NULL,
        community_id uuid        NOT NULL,
        unit_id      uuid        NOT NULL,
        due          timestamptz NOT NULL,
        asked_at     timestamptz NOT NULL,
        submitted_at timestamptz,
        settled_at   timestamptz,
        outcome      text CHECK (outcome IN ('submitted', 'returned', 'accepted', 'waived', 'released')),
        late         boolean     NOT NULL DEFAULT false,
        reminded     integer     NOT NULL DEFAULT 0,
        PRIMARY KEY (tenant_id, project_id, quarter)
      )`);
    await runner.query('CREATE INDEX report_due_by_community ON report_due (tenant_id, community_id, quarter, project_id)');
    await runner.query(`
      CREATE TABLE quarter_content (
        tenant_id    text        NOT NULL,
        id           uuid        NOT NULL,
        community_id uuid        NOT NULL,
        quarter      text        NOT NULL,
        kind         text        NOT NULL,
        body         jsonb       NOT NULL,
        hash         text        NOT NULL,
        author       text        NOT NULL,
        at           timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id)
      )`);
    await runner.query(`
      CREATE TABLE quarter_snapshot (
        tenant_id     text        NOT NULL,
        community_id  uuid        NOT NULL,
        quarter       text        NOT NULL,
        kind          text        NOT NULL,
        content_bytes bytea       NOT NULL,
        hash          bytea       NOT NULL,
        at            timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, community_id, quarter, kind)
      )`);
    await protect(runner, 'quarter_cycle');
    await protect(runner, 'report_due');
    await protect(runner, 'quarter_content', { insertOnly: true });
    await protect(runner, 'quarter_snapshot', { insertOnly: true });
    // The tick runs for everybody at once; a tenant on a virtual clock is opened by its driver instead.
    await runner.query(`
      CREATE FUNCTION door_quarter_tenants() RETURNS TABLE (tenant_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT t.tenant_id FROM accounts_tenant t
          LEFT JOIN calendar_clock c ON c.tenant_id = t.tenant_id
         WHERE c.mode IS DISTINCT FROM 'virtual' ORDER BY t.tenant_id
      $$`);
    await openDoor(runner, 'door_quarter_tenants()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_quarter_tenants()');
    await runner.query('DROP TABLE quarter_snapshot, quarter_content, report_due, quarter_cycle');
  }
}
