import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When, by real time, and from which network a rating came: for a month, to see many that come from one hand. */
export class RatingMarks1764325920000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE evaluation_rating ADD COLUMN network_index bytea, ADD COLUMN received_at timestamptz');
    await runner.query('GRANT UPDATE (network_index) ON evaluation_rating TO cobuild_app');
    await runner.query('CREATE INDEX evaluation_rating_marks ON evaluation_rating (tenant_id, received_at) WHERE network_index IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE UPDATE (network_index) ON evaluation_rating FROM cobuild_app');
    await runner.query('ALTER TABLE evaluation_rating DROP COLUMN network_index, DROP COLUMN received_at');
  }
}
