import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a person left: their name has a term from then on. */
export class AccountsLeft1764325860000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts_person ADD COLUMN left_at timestamptz');
    await runner.query(`
      UPDATE accounts_person p SET left_at = gone.at
        FROM (SELECT tenant_id, subject, max(at) AS at FROM audit_event WHERE action = 'accounts.personLeft' GROUP BY tenant_id, subject) gone
       WHERE gone.tenant_id = p.tenant_id AND gone.subject = 'person:' || p.id AND p.erased_at IS NULL`);
    await runner.query('CREATE INDEX accounts_person_left ON accounts_person (tenant_id, left_at) WHERE left_at IS NOT NULL AND erased_at IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts_person DROP COLUMN left_at');
  }
}
