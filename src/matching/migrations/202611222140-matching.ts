import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

export class Matching1763800000118 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE matching_run (
        tenant_id      text        NOT NULL,
        id             uuid        NOT NULL,
        org_path       text        COLLATE "C" NOT NULL,
        version        integer     NOT NULL,
        status         text        NOT NULL CHECK (status IN ('frozen', 'solved', 'confirmed', 'carriedOut', 'cancelled')),
        policy_version integer     NOT NULL,
        revision       integer     NOT NULL CHECK (revision > 0),
        choices        jsonb       NOT NULL,
        input_hash     text,
        plan_hash      text,
        seed           bigint,
        value          bigint,
        price          bigint      CHECK (price >= 0),
        matched        integer,
        unmatched      integer,
        projects       integer,
        due            timestamptz,
        late           boolean     NOT NULL,
        opened_at      timestamptz NOT NULL,
        opened_by      text        NOT NULL,
        changed_at     timestamptz,
        changed_by     text,
        change_reason  uuid,
        decided_at     timestamptz,
        decided_by     text,
        PRIMARY KEY (tenant_id, id),
        CHECK (status <> 'solved' OR plan_hash IS NOT NULL)
      )`);
    await runner.query('CREATE INDEX matching_run_by_time ON matching_run (tenant_id, opened_at DESC, id DESC)');
    await runner.query('CREATE INDEX matching_run_status_by_time ON matching_run (tenant_id, status, opened_at DESC, id DESC)');

    await runner.query(`
      CREATE TABLE matching_facts (
        tenant_id  text        NOT NULL,
        run_id     uuid        NOT NULL,
        input_hash text        NOT NULL,
        facts      jsonb       NOT NULL,
        at         timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, run_id),
        FOREIGN KEY (tenant_id, run_id) REFERENCES matching_run
      )`);
    await runner.query(`
      CREATE TABLE matching_plan (
        tenant_id text        NOT NULL,
        run_id    uuid        NOT NULL,
        revision  integer     NOT NULL,
        plan_hash text        NOT NULL,
        plan      jsonb       NOT NULL,
        at        timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, run_id, revision),
        FOREIGN KEY (tenant_id, run_id) REFERENCES matching_run
      )`);
    // A decision of a run has run and revision; one for a project that lost its unit has the project.
    await runner.query(`
      CREATE TABLE matching_decision (
        tenant_id   text        NOT NULL,
        id          uuid        NOT NULL,
        run_id      uuid,
        revision    integer,
        project_id  uuid,
        proposal_id uuid        NOT NULL,
        offer_id    uuid,
        unit_id     uuid,
        decision    jsonb       NOT NULL,
        at          timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, run_id) REFERENCES matching_run,
        FOREIGN KEY (tenant_id, proposal_id) REFERENCES needs_proposal,
        FOREIGN KEY (tenant_id, offer_id) REFERENCES needs_offer,
        CHECK ((run_id IS NULL) = (revision IS NULL)),
        CHECK ((run_id IS NULL) <> (project_id IS NULL)),
        CHECK ((offer_id IS NULL) = (unit_id IS NULL))
      )`);
    await runner.query(
      'CREATE UNIQUE INDEX matching_decision_of_run ON matching_decision (tenant_id, run_id, revision, proposal_id) WHERE run_id IS NOT NULL',
    );
    await runner.query('CREATE INDEX matching_decision_of_proposal ON matching_decision (tenant_id, proposal_id, at, id)');

    await runner.query(`
      CREATE TABLE matching_content (
        tenant_id text        NOT NULL,
        id        uuid        NOT NULL,
        run_id    uuid        NOT NULL,
        kind      text        NOT NULL CHECK (kind IN ('change', 'cancellation')),
        reason    text        NOT NULL,
        hash      text        NOT NULL,
        author    text        NOT NULL,
        at        timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, run_id) REFERENCES matching_run
      )`);
    await runner.query(`
      CREATE TABLE matching_exclusion (
        tenant_id   text        NOT NULL,
        id          uuid        NOT NULL,
        unit_id     uuid        NOT NULL,
        proposal_id uuid,
        reason_code text        NOT NULL CHECK (reason_code IN ('BLACKLIST', 'CONFLICT')),
        note        text        NOT NULL,
        from_on     date        NOT NULL,
        until_on    date        CHECK (until_on >= from_on),
        decided_by  text        NOT NULL,
        decided_at  timestamptz NOT NULL,
        version     integer     NOT NULL DEFAULT 1,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, unit_id) REFERENCES accounts_org_unit,
        FOREIGN KEY (tenant_id, proposal_id) REFERENCES needs_proposal
      )`);
    await runner.query('CREATE INDEX matching_exclusion_by_time ON matching_exclusion (tenant_id, decided_at DESC, id DESC)');
    await runner.query(`
      CREATE TABLE matching_preference (
        tenant_id   text        NOT NULL,
        unit_id     uuid        NOT NULL,
        proposal_id uuid        NOT NULL,
        declared_by text        NOT NULL,
        declared_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, unit_id, proposal_id),
        FOREIGN KEY (tenant_id, unit_id) REFERENCES accounts_org_unit,
        FOREIGN KEY (tenant_id, proposal_id) REFERENCES needs_proposal
      )`);
    for (const table of TABLES) await protect(runner, table, { insertOnly: INSERT_ONLY.has(table) });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = [
  'matching_run',
  'matching_facts',
  'matching_plan',
  'matching_decision',
  'matching_content',
  'matching_exclusion',
  'matching_preference',
];

const INSERT_ONLY = new Set(['matching_facts', 'matching_plan', 'matching_decision', 'matching_content']);
