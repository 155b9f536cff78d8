import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `ledBefore`: what was led before its case began. */
const outcome = (ledBefore: string, led: string, ended: string): string => `
  CREATE OR REPLACE VIEW project_outcome WITH (security_invoker = true) AS
  SELECT p.tenant_id, p.id, p.community_id, p.org_path, p.lead_unit, p.status, p.award_fen,
         ${ledBefore} AS led_at, s.rewarded_at, s.ended_at
    FROM project p
    LEFT JOIN LATERAL (
      SELECT min(c.at) FILTER (WHERE c.type IN (${led})) AS led_at,
             max(c.at) FILTER (WHERE c.type = 'rewarded') AS rewarded_at,
             max(c.at) FILTER (WHERE c.type IN (${ended})) AS ended_at
        FROM case_step c WHERE c.tenant_id = p.tenant_id AND c.case_id = 'project/' || p.id
    ) s ON true`;

/** Projects that were under way in an old ledger, with their number there and since when somebody led them. */
export class ProjectsTakenOver1764300000330 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project ADD COLUMN source_number text, ADD COLUMN led_before timestamptz');
    await runner.query(outcome('coalesce(p.led_before, s.led_at)', "'claimed', 'assigned', 'takenOver'", "'closed', 'cancelled', 'takeOverUndone'"));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(outcome('s.led_at', "'claimed', 'assigned'", "'closed', 'cancelled'"));
    await runner.query('ALTER TABLE project DROP COLUMN source_number, DROP COLUMN led_before');
  }
}
