import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Tx } from '../../platform/database/database.ts';

/** Open waits of one role at one place. */
export interface WaitingPlace {
  readonly role: string;
  readonly place: OrgPath;
  readonly count: number;
}

@Injectable()
export class HandOverStore {
  /** Where a wait names a unit or community, its place is that one's; else the case's. */
  async waitingFor(tx: Tx, grants: readonly { readonly role: string; readonly orgPath: OrgPath }[]): Promise<WaitingPlace[]> {
    return tx.query<WaitingPlace>(
      `SELECT w.owner_role AS role, coalesce(o.org_path, w.org_path) AS place, count(*)::int AS count
         FROM open_wait w LEFT JOIN accounts_organisation o ON o.tenant_id = w.tenant_id AND o.id = w.owner_org_unit
        WHERE w.tenant_id = $1 AND EXISTS (
          SELECT FROM unnest($2::text[], $3::text[]) AS mine(role, org_path)
           WHERE mine.role = w.owner_role AND starts_with(coalesce(o.org_path, w.org_path), mine.org_path))
        GROUP BY 1, 2 ORDER BY 1, 2`,
      [tx.scope.tenant, grants.map(({ role }) => role), grants.map(({ orgPath }) => orgPath)],
    );
  }
}
