import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../../kernel/scope.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { Consent } from '../model.ts';

export interface SealedRaiser {
  readonly needId: string;
  readonly orgPath: OrgPath;
  readonly subjectId: string;
  readonly words: Buffer | null;
  readonly name: Buffer | null;
  readonly phone: Buffer | null;
  readonly phoneIndex: Buffer | null;
  readonly consent: Consent | null;
}

export interface StoredRaiser extends SealedRaiser {
  /** Taken back, and kept by a legal hold alone: nobody reads it. */
  readonly withdrawn: boolean;
}

/** Who raised a need, sealed. */
@Injectable()
export class RaiserStore {
  insert(tx: Tx, raisers: readonly SealedRaiser[]): void {
    if (raisers.length === 0) return;
    const column = <Key extends keyof SealedRaiser>(key: Key): SealedRaiser[Key][] => raisers.map((raiser) => raiser[key]);
    tx.send(
      `INSERT INTO needs_raiser (tenant_id, need_id, org_path, subject_id, words_sealed, name_sealed, phone_sealed, phone_index, consent)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::bytea[], $6::bytea[], $7::bytea[], $8::bytea[], $9::text[])`,
      [
        tx.scope.tenant,
        column('needId'),
        column('orgPath'),
        column('subjectId'),
        column('words'),
        column('name'),
        column('phone'),
        column('phoneIndex'),
        column('consent'),
      ],
    );
  }

  async of(tx: Tx, needId: string): Promise<StoredRaiser | undefined> {
    const rows = await tx.query<StoredRaiser>(
      `SELECT r.need_id AS "needId", r.org_path AS "orgPath", r.subject_id AS "subjectId", r.words_sealed AS words,
              r.name_sealed AS name, r.phone_sealed AS phone, r.phone_index AS "phoneIndex", r.consent,
              w.subject_id IS NOT NULL AS withdrawn
         FROM needs_raiser r LEFT JOIN needs_consent_withdrawal w ON w.tenant_id = r.tenant_id AND w.subject_id = r.subject_id
        WHERE r.tenant_id = $1 AND r.need_id = $2`,
      [tx.scope.tenant, needId],
    );
    return rows[0];
  }

  /** The same person, put right. */
  async correct(tx: Tx, { needId, words, name, phone, phoneIndex }: SealedRaiser): Promise<void> {
    await tx.query(
      `UPDATE needs_raiser SET words_sealed = $3, name_sealed = $4, phone_sealed = $5, phone_index = $6 WHERE tenant_id = $1 AND need_id = $2`,
      [tx.scope.tenant, needId, words, name, phone, phoneIndex],
    );
  }

  /** The index by which a phone number is found again. */
  async forgetContact(tx: Tx, needId: string): Promise<void> {
    await tx.query('UPDATE needs_raiser SET phone_index = NULL WHERE tenant_id = $1 AND need_id = $2', [tx.scope.tenant, needId]);
  }
}
