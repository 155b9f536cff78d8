import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../../kernel/scope.ts';
import type { Instant } from '../../../kernel/time.ts';
import { SubjectKeys } from '../../../platform/crypto/subject-keys.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { partsOf } from '../../model.ts';
import { FileBlobs } from '../store.ts';

const PART_BYTES = 512 * 1024;

function field(ordinal: number): string {
  return `file_part.sealed/${ordinal}`;
}

/** Each file has a key of its own: destroying it makes the file unreadable in every copy. */
@Injectable()
export class PostgresBlobs extends FileBlobs {
  readonly #keys: SubjectKeys;

  constructor(keys: SubjectKeys) {
    super();
    this.#keys = keys;
  }

  async put(tx: Tx, fileId: string, bytes: Buffer, at: Instant): Promise<void> {
    const key = await this.#keys.obtain(tx, fileId, at);
    for (const [ordinal, part] of partsOf(bytes, PART_BYTES).entries()) {
      await tx.query('INSERT INTO file_part (tenant_id, file_id, ordinal, sealed) VALUES ($1, $2, $3, $4)', [
        tx.scope.tenant,
        fileId,
        ordinal,
        key.sealBytes(field(ordinal), part),
      ]);
    }
  }

  async get(tx: Tx, fileId: string): Promise<Buffer | undefined> {
    const key = (await this.#keys.load(tx, [fileId])).get(fileId);
    const parts = await tx.query<{ ordinal: number; sealed: Buffer }>(
      'SELECT ordinal, sealed FROM file_part WHERE tenant_id = $1 AND file_id = $2 ORDER BY ordinal',
      [tx.scope.tenant, fileId],
    );
    if (!key || parts.length === 0) return undefined;
    return Buffer.concat(parts.map(({ ordinal, sealed }) => key.openBytes(field(ordinal), sealed)));
  }

  async place(tx: Tx, fileIds: readonly string[], orgPath: OrgPath, household: boolean): Promise<void> {
    await tx.query('UPDATE file_part SET org_path = $3, household = $4 WHERE tenant_id = $1 AND file_id = ANY($2::uuid[])', [
      tx.scope.tenant,
      fileIds,
      orgPath,
      household,
    ]);
  }

  async remove(tx: Tx, fileId: string, at: Instant): Promise<void> {
    await tx.query('DELETE FROM file_part WHERE tenant_id = $1 AND file_id = $2', [tx.scope.tenant, fileId]);
    await this.#keys.destroy(tx, fileId, at);
  }
}
