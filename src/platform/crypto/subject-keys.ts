import { randomBytes } from 'node:crypto';
import { refuse } from '../../kernel/refusal.ts';
import type { TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../database/database.ts';
import type { NamedKey } from '../keys.ts';
import { open, seal } from './envelope.ts';

/** The only generation so far; a re-encryption would write the next one. */
const GENERATION = '1';

/** Seals and opens the fields of one subject. */
export class SubjectKey {
  readonly #key: NamedKey;
  readonly #place: string;

  constructor(tenant: TenantId, subjectId: string, secret: Buffer) {
    this.#key = { id: GENERATION, secret };
    this.#place = `${tenant}/${subjectId}`;
  }

  /** `field` is `table.column`: a value copied into another column or row does not open there. */
  seal(field: string, text: string): Buffer {
    return this.sealBytes(field, Buffer.from(text, 'utf8'));
  }

  open(field: string, sealed: Uint8Array): string {
    return this.openBytes(field, sealed).toString('utf8');
  }

  sealBytes(field: string, bytes: Uint8Array): Buffer {
    return seal(this.#key, bytes, `${this.#place}/${field}`);
  }

  openBytes(field: string, sealed: Uint8Array): Buffer {
    return open([this.#key], sealed, `${this.#place}/${field}`);
  }
}

interface KeyRow {
  readonly subjectId: string;
  readonly wrapped: Buffer | null;
}

/**
 * One key per subject (a person, by number), wrapped by a master key outside the database. Destroying it makes the
 * subject's data unreadable wherever a copy lies: tables, histories and, once they expire, backups.
 */
export class SubjectKeys {
  readonly #masters: readonly NamedKey[];

  /** The first master writes, all read. */
  constructor(masters: readonly NamedKey[]) {
    this.#masters = masters;
  }

  /** The subject's key, made if there is none yet. Refuses `SUBJECT_ERASED`: a deleted person does not come back. */
  async obtain(tx: Tx, subjectId: string, at: Instant): Promise<SubjectKey> {
    const [master] = this.#masters;
    if (!master) throw new Error('no master key for subjects');
    const wrapped = seal(master, randomBytes(32), wrapContext(tx.scope.tenant, subjectId));
    await tx.query(
      `INSERT INTO subject_key (tenant_id, subject_id, wrapped, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, subjectId, wrapped, at],
    );
    const keys = await this.load(tx, [subjectId]);
    return keys.get(subjectId) ?? refuse('SUBJECT_ERASED', 'state');
  }

  /** Keys of many new subjects at once, for imports; subjects erased before are absent. */
  async obtainAll(tx: Tx, subjectIds: readonly string[], at: Instant): Promise<ReadonlyMap<string, SubjectKey>> {
    const [master] = this.#masters;
    if (!master) throw new Error('no master key for subjects');
    const wrapped = subjectIds.map((id) => seal(master, randomBytes(32), wrapContext(tx.scope.tenant, id)));
    await tx.query(
      `INSERT INTO subject_key (tenant_id, subject_id, wrapped, created_at)
       SELECT $1, subject_id, wrapped, $4 FROM unnest($2::uuid[], $3::bytea[]) AS new(subject_id, wrapped)
       ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, subjectIds, wrapped, at],
    );
    return this.load(tx, subjectIds);
  }

  /** Keys of the subjects that are still readable, in one query. */
  async load(tx: Tx, subjectIds: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>> {
    if (subjectIds.length === 0) return new Map();
    const rows = await tx.query<KeyRow>(
      `SELECT subject_id AS "subjectId", wrapped FROM subject_key
        WHERE tenant_id = $1 AND subject_id = ANY($2::uuid[]) AND wrapped IS NOT NULL`,
      [tx.scope.tenant, subjectIds],
    );
    return new Map(rows.flatMap((row) => (row.wrapped ? [[row.subjectId, this.#unwrap(tx.scope.tenant, row)]] : [])));
  }

  /** For good. Says whether there was a key to destroy. */
  async destroy(tx: Tx, subjectId: string, at: Instant): Promise<boolean> {
    const destroyed = await tx.query(
      `UPDATE subject_key SET wrapped = NULL, destroyed_at = $3
        WHERE tenant_id = $1 AND subject_id = $2 AND wrapped IS NOT NULL RETURNING subject_id`,
      [tx.scope.tenant, subjectId, at],
    );
    return destroyed.length > 0;
  }

  #unwrap(tenant: TenantId, row: KeyRow): SubjectKey {
    const secret = open(this.#masters, row.wrapped ?? Buffer.alloc(0), wrapContext(tenant, row.subjectId));
    return new SubjectKey(tenant, row.subjectId, secret);
  }
}

function wrapContext(tenant: TenantId, subjectId: string): string {
  return `${tenant}/${subjectId}`;
}
