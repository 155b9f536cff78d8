import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

export class Evaluation1763800000130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE evaluation_content (
        tenant_id text NOT NULL,
        id uuid NOT NULL,
        subject_id uuid NOT NULL,
        kind text NOT NULL,
        body jsonb NOT NULL,
        hash text NOT NULL,
        author text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id)
      )`);
    await runner.query('CREATE INDEX evaluation_content_subject ON evaluation_content (tenant_id, subject_id, at)');
    await runner.query(`
      CREATE TABLE evaluation_code (
        tenant_id text NOT NULL,
        id uuid NOT NULL,
        project_id uuid NOT NULL,
        served_number integer NOT NULL CHECK (served_number >= 1),
        code_hash bytea NOT NULL,
        command_id text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        CONSTRAINT evaluation_code_hash UNIQUE (code_hash),
        CONSTRAINT evaluation_code_served UNIQUE (tenant_id, project_id, served_number),
        CONSTRAINT evaluation_code_project UNIQUE (tenant_id, id, project_id)
      )`);
    await runner.query('CREATE INDEX evaluation_code_command ON evaluation_code (tenant_id, command_id)');
    await runner.query(`
      CREATE TABLE evaluation_rating (
        tenant_id text NOT NULL,
        code_id uuid NOT NULL,
        project_id uuid NOT NULL,
        stars integer NOT NULL CHECK (stars BETWEEN 1 AND 5),
        at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, code_id),
        FOREIGN KEY (tenant_id, code_id, project_id) REFERENCES evaluation_code (tenant_id, id, project_id)
      )`);
    await runner.query('CREATE INDEX evaluation_rating_project ON evaluation_rating (tenant_id, project_id)');
    await runner.query(`
      CREATE TABLE evaluation_award (
        tenant_id text NOT NULL,
        id uuid NOT NULL,
        project_id uuid NOT NULL,
        community_id uuid NOT NULL,
        org_path text COLLATE "C" NOT NULL,
        recipient_id uuid NOT NULL,
        amount_fen bigint NOT NULL CHECK (amount_fen > 0),
        digest text NOT NULL,
        needed integer NOT NULL,
        given integer NOT NULL,
        status text NOT NULL,
        version integer NOT NULL,
        due timestamptz,
        proposed_at timestamptz NOT NULL,
        moved_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX evaluation_award_live ON evaluation_award (tenant_id, project_id)
      WHERE status NOT IN ('refused', 'withdrawn')`);
    await runner.query('CREATE INDEX evaluation_award_list ON evaluation_award (tenant_id, proposed_at DESC, id DESC)');

    await protect(runner, 'evaluation_content', { insertOnly: true });
    await protect(runner, 'evaluation_code', { insertOnly: true });
    await protect(runner, 'evaluation_rating', { insertOnly: true });
    await protect(runner, 'evaluation_award');
    await runner.query('REVOKE UPDATE, DELETE ON evaluation_award FROM cobuild_app');
    await runner.query('GRANT UPDATE (status, version, given, due, moved_at) ON evaluation_award TO cobuild_app');

    await runner.query(`
      CREATE FUNCTION door_rating_code(p_hash bytea) RETURNS TABLE (tenant_id text, code_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT c.tenant_id, c.id FROM evaluation_code c WHERE c.code_hash = p_hash
      $$`);
    await openDoor(runner, 'door_rating_code(bytea)');

    await runner.query(`
      CREATE VIEW evaluation_rating_sum WITH (security_invoker = true) AS
      SELECT tenant_id, project_id, count(*) AS raters, sum(stars) AS stars FROM evaluation_rating GROUP BY tenant_id, project_id`);
    await runner.query(`
      CREATE VIEW evaluation_award_granted WITH (security_invoker = true) AS
      SELECT tenant_id, org_path, id, project_id, community_id, recipient_id, amount_fen, moved_at AS granted_at
      FROM evaluation_award WHERE status = 'granted'`);
    await runner.query('GRANT SELECT ON evaluation_rating_sum, evaluation_award_granted TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW evaluation_award_granted, evaluation_rating_sum');
    await runner.query('DROP FUNCTION door_rating_code(bytea)');
    await runner.query('DROP TABLE evaluation_award, evaluation_rating, evaluation_code, evaluation_content');
  }
}
