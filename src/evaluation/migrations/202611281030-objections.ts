import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

/** Who objected to an award, why, and how it ended. */
export class Objections1764325800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE evaluation_objection (
        tenant_id      text        NOT NULL,
        id             uuid        NOT NULL,
        award_id       uuid        NOT NULL,
        org_path       text        COLLATE "C" NOT NULL,
        channel        text        NOT NULL CHECK (channel IN ('publicForm', 'unit', 'paper')),
        unit_id        uuid        CHECK ((unit_id IS NOT NULL) = (channel = 'unit')),
        subject_id     uuid        NOT NULL,
        sealed         bytea       NOT NULL,
        phone_index    bytea,
        follow_up_hash bytea,
        state          text        NOT NULL CHECK (state IN ('sent', 'open', 'dismissed', 'upheld', 'dropped')),
        answer_id      uuid,
        settled_at     timestamptz CHECK ((settled_at IS NULL) = (state IN ('sent', 'open'))),
        author         text        NOT NULL,
        at             timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        CONSTRAINT evaluation_objection_code UNIQUE (follow_up_hash),
        FOREIGN KEY (tenant_id, award_id) REFERENCES evaluation_award (tenant_id, id),
        FOREIGN KEY (tenant_id, answer_id) REFERENCES evaluation_content (tenant_id, id)
      )`);
    await runner.query("CREATE UNIQUE INDEX evaluation_objection_open ON evaluation_objection (tenant_id, award_id) WHERE state = 'open'");
    await runner.query('CREATE INDEX evaluation_objection_of_award ON evaluation_objection (tenant_id, award_id, at)');
    await runner.query('CREATE INDEX evaluation_objection_of_unit ON evaluation_objection (tenant_id, unit_id, at DESC) WHERE unit_id IS NOT NULL');
    await protect(runner, 'evaluation_objection', { insertOnly: true, subtree: true });
    await runner.query('GRANT UPDATE (state, answer_id, settled_at) ON evaluation_objection TO cobuild_app');
    await runner.query(`
      CREATE FUNCTION door_objection(p_hash bytea) RETURNS TABLE (tenant_id text, objection_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT o.tenant_id, o.id FROM evaluation_objection o WHERE o.follow_up_hash = p_hash AND o.state <> 'sent'
      $$`);
    await openDoor(runner, 'door_objection(bytea)');
    await runner.query(`
      CREATE VIEW evaluation_notice_answer WITH (security_invoker = true) AS
      SELECT o.tenant_id, o.award_id, c.body->>'answer' AS answer, o.settled_at
        FROM evaluation_objection o JOIN evaluation_content c ON c.tenant_id = o.tenant_id AND c.id = o.answer_id
       WHERE o.state = 'dismissed'`);
    await runner.query('GRANT SELECT ON evaluation_notice_answer TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW evaluation_notice_answer');
    await runner.query('DROP FUNCTION door_objection(bytea)');
    await runner.query('DROP TABLE evaluation_objection');
  }
}
