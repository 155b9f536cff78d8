import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/**
 * Balances and counters belong to the database: the application inserts transfers and entries, triggers of the
 * owner move the sums, and no right to change a sum is granted. Row locks are taken in key order, so that two
 * batches over the same accounts queue instead of deadlocking.
 */
export class Ledger1763800000080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_account (
        tenant_id text NOT NULL,
        id uuid NOT NULL,
        book text NOT NULL CHECK (book IN ('money', 'inKind', 'hours', 'unitRating', 'volunteer')),
        name text COLLATE "C" NOT NULL,
        kind text NOT NULL,
        subject_id text NOT NULL,
        party_id text,
        org_path text COLLATE "C" NOT NULL,
        floor bigint,
        posted bigint NOT NULL DEFAULT 0,
        held bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (tenant_id, id),
        CONSTRAINT ledger_account_name UNIQUE (tenant_id, book, name),
        CONSTRAINT ledger_account_book UNIQUE (tenant_id, id, book),
        CONSTRAINT ledger_account_floor CHECK (posted - held >= floor),
        CONSTRAINT ledger_account_held CHECK (held >= 0)
      )`);
    await runner.query('CREATE INDEX ledger_account_subject ON ledger_account (tenant_id, subject_id)');
    await runner.query('CREATE INDEX ledger_account_party ON ledger_account (tenant_id, party_id)');
    await runner.query(`
      CREATE TABLE ledger_transfer (
        tenant_id text NOT NULL,
        id uuid NOT NULL,
        command_id text NOT NULL,
        ordinal integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ('post', 'hold', 'settle', 'void')),
        book text NOT NULL,
        debit_id uuid NOT NULL,
        credit_id uuid NOT NULL,
        amount bigint NOT NULL CHECK (amount > 0),
        hold_id uuid,
        memo text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        CONSTRAINT ledger_transfer_once UNIQUE (tenant_id, command_id, ordinal),
        CONSTRAINT ledger_transfer_settled_once UNIQUE (tenant_id, hold_id),
        CONSTRAINT ledger_transfer_sides UNIQUE (tenant_id, id, debit_id, credit_id),
        CONSTRAINT ledger_transfer_debit FOREIGN KEY (tenant_id, debit_id, book)
          REFERENCES ledger_account (tenant_id, id, book),
        CONSTRAINT ledger_transfer_credit FOREIGN KEY (tenant_id, credit_id, book)
          REFERENCES ledger_account (tenant_id, id, book),
        CONSTRAINT ledger_transfer_hold FOREIGN KEY (tenant_id, hold_id, debit_id, credit_id)
          REFERENCES ledger_transfer (tenant_id, id, debit_id, credit_id),
        CONSTRAINT ledger_transfer_two_accounts CHECK (debit_id <> credit_id),
        CONSTRAINT ledger_transfer_ends_hold CHECK ((kind IN ('settle', 'void')) = (hold_id IS NOT NULL))
      )`);
    await runner.query('CREATE INDEX ledger_transfer_out ON ledger_transfer (tenant_id, debit_id, at DESC, id DESC)');
    await runner.query('CREATE INDEX ledger_transfer_in ON ledger_transfer (tenant_id, credit_id, at DESC, id DESC)');
    await runner.query(`
      CREATE TABLE ledger_cap (
        tenant_id text NOT NULL,
        name text COLLATE "C" NOT NULL,
        book text NOT NULL,
        org_path text COLLATE "C" NOT NULL,
        amount bigint NOT NULL DEFAULT 0,
        planned bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (tenant_id, name),
        CONSTRAINT ledger_cap_limit CHECK (planned <= amount),
        CONSTRAINT ledger_cap_planned CHECK (planned >= 0)
      )`);
    await runner.query(`
      CREATE TABLE ledger_cap_entry (
        tenant_id text NOT NULL,
        command_id text NOT NULL,
        ordinal integer NOT NULL,
        cap text COLLATE "C" NOT NULL,
        kind text NOT NULL CHECK (kind IN ('limit', 'plan')),
        amount bigint NOT NULL CHECK (amount <> 0),
        at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, command_id, ordinal, kind),
        CONSTRAINT ledger_cap_entry_cap FOREIGN KEY (tenant_id, cap) REFERENCES ledger_cap (tenant_id, name)
      )`);

    await protect(runner, 'ledger_account', { insertOnly: true });
    await protect(runner, 'ledger_transfer', { insertOnly: true });
    await protect(runner, 'ledger_cap', { insertOnly: true });
    await protect(runner, 'ledger_cap_entry', { insertOnly: true });
    await runner.query('REVOKE INSERT ON ledger_account, ledger_cap FROM cobuild_app');
    await runner.query(
      'GRANT INSERT (tenant_id, id, book, name, kind, subject_id, party_id, org_path, floor) ON ledger_account TO cobuild_app',
    );
    await runner.query('GRANT INSERT (tenant_id, name, book, org_path) ON ledger_cap TO cobuild_app');

    await this.moveBalances(runner);
    await this.moveCounters(runner);

    await runner.query(`
      CREATE VIEW ledger_balance WITH (security_invoker = true) AS
      SELECT tenant_id, org_path, book, kind, subject_id, party_id, posted, held FROM ledger_account`);
    await runner.query('GRANT SELECT ON ledger_balance TO cobuild_app');
  }

  private async moveBalances(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION ledger_move_balances() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF EXISTS (
          SELECT FROM inserted i
          LEFT JOIN ledger_transfer h ON h.tenant_id = i.tenant_id AND h.id = i.hold_id
          WHERE i.hold_id IS NOT NULL
            AND (h.kind IS DISTINCT FROM 'hold' OR i.amount > h.amount OR (i.kind = 'void' AND i.amount <> h.amount))
        ) THEN
          RAISE EXCEPTION 'more than was held' USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transfer_within_hold';
        END IF;

        PERFORM FROM ledger_account a
        WHERE (a.tenant_id, a.id) IN (
          SELECT tenant_id, debit_id FROM inserted UNION SELECT tenant_id, credit_id FROM inserted
        )
        ORDER BY a.tenant_id, a.id
        FOR NO KEY UPDATE OF a;

        UPDATE ledger_account a
        SET posted = a.posted + moved.posted, held = a.held + moved.held
        FROM (
          SELECT tenant_id, account_id, sum(posted)::bigint AS posted, sum(held)::bigint AS held
          FROM (
            SELECT i.tenant_id, i.debit_id AS account_id,
              CASE WHEN i.kind IN ('post', 'settle') THEN -i.amount ELSE 0 END AS posted,
              CASE WHEN i.kind = 'hold' THEN i.amount WHEN i.hold_id IS NULL THEN 0 ELSE -h.amount END AS held
            FROM inserted i
            LEFT JOIN ledger_transfer h ON h.tenant_id = i.tenant_id AND h.id = i.hold_id
            UNION ALL
            SELECT i.tenant_id, i.credit_id, CASE WHEN i.kind IN ('post', 'settle') THEN i.amount ELSE 0 END, 0
            FROM inserted i
          ) AS side
          GROUP BY tenant_id, account_id
        ) AS moved
        WHERE a.tenant_id = moved.tenant_id AND a.id = moved.account_id;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER ledger_transfer_moves AFTER INSERT ON ledger_transfer
      REFERENCING NEW TABLE AS inserted
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_move_balances()`);
  }

  private async moveCounters(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION ledger_move_caps() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        PERFORM FROM ledger_cap c
        WHERE (c.tenant_id, c.name) IN (SELECT tenant_id, cap FROM inserted)
        ORDER BY c.tenant_id, c.name
        FOR NO KEY UPDATE OF c;

        UPDATE ledger_cap c
        SET amount = c.amount + moved.raised, planned = c.planned + moved.planned
        FROM (
          SELECT tenant_id, cap,
            coalesce(sum(amount) FILTER (WHERE kind = 'limit'), 0)::bigint AS raised,
            coalesce(sum(amount) FILTER (WHERE kind = 'plan'), 0)::bigint AS planned
          FROM inserted
          GROUP BY tenant_id, cap
        ) AS moved
        WHERE c.tenant_id = moved.tenant_id AND c.name = moved.cap;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER ledger_cap_entry_moves AFTER INSERT ON ledger_cap_entry
      REFERENCING NEW TABLE AS inserted
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_move_caps()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW ledger_balance');
    await runner.query('DROP TABLE ledger_cap_entry, ledger_cap, ledger_transfer, ledger_account');
    await runner.query('DROP FUNCTION ledger_move_balances(), ledger_move_caps()');
  }
}
