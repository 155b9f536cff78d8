import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

const COLUMNS = `community_id, org_path, status, lead_unit, implementer_id, budget_fen, award_fen, created_at, moved_at`;

/** Titles that somebody says tell of a neighbour: empty for everyone, from the first report until a person has looked. */
export class ProjectExposure1764327660000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE project_exposure (
        tenant_id   text        NOT NULL,
        id          uuid        NOT NULL,
        project_id  uuid        NOT NULL,
        org_path    text        COLLATE "C" NOT NULL,
        state       text        NOT NULL CHECK (state IN ('open', 'noted', 'kept', 'hidden')),
        reported_at timestamptz NOT NULL,
        decided_at  timestamptz,
        decided_by  text,
        PRIMARY KEY (tenant_id, id),
        CHECK ((decided_at IS NULL) = (state IN ('open', 'noted')))
      )`);
    await runner.query('CREATE INDEX project_exposure_of ON project_exposure (tenant_id, project_id)');
    await protect(runner, 'project_exposure', { subtree: true });
    await runner.query(`
      CREATE OR REPLACE VIEW project_public WITH (security_invoker = true) AS
      SELECT tenant_id, id, ordinal, number,
             CASE WHEN EXISTS (SELECT FROM project_exposure x
                                WHERE x.tenant_id = p.tenant_id AND x.project_id = p.id AND x.state IN ('open', 'hidden'))
                  THEN '' ELSE title END AS title,
             category, ${COLUMNS} FROM project p`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE OR REPLACE VIEW project_public WITH (security_invoker = true) AS
      SELECT tenant_id, id, ordinal, number, title, category, ${COLUMNS} FROM project`);
    await runner.query('DROP TABLE project_exposure');
  }
}
