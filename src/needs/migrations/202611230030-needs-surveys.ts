import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

/** Survey campaigns are for the whole tenant; what residents send is seen by their community's subtree alone. */
export class NeedsSurveys1763900000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE needs_survey (
        tenant_id       text        NOT NULL,
        id              uuid        NOT NULL,
        org_path        text        COLLATE "C" NOT NULL,
        code            text        NOT NULL,
        title           text        NOT NULL,
        intro           text,
        questions       jsonb       NOT NULL,
        community_ids   uuid[]      NOT NULL CHECK (cardinality(community_ids) > 0),
        channels        text[]      NOT NULL CHECK (cardinality(channels) > 0),
        target_per_area integer     NOT NULL CHECK (target_per_area > 0),
        opens_at        timestamptz NOT NULL,
        closes_at       timestamptz NOT NULL,
        content_hash    text        NOT NULL,
        policy_version  integer     NOT NULL,
        status          text        NOT NULL CHECK (status IN ('draft', 'collecting', 'triage', 'listed', 'closed')),
        released        boolean     NOT NULL DEFAULT false,
        due             timestamptz,
        created_at      timestamptz NOT NULL,
        created_by      text        NOT NULL,
        case_version    integer     NOT NULL DEFAULT 0,
        version         integer     NOT NULL DEFAULT 1,
        PRIMARY KEY (tenant_id, id),
        CONSTRAINT needs_survey_code UNIQUE (code)
      )`);
    await runner.query('CREATE INDEX needs_survey_by_time ON needs_survey (tenant_id, created_at DESC, id DESC)');

    await runner.query(`
      CREATE TABLE needs_submission (
        tenant_id      text        NOT NULL,
        id             uuid        NOT NULL,
        org_path       text        COLLATE "C" NOT NULL,
        community_id   uuid        NOT NULL,
        survey_id      uuid,
        channel        text        NOT NULL CHECK (channel IN ('publicForm', 'staff', 'import')),
        state          text        NOT NULL CHECK (state IN ('accepted', 'doubtful', 'rejected')),
        doubts         text[]      NOT NULL,
        answers        jsonb       NOT NULL,
        category       text,
        subject_id     uuid        NOT NULL,
        content_sealed bytea       NOT NULL,
        entered_by     text        NOT NULL,
        on_behalf      boolean     NOT NULL,
        submitted_at   timestamptz NOT NULL,
        received_at    timestamptz NOT NULL,
        ticket_id      text,
        network_index  bytea,
        follow_up_hash bytea,
        need_id        uuid,
        settled_at     timestamptz,
        settled_by     text,
        PRIMARY KEY (tenant_id, id),
        CONSTRAINT needs_submission_ticket UNIQUE (tenant_id, ticket_id),
        CONSTRAINT needs_submission_follow_up UNIQUE (follow_up_hash),
        FOREIGN KEY (tenant_id, community_id) REFERENCES accounts_org_unit,
        FOREIGN KEY (tenant_id, survey_id) REFERENCES needs_survey,
        FOREIGN KEY (tenant_id, need_id) REFERENCES needs_need,
        CHECK ((settled_at IS NULL) = (settled_by IS NULL)),
        CHECK (need_id IS NULL OR state = 'accepted')
      )`);
    await runner.query('CREATE INDEX needs_submission_of_survey ON needs_submission (tenant_id, survey_id, community_id, state)');
    await runner.query('CREATE INDEX needs_submission_by_state ON needs_submission (tenant_id, state, submitted_at DESC, id DESC)');
    await runner.query(
      'CREATE INDEX needs_submission_of_network ON needs_submission (tenant_id, network_index, received_at) WHERE network_index IS NOT NULL',
    );
    await runner.query('CREATE INDEX needs_submission_of_need ON needs_submission (tenant_id, need_id) WHERE need_id IS NOT NULL');

    await runner.query(`
      CREATE TABLE needs_consent (
        tenant_id      text        NOT NULL,
        submission_id  uuid        NOT NULL,
        purpose        text        NOT NULL CHECK (purpose IN ('processing', 'guardian')),
        org_path       text        COLLATE "C" NOT NULL,
        subject_id     uuid        NOT NULL,
        notice_version text        NOT NULL,
        notice_hash    text        NOT NULL,
        channel        text        NOT NULL CHECK (channel IN ('form', 'paper', 'oral')),
        given_at       timestamptz NOT NULL,
        recorded_by    text        NOT NULL,
        PRIMARY KEY (tenant_id, submission_id, purpose),
        FOREIGN KEY (tenant_id, submission_id) REFERENCES needs_submission
      )`);
    await runner.query(`
      CREATE TABLE needs_remark (
        tenant_id     text        NOT NULL,
        id            uuid        NOT NULL,
        submission_id uuid        NOT NULL,
        org_path      text        COLLATE "C" NOT NULL,
        text_sealed   bytea       NOT NULL,
        at            timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, submission_id) REFERENCES needs_submission
      )`);
    await runner.query('CREATE INDEX needs_remark_of_submission ON needs_remark (tenant_id, submission_id, at)');

    await protect(runner, 'needs_survey');
    await protect(runner, 'needs_submission', { subtree: true });
    await runner.query('REVOKE UPDATE, DELETE ON needs_submission FROM cobuild_app');
    await runner.query('GRANT UPDATE (state, need_id, category, settled_at, settled_by) ON needs_submission TO cobuild_app');
    await protect(runner, 'needs_consent', { insertOnly: true, subtree: true });
    await protect(runner, 'needs_remark', { insertOnly: true, subtree: true });

    await runner.query(`
      CREATE FUNCTION door_survey(p_code text) RETURNS TABLE (tenant_id text, survey_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT s.tenant_id, s.id FROM needs_survey s WHERE s.code = p_code
      $$`);
    await openDoor(runner, 'door_survey(text)');
    await runner.query(`
      CREATE FUNCTION door_follow_up(p_hash bytea) RETURNS TABLE (tenant_id text, submission_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT s.tenant_id, s.id FROM needs_submission s WHERE s.follow_up_hash = p_hash
      $$`);
    await openDoor(runner, 'door_follow_up(bytea)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_follow_up(bytea)');
    await runner.query('DROP FUNCTION door_survey(text)');
    await runner.query('DROP TABLE needs_remark, needs_consent, needs_submission, needs_survey');
  }
}
