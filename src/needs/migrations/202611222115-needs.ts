import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/**
 * Needs without what names a person are for the whole tenant; the raiser's words and contact stand in a table of
 * their own that only the community's subtree sees.
 */
export class Needs1763800000115 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE needs_counter (
        tenant_id text    NOT NULL,
        kind      text    NOT NULL CHECK (kind IN ('need', 'offer', 'proposal')),
        last      integer NOT NULL,
        PRIMARY KEY (tenant_id, kind)
      )`);
    await runner.query(`
      CREATE TABLE needs_need (
        tenant_id       text        NOT NULL,
        id              uuid        NOT NULL,
        serial          integer     NOT NULL CHECK (serial > 0),
        source_number   text,
        community_id    uuid        NOT NULL,
        org_path        text        COLLATE "C" NOT NULL,
        channel         text        NOT NULL,
        place           text,
        category        text        NOT NULL,
        urgency         smallint    NOT NULL CHECK (urgency BETWEEN 1 AND 3),
        people_affected integer     NOT NULL CHECK (people_affected > 0),
        evidence        text,
        public_text     text,
        raiser_kind     text        NOT NULL CHECK (raiser_kind IN ('resident', 'staffOnBehalf')),
        raised_by       text        NOT NULL,
        state           text        NOT NULL CHECK (state IN ('raised', 'triaged', 'listed', 'answered', 'closed', 'merged')),
        published       boolean     NOT NULL GENERATED ALWAYS AS (state IN ('listed', 'answered')) STORED,
        merged_into     uuid,
        raised_at       timestamptz NOT NULL,
        version         integer     NOT NULL DEFAULT 1,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, serial),
        FOREIGN KEY (tenant_id, community_id) REFERENCES accounts_org_unit,
        FOREIGN KEY (tenant_id, merged_into) REFERENCES needs_need,
        CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
        CHECK (merged_into <> id),
        CHECK (state IN ('raised', 'merged') OR public_text IS NOT NULL)
      )`);
    await runner.query('CREATE INDEX needs_need_by_time ON needs_need (tenant_id, raised_at DESC, id DESC)');
    await runner.query('CREATE INDEX needs_need_by_urgency ON needs_need (tenant_id, urgency DESC, id DESC)');
    await runner.query('CREATE INDEX needs_need_state_by_time ON needs_need (tenant_id, state, raised_at DESC, id DESC)');
    await runner.query('CREATE INDEX needs_need_state_by_urgency ON needs_need (tenant_id, state, urgency DESC, id DESC)');
    await runner.query('CREATE INDEX needs_need_of_community ON needs_need (tenant_id, community_id, raised_at DESC, id DESC)');
    await runner.query('CREATE INDEX needs_need_published_by_time ON needs_need (tenant_id, raised_at DESC, id DESC) WHERE published');
    await runner.query('CREATE INDEX needs_need_published_by_urgency ON needs_need (tenant_id, urgency DESC, id DESC) WHERE published');
    await runner.query('CREATE INDEX needs_need_by_source ON needs_need (tenant_id, source_number) WHERE source_number IS NOT NULL');
    await runner.query('CREATE INDEX needs_need_merged ON needs_need (tenant_id, merged_into) WHERE merged_into IS NOT NULL');

    await runner.query(`
      CREATE TABLE needs_raiser (
        tenant_id    text  NOT NULL,
        need_id      uuid  NOT NULL,
        org_path     text  COLLATE "C" NOT NULL,
        subject_id   uuid  NOT NULL,
        words_sealed bytea,
        name_sealed  bytea,
        phone_sealed bytea,
        phone_index  bytea,
        consent      text  CHECK (consent IN ('form', 'paper', 'oral')),
        PRIMARY KEY (tenant_id, need_id),
        FOREIGN KEY (tenant_id, need_id) REFERENCES needs_need
      )`);
    await runner.query('CREATE INDEX needs_raiser_by_phone ON needs_raiser (tenant_id, phone_index) WHERE phone_index IS NOT NULL');

    await runner.query(`
      CREATE TABLE needs_merge (
        tenant_id  text        NOT NULL,
        id         uuid        NOT NULL,
        kept_id    uuid        NOT NULL,
        merged_id  uuid        NOT NULL,
        from_state text        NOT NULL CHECK (from_state IN ('raised', 'triaged')),
        merged_at  timestamptz NOT NULL,
        merged_by  text        NOT NULL,
        undone_at  timestamptz,
        undone_by  text,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, kept_id) REFERENCES needs_need,
        FOREIGN KEY (tenant_id, merged_id) REFERENCES needs_need,
        CHECK ((undone_at IS NULL) = (undone_by IS NULL))
      )`);
    await runner.query('CREATE UNIQUE INDEX needs_merge_open ON needs_merge (tenant_id, merged_id) WHERE undone_at IS NULL');

    await runner.query(`
      CREATE TABLE needs_confirmation (
        tenant_id    text        NOT NULL,
        need_id      uuid        NOT NULL,
        by_kind      text        NOT NULL CHECK (by_kind IN ('raiser', 'community')),
        confirmed_at timestamptz NOT NULL,
        confirmed_by text        NOT NULL,
        PRIMARY KEY (tenant_id, need_id, by_kind),
        FOREIGN KEY (tenant_id, need_id) REFERENCES needs_need
      )`);

    await runner.query(`
      CREATE TABLE needs_offer (
        tenant_id     text    NOT NULL,
        id            uuid    NOT NULL,
        serial        integer NOT NULL CHECK (serial > 0),
        source_number text,
        unit_id       uuid    NOT NULL,
        org_path      text    COLLATE "C" NOT NULL,
        categories    text[]  NOT NULL CHECK (cardinality(categories) > 0),
        community_ids uuid[]  NOT NULL,
        description   text    NOT NULL,
        capacity      integer NOT NULL CHECK (capacity > 0),
        funds_fen     bigint  NOT NULL CHECK (funds_fen >= 0),
        hours         integer NOT NULL CHECK (hours >= 0),
        from_on       date    NOT NULL,
        until_on      date    CHECK (until_on >= from_on),
        state         text    NOT NULL CHECK (state IN ('open', 'withdrawn')),
        version       integer NOT NULL DEFAULT 1,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, serial),
        FOREIGN KEY (tenant_id, unit_id) REFERENCES accounts_org_unit
      )`);
    await runner.query('CREATE INDEX needs_offer_by_funds ON needs_offer (tenant_id, state, funds_fen DESC, id DESC)');
    await runner.query('CREATE INDEX needs_offer_of_unit ON needs_offer (tenant_id, unit_id, serial DESC)');

    await runner.query(`
      CREATE TABLE needs_proposal (
        tenant_id       text    NOT NULL,
        id              uuid    NOT NULL,
        serial          integer NOT NULL CHECK (serial > 0),
        source_number   text,
        community_id    uuid    NOT NULL,
        org_path        text    COLLATE "C" NOT NULL,
        title           text    NOT NULL,
        description     text    NOT NULL,
        category        text    NOT NULL,
        capability      text    NOT NULL,
        budget_fen      bigint  NOT NULL CHECK (budget_fen >= 0),
        hours           integer NOT NULL CHECK (hours >= 0),
        from_on         date    NOT NULL,
        until_on        date    NOT NULL CHECK (until_on >= from_on),
        shared_property boolean NOT NULL,
        people_expected integer NOT NULL CHECK (people_expected >= 0),
        implementer_id  uuid,
        state           text    NOT NULL CHECK (state IN ('draft', 'ready', 'matched')),
        published       boolean NOT NULL GENERATED ALWAYS AS (state IN ('ready', 'matched')) STORED,
        version         integer NOT NULL DEFAULT 1,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, serial),
        FOREIGN KEY (tenant_id, community_id) REFERENCES accounts_org_unit,
        FOREIGN KEY (tenant_id, implementer_id) REFERENCES accounts_org_unit
      )`);
    await runner.query('CREATE INDEX needs_proposal_published_by_budget ON needs_proposal (tenant_id, budget_fen DESC, id DESC) WHERE published');
    await runner.query('CREATE INDEX needs_proposal_published ON needs_proposal (tenant_id, serial DESC, id DESC) WHERE published');
    await runner.query('CREATE INDEX needs_proposal_by_budget ON needs_proposal (tenant_id, state, budget_fen DESC, id DESC)');
    await runner.query('CREATE INDEX needs_proposal_of_community ON needs_proposal (tenant_id, community_id, state, serial DESC)');

    await runner.query(`
      CREATE TABLE needs_proposal_need (
        tenant_id   text NOT NULL,
        proposal_id uuid NOT NULL,
        need_id     uuid NOT NULL,
        PRIMARY KEY (tenant_id, proposal_id, need_id),
        FOREIGN KEY (tenant_id, proposal_id) REFERENCES needs_proposal,
        FOREIGN KEY (tenant_id, need_id) REFERENCES needs_need
      )`);
    await runner.query('CREATE INDEX needs_proposal_need_of_need ON needs_proposal_need (tenant_id, need_id, proposal_id)');

    await runner.query(`
      CREATE TABLE needs_import (
        tenant_id   text        NOT NULL,
        id          uuid        NOT NULL,
        kind        text        NOT NULL CHECK (kind IN ('needs', 'offers', 'proposals')),
        file_hash   text        NOT NULL,
        taken       integer     NOT NULL,
        unchanged   integer     NOT NULL,
        bad         integer     NOT NULL,
        imported_at timestamptz NOT NULL,
        imported_by text        NOT NULL,
        PRIMARY KEY (tenant_id, id)
      )`);
    await runner.query(`
      CREATE TABLE needs_import_row (
        tenant_id    text NOT NULL,
        kind         text NOT NULL CHECK (kind IN ('needs', 'offers', 'proposals')),
        row_key      text NOT NULL,
        content_hash text NOT NULL,
        import_id    uuid NOT NULL,
        record_id    uuid NOT NULL,
        PRIMARY KEY (tenant_id, kind, row_key),
        FOREIGN KEY (tenant_id, import_id) REFERENCES needs_import
      )`);

    for (const table of TABLES) await protect(runner, table, { subtree: table === 'needs_raiser', insertOnly: INSERT_ONLY.has(table) });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = [
  'needs_counter',
  'needs_need',
  'needs_raiser',
  'needs_merge',
  'needs_confirmation',
  'needs_offer',
  'needs_proposal',
  'needs_proposal_need',
  'needs_import',
  'needs_import_row',
];

const INSERT_ONLY = new Set(['needs_confirmation', 'needs_import', 'needs_import_row']);
