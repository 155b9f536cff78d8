import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Objection, ObjectionChannel } from './model.ts';

export interface NewObjection {
  readonly id: string;
  readonly awardId: string;
  readonly orgPath: OrgPath;
  readonly channel: ObjectionChannel;
  readonly unitId: string | null;
  readonly subjectId: string;
  readonly sealed: Buffer;
  readonly phoneIndex: Buffer | null;
  readonly followUpHash: Buffer | null;
  readonly at: Instant;
}

export interface SealedObjection extends Objection {
  readonly subjectId: string;
  readonly sealed: Buffer;
  readonly followUpHash: Buffer | null;
}

const COLUMNS = `o.id, o.award_id AS "awardId", o.channel, o.unit_id AS "unitId", o.state, o.at, o.settled_at AS "settledAt",
  o.subject_id AS "subjectId", o.sealed, o.follow_up_hash AS "followUpHash",
  (SELECT c.body->>'answer' FROM evaluation_content c WHERE c.tenant_id = o.tenant_id AND c.id = o.answer_id) AS answer`;

/** Not what the case refused, or has not taken in yet. */
const HEARD = `o.tenant_id = $1 AND o.state <> 'sent'`;

const EXPIRED = `FROM evaluation_objection o
  JOIN subject_key k ON k.tenant_id = $1 AND k.subject_id = o.subject_id AND k.wrapped IS NOT NULL
 WHERE o.tenant_id = $1 AND o.state <> 'open' AND coalesce(o.settled_at, o.at) < $2`;

@Injectable()
export class ObjectionStore {
  /** A repeat of the same command stores nothing again. */
  async insert(tx: Tx, { id, awardId, orgPath, channel, unitId, subjectId, sealed, phoneIndex, followUpHash, at }: NewObjection): Promise<void> {
    await tx.query(
      `INSERT INTO evaluation_objection (tenant_id, id, award_id, org_path, channel, unit_id, subject_id, sealed, phone_index, follow_up_hash,
         state, author, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'sent', $11, $12) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, id, awardId, orgPath, channel, unitId, subjectId, sealed, phoneIndex, followUpHash, tx.scope.actor, at],
    );
  }

  async open(tx: Tx, id: string): Promise<void> {
    await tx.query("UPDATE evaluation_objection SET state = 'open' WHERE tenant_id = $1 AND id = $2 AND state = 'sent'", [tx.scope.tenant, id]);
  }

  async settle(tx: Tx, awardId: string, state: Objection['state'], answerId: string | null, at: Instant): Promise<void> {
    await tx.query(
      `UPDATE evaluation_objection SET state = $3, answer_id = $4, settled_at = $5 WHERE tenant_id = $1 AND award_id = $2 AND state = 'open'`,
      [tx.scope.tenant, awardId, state, answerId, at],
    );
  }

  async hasObjected(tx: Tx, awardId: string, phones: readonly Buffer[]): Promise<boolean> {
    const rows = await tx.query(`SELECT FROM evaluation_objection o WHERE ${HEARD} AND o.award_id = $2 AND o.phone_index = ANY ($3::bytea[]) LIMIT 1`, [
      tx.scope.tenant,
      awardId,
      phones,
    ]);
    return rows.length > 0;
  }

  /** Of an award, oldest first. */
  async ofAward(tx: Tx, awardId: string): Promise<SealedObjection[]> {
    return tx.query<SealedObjection>(`SELECT ${COLUMNS} FROM evaluation_objection o WHERE ${HEARD} AND o.award_id = $2 ORDER BY o.at, o.id`, [
      tx.scope.tenant,
      awardId,
    ]);
  }

  /** Of a body, newest first. */
  async ofUnit(tx: Tx, unitId: string, most: number): Promise<SealedObjection[]> {
    return tx.query<SealedObjection>(
      `SELECT ${COLUMNS} FROM evaluation_objection o WHERE ${HEARD} AND o.unit_id = $2 ORDER BY o.at DESC, o.id DESC LIMIT $3`,
      [tx.scope.tenant, unitId, most],
    );
  }

  async byId(tx: Tx, id: string): Promise<SealedObjection | undefined> {
    const [row] = await tx.query<SealedObjection>(`SELECT ${COLUMNS} FROM evaluation_objection o WHERE ${HEARD} AND o.id = $2`, [tx.scope.tenant, id]);
    return row;
  }

  async countExpired(tx: Tx, before: Instant): Promise<number> {
    const [row] = await tx.query<{ count: number }>(`SELECT count(*) AS count ${EXPIRED}`, [tx.scope.tenant, before]);
    return row!.count;
  }

  async expired(tx: Tx, before: Instant, most: number): Promise<string[]> {
    const rows = await tx.query<{ subjectId: string }>(`SELECT o.subject_id AS "subjectId" ${EXPIRED} LIMIT $3`, [tx.scope.tenant, before, most]);
    return rows.map(({ subjectId }) => subjectId);
  }
}
