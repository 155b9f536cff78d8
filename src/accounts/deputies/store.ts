import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { DatedRole } from '../model.ts';
import type { Deputy } from './model.ts';

const DEPUTY = `d.id, d.person_id AS "personId", d.deputy_id AS "deputyId", d.permissions, d.from_at AS "from", d.until_at AS "until"`;

@Injectable()
export class DeputyStore {
  async insert(tx: Tx, deputy: Deputy, at: Instant): Promise<void> {
    await tx.query(
      `INSERT INTO accounts_deputy (tenant_id, id, person_id, deputy_id, permissions, from_at, until_at, created_at)
       VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)`,
      [
        tx.scope.tenant,
        deputy.id,
        deputy.personId,
        deputy.deputyId,
        JSON.stringify(deputy.permissions),
        deputy.from,
        deputy.until,
        at,
      ],
    );
  }

  /** For whom this person acts and who acts for this person, now or later. */
  async of(tx: Tx, personId: string, at: Instant): Promise<Deputy[]> {
    return tx.query<Deputy>(
      `SELECT ${DEPUTY} FROM accounts_deputy d
        WHERE d.tenant_id = $1 AND (d.person_id = $2 OR d.deputy_id = $2) AND d.until_at > $3 ORDER BY d.from_at, d.id`,
      [tx.scope.tenant, personId, at],
    );
  }

  /** Roles that this person acts in for others, now or later. */
  async lentRoles(tx: Tx, deputyId: string, at: Instant): Promise<DatedRole[]> {
    return tx.query<DatedRole>(
      `SELECT g.role, greatest(g.from_at, d.from_at) AS "from", least(g.until_at, d.until_at) AS "until"
         FROM accounts_deputy d JOIN accounts_grant g ON g.tenant_id = d.tenant_id AND g.person_id = d.person_id
        WHERE d.tenant_id = $1 AND d.deputy_id = $2 AND d.until_at > $3 AND (g.until_at IS NULL OR g.until_at > $3)`,
      [tx.scope.tenant, deputyId, at],
    );
  }

  /** Undefined when it is not this person's, on either side, or is over. */
  async end(tx: Tx, personId: string, id: string, at: Instant): Promise<Deputy | undefined> {
    const [ended] = await tx.query<Deputy>(
      `UPDATE accounts_deputy d SET until_at = greatest($4::timestamptz, d.from_at)
        WHERE d.tenant_id = $1 AND d.id = $3 AND (d.person_id = $2 OR d.deputy_id = $2) AND d.until_at > $4 RETURNING ${DEPUTY}`,
      [tx.scope.tenant, personId, id, at],
    );
    return ended;
  }

  async endAllOf(tx: Tx, personId: string, at: Instant): Promise<void> {
    await tx.query(
      `UPDATE accounts_deputy d SET until_at = greatest($3::timestamptz, d.from_at)
        WHERE d.tenant_id = $1 AND (d.person_id = $2 OR d.deputy_id = $2) AND d.until_at > $3`,
      [tx.scope.tenant, personId, at],
    );
  }
}
