import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';

/** Where the bytes lie: a port, so that an object store can take the place of the database. */
export abstract class FileBlobs {
  /** Together with the transaction, or not at all. */
  abstract put(tx: Tx, fileId: string, bytes: Buffer, at: Instant): Promise<void>;
  /** Undefined once they are gone. */
  abstract get(tx: Tx, fileId: string): Promise<Buffer | undefined>;
  /** Who may see them from now on: everybody who may see the record, or staff of the place alone. */
  abstract place(tx: Tx, fileIds: readonly string[], orgPath: OrgPath, household: boolean): Promise<void>;
  abstract remove(tx: Tx, fileId: string, at: Instant): Promise<void>;
}
