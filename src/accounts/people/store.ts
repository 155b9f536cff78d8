import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PersonFacts } from './model.ts';

/** Name and phone as they lie in the database. */
export interface SealedFields {
  readonly nameSealed: Buffer;
  readonly nameIndex: Buffer | null;
  readonly phoneSealed: Buffer | null;
  readonly phoneIndex: Buffer | null;
}

export interface SealedPerson extends PersonFacts, Pick<SealedFields, 'nameSealed' | 'phoneSealed'> {}

export interface NewPerson extends SealedFields {
  readonly id: string;
  readonly unitId: string | null;
  readonly orgPath: OrgPath;
  readonly createdAt: Instant;
}

const FACTS = `p.id, p.unit_id AS "unitId", p.org_path AS "orgPath", p.version, p.erased_at IS NOT NULL AS erased`;
const SEALED = `${FACTS}, p.name_sealed AS "nameSealed", p.phone_sealed AS "phoneSealed"`;

@Injectable()
export class PersonStore {
  async insert(tx: Tx, person: NewPerson): Promise<void> {
    await tx.query(
      `INSERT INTO accounts_person (tenant_id, id, unit_id, org_path, name_sealed, name_index, phone_sealed, phone_index,
         created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        tx.scope.tenant,
        person.id,
        person.unitId,
        person.orgPath,
        person.nameSealed,
        person.nameIndex,
        person.phoneSealed,
        person.phoneIndex,
        person.createdAt,
      ],
    );
  }

  /** Holds the person until the transaction ends, so that two grants at once see each other. */
  async lock(tx: Tx, id: string): Promise<PersonFacts | undefined> {
    const [person] = await tx.query<PersonFacts>(
      `SELECT ${FACTS} FROM accounts_person p WHERE p.tenant_id = $1 AND p.id = $2 FOR UPDATE`,
      [tx.scope.tenant, id],
    );
    return person;
  }

  async byIds(tx: Tx, ids: readonly string[]): Promise<SealedPerson[]> {
    return tx.query<SealedPerson>(
      `SELECT ${SEALED} FROM accounts_person p WHERE p.tenant_id = $1 AND p.id = ANY($2::uuid[])`,
      [tx.scope.tenant, ids],
    );
  }

  /** By id, within the scope's subtree; up to one more than `limit`. */
  async page(tx: Tx, unitId: string | undefined, afterId: string | undefined, limit: number): Promise<SealedPerson[]> {
    return tx.query<SealedPerson>(
      `SELECT ${SEALED} FROM accounts_person p
        WHERE p.tenant_id = $1 AND starts_with(p.org_path, $2) AND p.erased_at IS NULL
          AND ($3::uuid IS NULL OR p.unit_id = $3)
          AND ($4::uuid IS NULL OR p.id > $4)
        ORDER BY p.id
        LIMIT $5`,
      [tx.scope.tenant, tx.scope.orgPath, unitId ?? null, afterId ?? null, limit + 1],
    );
  }

  async byIndex(tx: Tx, field: 'name' | 'phone', indexes: readonly Buffer[]): Promise<SealedPerson[]> {
    return tx.query<SealedPerson>(
      `SELECT ${SEALED} FROM accounts_person p
        WHERE p.tenant_id = $1 AND starts_with(p.org_path, $2) AND p.${field}_index = ANY($3::bytea[])
        ORDER BY p.id LIMIT 50`,
      [tx.scope.tenant, tx.scope.orgPath, indexes],
    );
  }

  async update(tx: Tx, id: string, version: number, unitId: string | null, fields: SealedFields): Promise<boolean> {
    const updated = await tx.query(
      `UPDATE accounts_person SET unit_id = $4, name_sealed = $5, name_index = $6, phone_sealed = $7, phone_index = $8,
         version = version + 1
        WHERE tenant_id = $1 AND id = $2 AND version = $3 AND erased_at IS NULL RETURNING id`,
      [tx.scope.tenant, id, version, unitId, fields.nameSealed, fields.nameIndex, fields.phoneSealed, fields.phoneIndex],
    );
    return updated.length > 0;
  }

  async leave(tx: Tx, id: string, at: Instant): Promise<void> {
    tx.send('UPDATE accounts_person SET left_at = $3 WHERE tenant_id = $1 AND id = $2', [tx.scope.tenant, id, at]);
  }

  /** The sealed bytes stay, unreadable; what could still find the person goes. */
  async erase(tx: Tx, id: string, at: Instant): Promise<void> {
    await tx.query(
      `UPDATE accounts_person SET erased_at = $3, name_index = NULL, phone_index = NULL, version = version + 1
        WHERE tenant_id = $1 AND id = $2 AND erased_at IS NULL`,
      [tx.scope.tenant, id, at],
    );
  }
}
