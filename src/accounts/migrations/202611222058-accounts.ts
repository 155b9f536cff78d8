import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

export class Accounts1763700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // `nobody` is where sign-in attempts for unknown logins are counted.
    await runner.query(`
      CREATE TABLE accounts_tenant (
        tenant_id  text        PRIMARY KEY CHECK (tenant_id <> 'nobody'),
        name       text        NOT NULL,
        created_at timestamptz NOT NULL
      )`);

    await runner.query(`
      CREATE TABLE accounts_org_unit (
        tenant_id text    NOT NULL REFERENCES accounts_tenant,
        id        uuid    NOT NULL,
        kind      text    NOT NULL CHECK (kind IN
          ('subdistrictOffice', 'community', 'coBuildingUnit', 'socialOrganization', 'bureau')),
        code      text    NOT NULL,
        name      text    NOT NULL,
        org_path  text    COLLATE "C" NOT NULL,
        level     text    CHECK (level IN ('city', 'district', 'street')),
        contact_post text,
        note      text,
        left_on   date,
        version   integer NOT NULL DEFAULT 1,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, code),
        UNIQUE (tenant_id, org_path)
      )`);

    await runner.query(`
      CREATE TABLE accounts_membership (
        tenant_id    text NOT NULL,
        unit_id      uuid NOT NULL,
        community_id uuid NOT NULL,
        joined_on    date NOT NULL,
        left_on      date,
        PRIMARY KEY (tenant_id, unit_id, community_id, joined_on),
        FOREIGN KEY (tenant_id, unit_id) REFERENCES accounts_org_unit,
        FOREIGN KEY (tenant_id, community_id) REFERENCES accounts_org_unit,
        CHECK (left_on >= joined_on)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX accounts_membership_open ON accounts_membership (tenant_id, unit_id, community_id)
        WHERE left_on IS NULL`);
    await runner.query(
      'CREATE INDEX accounts_membership_of_community ON accounts_membership (tenant_id, community_id, unit_id)',
    );

    await runner.query(`
      CREATE TABLE accounts_person (
        tenant_id    text        NOT NULL REFERENCES accounts_tenant,
        id           uuid        NOT NULL,
        unit_id      uuid,
        org_path     text        COLLATE "C" NOT NULL,
        name_sealed  bytea       NOT NULL,
        name_index   bytea,
        phone_sealed bytea,
        phone_index  bytea,
        version      integer     NOT NULL DEFAULT 1,
        created_at   timestamptz NOT NULL,
        erased_at    timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, unit_id) REFERENCES accounts_org_unit,
        CHECK (erased_at IS NULL OR (name_index IS NULL AND phone_index IS NULL))
      )`);
    await runner.query('CREATE INDEX accounts_person_by_name ON accounts_person (tenant_id, name_index)');
    await runner.query('CREATE INDEX accounts_person_by_phone ON accounts_person (tenant_id, phone_index)');
    await runner.query('CREATE INDEX accounts_person_of_unit ON accounts_person (tenant_id, unit_id)');

    await runner.query(`
      CREATE TABLE accounts_account (
        tenant_id           text        NOT NULL,
        id                  uuid        NOT NULL,
        person_id           uuid        NOT NULL,
        login               text        NOT NULL,
        state               text        NOT NULL CHECK (state IN ('active', 'closed')),
        password_hash       text,
        password_expires_at timestamptz,
        version             integer     NOT NULL DEFAULT 1,
        created_at          timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, login),
        FOREIGN KEY (tenant_id, person_id) REFERENCES accounts_person
      )`);
    await runner.query('CREATE INDEX accounts_account_by_login ON accounts_account (login)');
    await runner.query('CREATE INDEX accounts_account_of_person ON accounts_account (tenant_id, person_id)');

    await runner.query(`
      CREATE TABLE accounts_grant (
        tenant_id  text        NOT NULL,
        id         uuid        NOT NULL,
        person_id  uuid        NOT NULL,
        role       text        NOT NULL,
        org_path   text        COLLATE "C" NOT NULL,
        from_at    timestamptz NOT NULL,
        until_at   timestamptz,
        granted_by text        NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, person_id) REFERENCES accounts_person,
        CHECK (until_at >= from_at)
      )`);
    await runner.query('CREATE INDEX accounts_grant_of_person ON accounts_grant (tenant_id, person_id)');
    await runner.query('CREATE INDEX accounts_grant_of_role ON accounts_grant (tenant_id, role, org_path)');

    await runner.query(`
      CREATE TABLE accounts_session (
        tenant_id  text        NOT NULL,
        id         uuid        NOT NULL,
        account_id uuid        NOT NULL,
        token_hash bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
        created_at timestamptz NOT NULL,
        seen_at    timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES accounts_account
      )`);
    await runner.query('CREATE INDEX accounts_session_of_account ON accounts_session (tenant_id, account_id)');

    await runner.query(`
      CREATE TABLE accounts_token (
        tenant_id   text        NOT NULL,
        id          uuid        NOT NULL,
        account_id  uuid        NOT NULL,
        name        text        NOT NULL,
        token_hash  bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
        permissions jsonb       NOT NULL,
        created_at  timestamptz NOT NULL,
        expires_at  timestamptz NOT NULL,
        revoked_at  timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES accounts_account
      )`);
    await runner.query('CREATE INDEX accounts_token_of_account ON accounts_token (tenant_id, account_id)');

    await runner.query(`
      CREATE TABLE accounts_sign_in_lock (
        tenant_id       text        NOT NULL,
        lock_key        text        NOT NULL,
        failures        integer     NOT NULL,
        first_failed_at timestamptz NOT NULL,
        locked_until    timestamptz,
        PRIMARY KEY (tenant_id, lock_key)
      )`);

    for (const table of TABLES) await protect(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = [
  'accounts_tenant',
  'accounts_org_unit',
  'accounts_membership',
  'accounts_person',
  'accounts_account',
  'accounts_grant',
  'accounts_session',
  'accounts_token',
  'accounts_sign_in_lock',
];
