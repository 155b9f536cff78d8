import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

export class PolicyPack1763700000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy_pack (
        tenant_id      text        NOT NULL,
        kind           text        NOT NULL,
        version        integer     NOT NULL CHECK (version > 0),
        effective_from date        NOT NULL,
        content        jsonb       NOT NULL,
        hash           text        NOT NULL,
        reason         text        NOT NULL,
        published_by   text        NOT NULL,
        published_at   timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, kind, version)
      )`);
    await protect(runner, 'policy_pack', { insertOnly: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE policy_pack');
  }
}
