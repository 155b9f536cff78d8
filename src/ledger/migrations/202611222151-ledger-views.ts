import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Movements on verified contributions, corrections negative: what reports call funds. `amount` in the book's unit. */
export class LedgerViews1763800000151 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW ledger_verified WITH (security_invoker = true) AS
      SELECT t.tenant_id, t.book, a.subject_id AS project_id, a.party_id AS funder_id, a.org_path, t.at,
             CASE WHEN a.id = t.credit_id THEN t.amount ELSE -t.amount END AS amount
        FROM ledger_account a
        JOIN ledger_transfer t ON t.tenant_id = a.tenant_id AND (t.credit_id = a.id OR t.debit_id = a.id)
       WHERE a.kind = 'verified' AND t.kind IN ('post', 'settle')`);
    await runner.query('GRANT SELECT ON ledger_verified TO cobuild_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW ledger_verified');
  }
}
