import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/**
 * Rows of the audit past their term may go: by the sealer alone, and never one whose block was sealed within the last
 * six months, which the law asks for (网络安全法 21), whatever the policy says.
 */
export class AuditRemoval1764325800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_removal (
        tenant_id   text        NOT NULL,
        from_block  integer     NOT NULL,
        until_block integer     NOT NULL CHECK (until_block >= from_block),
        removed     integer     NOT NULL CHECK (removed >= 0),
        digest      bytea       NOT NULL CHECK (octet_length(digest) = 32),
        at          timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, until_block)
      )`);
    await protect(runner, 'audit_removal', { insertOnly: true });
    await runner.query('REVOKE INSERT ON audit_removal FROM cobuild_app');
    await runner.query('GRANT SELECT, INSERT ON audit_removal TO cobuild_sealer');
    await runner.query('GRANT DELETE ON audit_event TO cobuild_sealer');
    await runner.query(`
      CREATE POLICY audit_event_term ON audit_event AS RESTRICTIVE FOR DELETE TO cobuild_sealer USING (
        xid < coalesce((SELECT max(b.until_xid) FROM audit_block b
                         WHERE b.tenant_id = nullif(current_setting('app.tenant', true), '')
                           AND b.sealed_at < now() - interval '6 months'), '0'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY audit_event_term ON audit_event');
    await runner.query('REVOKE DELETE ON audit_event FROM cobuild_sealer');
    await runner.query('DROP TABLE audit_removal');
  }
}
