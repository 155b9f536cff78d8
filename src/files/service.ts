import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Trace } from '../audit/model.ts';
import { AuditService } from '../audit/service.ts';
import { BusinessClock } from '../calendar/clock.ts';
import { refuse } from '../kernel/refusal.ts';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import type { FilesPolicy } from '../policy/model.ts';
import { PolicyService } from '../policy/service.ts';
import { FileBlobs } from './blobs/store.ts';
import { assertCount, keptUntil, limitOf, type FileRecord, type FileReference, type Room, type StoredFile } from './model.ts';
import { FileStore, type HeldFile } from './store.ts';

export interface Attachment {
  readonly record: FileRecord & { readonly orgPath: OrgPath };
  readonly ids: readonly string[];
  /** Who sent them: nobody attaches what another one has sent. */
  readonly sender: string;
  readonly limit: Room;
  /** Seen only by staff of the place, as what households say is. */
  readonly household?: boolean;
  /** Signatures, consents, homes: reading them is audited. */
  readonly sensitive?: boolean;
}

/** Files, and the records that they belong to. */
@Injectable()
export class FileService {
  readonly #store: FileStore;
  readonly #blobs: FileBlobs;
  readonly #policy: PolicyService;
  readonly #audit: AuditService;
  readonly #clock: BusinessClock;

  constructor(
    store: FileStore,
    blobs: FileBlobs,
    policy: PolicyService,
    audit: AuditService,
    clock: BusinessClock,
  ) {
    this.#store = store;
    this.#blobs = blobs;
    this.#policy = policy;
    this.#audit = audit;
    this.#clock = clock;
  }

  /** In the transaction of what it was sent with. */
  async keep(tx: Tx, file: Omit<StoredFile, 'bytes' | 'hash' | 'record' | 'sensitive'>, sender: string, bytes: Buffer): Promise<StoredFile> {
    const values = await this.#values(tx);
    const stored = { ...file, bytes: bytes.length, hash: createHash('sha256').update(bytes).digest('hex') };
    await this.#store.insert(tx, { ...stored, sender, keepUntil: keptUntil(file.receivedAt, values) });
    await this.#blobs.put(tx, file.id, bytes, file.receivedAt);
    return { ...stored, record: null, sensitive: false };
  }

  /** How many a sender has waiting. */
  async countUnattached(tx: Tx, sender: string): Promise<number> {
    return this.#store.countUnattached(tx, sender);
  }

  /**
   * Gives files to the record that their sender writes about; again to the same record changes nothing. Refuses
   * `FILES_MANY`, `FILE_REPEATED`, `FILE_UNKNOWN` (also for another's) and `FILE_ELSEWHERE`.
   */
  async attach(tx: Tx, { record, ids, sender, limit, household = false, sensitive = false }: Attachment): Promise<FileReference[]> {
    if (ids.length === 0) return [];
    const policy = await this.#values(tx);
    assertCount(ids, limitOf(policy, limit));
    const files = new Map((await this.#store.held(tx, ids)).map((file) => [file.id, file]));
    const references = ids.map((id) => {
      const file = files.get(id);
      if (file?.sender !== sender) return refuse('FILE_UNKNOWN', 'unknown');
      if (file.record && (file.record.kind !== record.kind || file.record.id !== record.id)) refuse('FILE_ELSEWHERE', 'state');
      return { id, hash: file.hash };
    });
    await this.#store.attach(tx, ids, { ...record, household, sensitive });
    await this.#blobs.place(tx, ids, record.orgPath, household);
    return references;
  }

  async list(tx: Tx, record: FileRecord): Promise<StoredFile[]> {
    return (await this.#store.ofRecord(tx, record)).map(plain);
  }

  /** The caller has made sure that the record may be read. Reading a sensitive file is audited. Refuses `FILE_UNKNOWN`. */
  async read(tx: Tx, record: FileRecord, id: string, trace: Trace): Promise<{ file: StoredFile; bytes: Buffer }> {
    const file = await this.#store.byId(tx, id);
    if (file?.record?.kind !== record.kind || file.record.id !== record.id) refuse('FILE_UNKNOWN', 'unknown');
    if (file.sensitive) {
      const at = await this.#clock.now(tx);
      await this.#audit.record(tx, { ...trace, at, action: 'files.read', subject: `file:${id}`, outcome: 'done', changes: { [record.kind]: record.id } });
    }
    return this.#open(tx, file);
  }

  /** What one has sent and not used yet. Refuses `FILE_UNKNOWN`. */
  async readOwn(tx: Tx, id: string): Promise<{ file: StoredFile; bytes: Buffer }> {
    const file = await this.#store.byId(tx, id);
    if (file?.sender !== tx.scope.actor || file.record) refuse('FILE_UNKNOWN', 'unknown');
    return this.#open(tx, file);
  }

  /** Whether it was there and belonged to nothing; its key is destroyed with it. */
  async removeUnattached(tx: Tx, id: string, at: Instant): Promise<boolean> {
    if (!(await this.#store.removeUnattached(tx, id))) return false;
    await this.#blobs.remove(tx, id, at);
    return true;
  }

  /** All of a record, for good: whoever they show has taken their consent back. */
  async removeOf(tx: Tx, record: FileRecord, at: Instant): Promise<void> {
    for (const id of await this.#store.removeOf(tx, record)) await this.#blobs.remove(tx, id, at);
  }

  async #open(tx: Tx, file: HeldFile): Promise<{ file: StoredFile; bytes: Buffer }> {
    return { file: plain(file), bytes: (await this.#blobs.get(tx, file.id)) ?? refuse('FILE_UNKNOWN', 'unknown') };
  }

  async #values(tx: Tx): Promise<FilesPolicy> {
    return (await this.#policy.current(tx, 'files', await this.#clock.now(tx))).values;
  }
}

function plain({ sender: _sender, ...file }: HeldFile): StoredFile {
  return file;
}
