import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import type { PolicyContent, PolicyKind, PolicyPack } from './model.ts';

/** A version without its content, which its hash names. */
export interface PackHeader {
  readonly version: number;
  readonly effectiveFrom: LocalDate;
  readonly hash: string;
}

export interface StoredPack extends PackHeader {
  readonly kind: PolicyKind;
  readonly reason: string;
  readonly publishedBy: string;
  readonly publishedAt: Instant;
}

export interface NewPack extends PolicyPack {
  readonly reason: string;
  readonly at: Instant;
}

const HEADER = 'version, effective_from AS "effectiveFrom", hash';

@Injectable()
export class PolicyStore {
  /** The newest version that is in force on that day. */
  async effective(tx: Tx, kind: PolicyKind, on: LocalDate): Promise<PackHeader | undefined> {
    const [row] = await tx.query<PackHeader>(
      `SELECT ${HEADER} FROM policy_pack
        WHERE tenant_id = $1 AND kind = $2 AND effective_from <= $3 ORDER BY version DESC LIMIT 1`,
      [tx.scope.tenant, kind, on],
    );
    return row;
  }

  async header(tx: Tx, kind: PolicyKind, version: number): Promise<PackHeader | undefined> {
    const [row] = await tx.query<PackHeader>(
      `SELECT ${HEADER} FROM policy_pack WHERE tenant_id = $1 AND kind = $2 AND version = $3`,
      [tx.scope.tenant, kind, version],
    );
    return row;
  }

  /** The newest version, in force or not yet. */
  async latest(tx: Tx, kind: PolicyKind): Promise<PackHeader | undefined> {
    const [row] = await tx.query<PackHeader>(
      `SELECT ${HEADER} FROM policy_pack WHERE tenant_id = $1 AND kind = $2 ORDER BY version DESC LIMIT 1`,
      [tx.scope.tenant, kind],
    );
    return row;
  }

  async content(tx: Tx, kind: PolicyKind, version: number): Promise<PolicyContent | undefined> {
    const [row] = await tx.query<{ content: PolicyContent }>(
      'SELECT content FROM policy_pack WHERE tenant_id = $1 AND kind = $2 AND version = $3',
      [tx.scope.tenant, kind, version],
    );
    return row?.content;
  }

  async history(tx: Tx, kind?: PolicyKind): Promise<StoredPack[]> {
    return tx.query<StoredPack>(
      `SELECT kind, ${HEADER}, reason, published_by AS "publishedBy", published_at AS "publishedAt"
         FROM policy_pack WHERE tenant_id = $1 AND ($2::text IS NULL OR kind = $2) ORDER BY kind, version DESC`,
      [tx.scope.tenant, kind ?? null],
    );
  }

  /** False if this version exists already. */
  async insert(tx: Tx, pack: NewPack): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO policy_pack
         (tenant_id, kind, version, effective_from, content, hash, reason, published_by, published_at)
       VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING version`,
      [
        tx.scope.tenant,
        pack.kind,
        pack.version,
        pack.effectiveFrom,
        JSON.stringify(pack.content),
        pack.hash,
        pack.reason,
        tx.scope.actor,
        pack.at,
      ],
    );
    return rows.length > 0;
  }
}
