import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor } from '../../platform/database/protect.ts';

/** Words of projects, looked up behind a door for the reason given with those of needs. */
export class ProjectSearch1763900000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE project ADD COLUMN words text[] NOT NULL DEFAULT '{}'");
    await runner.query('CREATE INDEX project_words ON project USING gin (words)');
    await runner.query(`
      CREATE FUNCTION door_projects_found(text[], integer[], integer) RETURNS TABLE (id uuid, score integer)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT r.id, s.score FROM project r
         CROSS JOIN LATERAL (
           SELECT sum(w.weight)::integer AS score FROM unnest($1, $2) AS w (word, weight) WHERE w.word = ANY (r.words)) s
         WHERE r.words && $1 AND r.tenant_id = nullif(current_setting('app.tenant', true), '') AND s.score >= $3
      $$`);
    await openDoor(runner, 'door_projects_found(text[], integer[], integer)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_projects_found(text[], integer[], integer)');
    await runner.query('ALTER TABLE project DROP COLUMN words');
  }
}
