import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/**
 * A need that nobody has put into words for everyone is compared by what its raiser said: the words are sealed, their
 * keyed signature is seen by the community's subtree alone and goes once there is a public text.
 */
export class NeedsWordSignatures1763900000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE needs_word_signature (
        tenant_id text  NOT NULL,
        need_id   uuid  NOT NULL,
        org_path  text  COLLATE "C" NOT NULL,
        minima    bytea NOT NULL CHECK (length(minima) = 256),
        PRIMARY KEY (tenant_id, need_id),
        FOREIGN KEY (tenant_id, need_id) REFERENCES needs_need ON DELETE CASCADE
      )`);
    await protect(runner, 'needs_word_signature', { subtree: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE needs_word_signature');
  }
}
