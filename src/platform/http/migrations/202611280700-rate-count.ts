import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../database/protect.ts';

/** Requests counted for all API processes (ADR 0028). Unlogged: a crash of the server may forget them. */
export class RateCount1764313200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE rate_count (
        tenant_id text        NOT NULL,
        counter   bytea       NOT NULL CHECK (octet_length(counter) = 32),
        hits      integer     NOT NULL,
        ends_at   timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, counter)
      )`);
    await protect(runner, 'rate_count');
    // In the order of the keys, so that two processes never wait for each other in a circle.
    await runner.query(`
      CREATE FUNCTION door_rate_count(p_tenants text[], p_counters bytea[], p_hits integer[], p_window_ms integer[])
      RETURNS TABLE (tenant_id text, counter bytea, hits integer, ends_in_ms integer)
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '250ms' AS $$
        INSERT INTO rate_count AS c (tenant_id, counter, hits, ends_at)
        SELECT n.tenant_id, n.counter, n.hits, clock_timestamp() + n.window_ms * interval '1 ms'
          FROM unnest(p_tenants, p_counters, p_hits, p_window_ms) AS n(tenant_id, counter, hits, window_ms)
         ORDER BY n.tenant_id, n.counter
        ON CONFLICT ON CONSTRAINT rate_count_pkey DO UPDATE
           SET hits = excluded.hits + CASE WHEN c.ends_at > clock_timestamp() THEN c.hits ELSE 0 END,
               ends_at = CASE WHEN c.ends_at > clock_timestamp() THEN c.ends_at ELSE excluded.ends_at END
        RETURNING c.tenant_id, c.counter, c.hits,
                  greatest(0, ceil(extract(epoch FROM c.ends_at - clock_timestamp()) * 1000))::integer
      $$`);
    await openDoor(runner, 'door_rate_count(text[], bytea[], integer[], integer[])');
    await runner.query(`
      CREATE FUNCTION door_forget_rate_counts() RETURNS TABLE (forgotten bigint)
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        WITH gone AS (DELETE FROM rate_count WHERE ends_at < clock_timestamp() RETURNING 1) SELECT count(*) FROM gone
      $$`);
    await openDoor(runner, 'door_forget_rate_counts()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_forget_rate_counts()');
    await runner.query('DROP FUNCTION door_rate_count(text[], bytea[], integer[], integer[])');
    await runner.query('DROP TABLE rate_count');
  }
}
