import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

export class Projects1763800000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE project (
        tenant_id      text        NOT NULL,
        id             uuid        NOT NULL,
        ordinal        integer     NOT NULL,
        number         text        NOT NULL,
        title          text        NOT NULL,
        category       text        NOT NULL,
        proposal_id    uuid        NOT NULL,
        community_id   uuid        NOT NULL,
        org_path       text        COLLATE "C" NOT NULL,
        version        integer     NOT NULL DEFAULT 0,
        status         text        NOT NULL,
        budget_fen     bigint      NOT NULL CHECK (budget_fen >= 0),
        offered_to     uuid,
        lead_unit      uuid,
        implementer_id uuid,
        policy_version integer,
        due            timestamptz,
        late           boolean     NOT NULL DEFAULT false,
        grade          text,
        award_fen      bigint,
        created_at     timestamptz NOT NULL,
        moved_at       timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, number)
      )`);
    // A cancelled project gives its proposal back: it may be matched again.
    await runner.query(
      "CREATE UNIQUE INDEX project_of_proposal ON project (tenant_id, proposal_id) WHERE status <> 'cancelled'",
    );
    // One index for each filter a list offers, in each order it offers: a page reads its own rows and no others.
    const filters = ['', 'status,', 'community_id,', 'lead_unit,', 'community_id, status,', 'lead_unit, status,'];
    for (const [number, filter] of filters.entries()) {
      await runner.query(`CREATE INDEX project_by_number_${number} ON project (tenant_id, ${filter} ordinal, id)`);
      await runner.query(
        `CREATE INDEX project_by_due_${number} ON project (tenant_id, ${filter} due, id) WHERE due IS NOT NULL`,
      );
    }
    await runner.query(`
      CREATE TABLE project_number (
        tenant_id text    NOT NULL PRIMARY KEY,
        last      integer NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE project_content (
        tenant_id  text        NOT NULL,
        id         uuid        NOT NULL,
        project_id uuid        NOT NULL,
        kind       text        NOT NULL,
        body       jsonb       NOT NULL,
        hash       text        NOT NULL,
        author     text        NOT NULL,
        at         timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
      )`);
    await runner.query('CREATE INDEX project_content_by_project ON project_content (tenant_id, project_id, at, id)');
    await runner.query(`
      CREATE TABLE project_report (
        tenant_id    text        NOT NULL,
        project_id   uuid        NOT NULL,
        quarter      text        NOT NULL,
        status       text        NOT NULL,
        unit_id      uuid        NOT NULL,
        content_id   uuid,
        served       integer     NOT NULL,
        spent_fen    bigint      NOT NULL,
        late         boolean     NOT NULL,
        submitted_at timestamptz,
        settled_at   timestamptz,
        PRIMARY KEY (tenant_id, project_id, quarter),
        FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
      )`);
    await runner.query(`
      CREATE TABLE project_answered_need (
        tenant_id  text NOT NULL,
        project_id uuid NOT NULL,
        quarter    text NOT NULL,
        need_id    uuid NOT NULL,
        PRIMARY KEY (tenant_id, project_id, quarter, need_id)
      )`);
    await runner.query('CREATE INDEX project_answered_need_by_need ON project_answered_need (tenant_id, need_id)');
    await protect(runner, 'project');
    await protect(runner, 'project_number');
    await protect(runner, 'project_content', { insertOnly: true });
    await protect(runner, 'project_report');
    await protect(runner, 'project_answered_need', { insertOnly: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE project_answered_need, project_report, project_content, project_number, project');
  }
}
