import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Grant, Holder } from './model.ts';

const GRANT = `g.id, g.person_id AS "personId", g.role, g.org_path AS "orgPath", g.from_at AS "from",
  g.until_at AS "until", g.granted_by AS "grantedBy"`;

const IN_FORCE = (at: string): string => `g.from_at <= ${at} AND (g.until_at IS NULL OR g.until_at > ${at})`;

@Injectable()
export class GrantStore {
  async insert(tx: Tx, grant: Grant, at: Instant): Promise<void> {
    await tx.query(
      `INSERT INTO accounts_grant (tenant_id, id, person_id, role, org_path, from_at, until_at, granted_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [tx.scope.tenant, grant.id, grant.personId, grant.role, grant.orgPath, grant.from, grant.until, grant.grantedBy, at],
    );
  }

  async byId(tx: Tx, id: string): Promise<Grant | undefined> {
    const [grant] = await tx.query<Grant>(`SELECT ${GRANT} FROM accounts_grant g WHERE g.tenant_id = $1 AND g.id = $2`, [
      tx.scope.tenant,
      id,
    ]);
    return grant;
  }

  /** Past and future ones too, oldest first. */
  async ofPeople(tx: Tx, personIds: readonly string[]): Promise<Grant[]> {
    return tx.query<Grant>(
      `SELECT ${GRANT} FROM accounts_grant g
        WHERE g.tenant_id = $1 AND g.person_id = ANY($2::uuid[]) ORDER BY g.from_at, g.id`,
      [tx.scope.tenant, personIds],
    );
  }

  /** Ends what is open or ends later; a grant that has not begun never does. */
  async end(tx: Tx, id: string, at: Instant): Promise<boolean> {
    const ended = await tx.query(
      `UPDATE accounts_grant g SET until_at = greatest($3::timestamptz, g.from_at)
        WHERE g.tenant_id = $1 AND g.id = $2 AND (g.until_at IS NULL OR g.until_at > $3) RETURNING g.id`,
      [tx.scope.tenant, id, at],
    );
    return ended.length > 0;
  }

  async endAllOf(tx: Tx, personId: string, at: Instant): Promise<void> {
    await tx.query(
      `UPDATE accounts_grant g SET until_at = greatest($3::timestamptz, g.from_at)
        WHERE g.tenant_id = $1 AND g.person_id = $2 AND (g.until_at IS NULL OR g.until_at > $3)`,
      [tx.scope.tenant, personId, at],
    );
  }

  /** Whether one of the roles is in force at that place or above it. */
  async holdsAny(tx: Tx, personId: string, roles: readonly string[], orgPath: OrgPath, at: Instant): Promise<boolean> {
    const [found] = await tx.query(
      `SELECT 1 FROM accounts_grant g
        WHERE g.tenant_id = $1 AND g.person_id = $2 AND g.role = ANY($3::text[]) AND starts_with($4, g.org_path)
          AND ${IN_FORCE('$5::timestamptz')} LIMIT 1`,
      [tx.scope.tenant, personId, roles, orgPath, at],
    );
    return found !== undefined;
  }

  /** Nearest place first. */
  async holdersOf(tx: Tx, role: string, orgPath: OrgPath, at: Instant): Promise<Holder[]> {
    return tx.query<Holder>(
      `SELECT g.person_id AS "personId", g.org_path AS "orgPath" FROM accounts_grant g
        WHERE g.tenant_id = $1 AND g.role = $2 AND starts_with($3, g.org_path) AND ${IN_FORCE('$4::timestamptz')}
        ORDER BY length(g.org_path) DESC, g.person_id`,
      [tx.scope.tenant, role, orgPath, at],
    );
  }
}
