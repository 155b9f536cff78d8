import type { QueryRunner } from 'typeorm';

export interface Protection {
  /** Rows are written once: the application may neither change nor delete them. */
  readonly insertOnly?: boolean;
  /** Rows of households: seen only inside the caller's subtree, not in the whole tenant. */
  readonly subtree?: boolean;
}

/**
 * Row-level security for one table, from its first migration on. FORCE, because the owner must not see
 * other tenants' rows either; `nullif`, because after a transaction the setting is `''`, not NULL.
 */
export async function protect(runner: QueryRunner, table: string, protection: Protection = {}): Promise<void> {
  const tenant = "tenant_id = nullif(current_setting('app.tenant', true), '')";
  const root = "nullif(current_setting('app.org_path', true), '')";
  const subtree = `org_path >= ${root} AND org_path < left(${root}, -1) || '0'`;
  const visible = protection.subtree ? `${tenant} AND (${root} = '/' OR (${subtree}))` : tenant;
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(`CREATE POLICY ${table}_scope ON ${table} USING (${visible}) WITH CHECK (${visible})`);
  const rights = protection.insertOnly ? 'SELECT, INSERT' : 'SELECT, INSERT, UPDATE, DELETE';
  await runner.query(`GRANT ${rights} ON ${table} TO cobuild_app`);
}

/**
 * Tenantless work has one door: SECURITY DEFINER functions named `door_…` that return keys only.
 * The owner bypasses row-level security inside them and nowhere else.
 */
export async function openDoor(runner: QueryRunner, signature: `door_${string}`): Promise<void> {
  await runner.query(`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO cobuild_app`);
}
