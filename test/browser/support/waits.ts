import pg from 'pg';
import type { TestDatabase } from '../../support/database.ts';
import type { TestTenant } from '../../support/people.ts';

export interface PlantedWait {
  readonly caseId: string;
  readonly name: string;
  readonly kind?: string;
  readonly path?: string;
  readonly role: string;
  readonly unit?: string;
  /** Days from now; negative = late. */
  readonly dueInDays: number | null;
}

/** Open waits of a tenant, without the cases that they belong to: for pages that only list them. */
export async function plantWaits(db: TestDatabase, tenant: TestTenant, waits: readonly PlantedWait[]): Promise<void> {
  const admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  for (const { caseId, name, kind = 'microProject', path = '/', role, unit = null, dueInDays } of waits) {
    const due = dueInDays === null ? null : new Date(Date.now() + dueInDays * 86_400_000);
    await admin.query(
      `INSERT INTO open_wait (tenant_id, case_id, name, kind, org_path, owner_role, owner_org_unit, due, wake_at, otherwise, since)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 'projects.wait.markLate', now() - interval '3 days')`,
      [tenant.tenant, caseId, name, kind, path, role, unit, due],
    );
  }
  await admin.end();
}
