import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor } from '../../platform/database/protect.ts';

/**
 * Words of needs and offers. Under row-level security PostgreSQL uses an index only for operators that are proven not
 * to leak, and the overlap of arrays is not: the look-up stands behind a door, which answers keys and scores of the
 * scope's tenant; the rows are then read under row-level security like any other.
 */
export class NeedsSearch1763900000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, table] of Object.entries(SEARCHED)) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN words text[] NOT NULL DEFAULT '{}'`);
      await runner.query(`CREATE INDEX ${table}_words ON ${table} USING gin (words)`);
      await runner.query(`
        CREATE FUNCTION door_${name}(text[], integer[], integer) RETURNS TABLE (id uuid, score integer)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
          SELECT r.id, s.score FROM ${table} r
           CROSS JOIN LATERAL (
             SELECT sum(w.weight)::integer AS score FROM unnest($1, $2) AS w (word, weight) WHERE w.word = ANY (r.words)) s
           WHERE r.words && $1 AND r.tenant_id = nullif(current_setting('app.tenant', true), '') AND s.score >= $3
        $$`);
      await openDoor(runner, `door_${name}(text[], integer[], integer)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name, table] of Object.entries(SEARCHED)) {
      await runner.query(`DROP FUNCTION door_${name}(text[], integer[], integer)`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN words`);
    }
  }
}

const SEARCHED = { needs_found: 'needs_need', offers_found: 'needs_offer' } as const;
