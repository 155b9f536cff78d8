import { Injectable } from '@nestjs/common';
import { BusinessClock, WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Scope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { deriveId } from '../../platform/ids.ts';
import { reencode } from '../../platform/images/reencode.ts';
import type { FilesPolicy } from '../../policy/model.ts';
import { PolicyService } from '../../policy/service.ts';
import { arrivedAs, assertPdf, limitOf, type MediaType, type Room, type StoredFile } from '../model.ts';
import { FileService } from '../service.ts';

interface Clean {
  readonly bytes: Buffer;
  readonly mediaType: MediaType;
  readonly width: number | null;
  readonly height: number | null;
}

/** What people send, made harmless and small before it is kept. */
@Injectable()
export class FileReceiving {
  readonly #database: Database;
  readonly #files: FileService;
  readonly #policy: PolicyService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(database: Database, files: FileService, policy: PolicyService, clock: BusinessClock, wall: WallClock) {
    this.#database = database;
    this.#files = files;
    this.#policy = policy;
    this.#clock = clock;
    this.#wall = wall;
  }

  /**
   * The same key is the same file, however often it is sent. Refuses `FILE_KIND`, `FILE_TOO_LARGE`, `FILE_CUT_OFF`,
   * `IMAGE_TOO_LARGE`, `IMAGE_UNREADABLE`, and `FILES_MANY` where so many of this sender's wait already.
   */
  async receive(scope: Scope, key: RequestKey, sender: string, sent: Buffer, room?: Room): Promise<StoredFile> {
    const policy = await this.#database.within(
      scope,
      async (tx) => (await this.#policy.current(tx, 'files', await this.#clock.now(tx))).values,
    );
    const { bytes, ...facts } = await cleaned(sent, policy);
    const receivedAt = this.#wall.now();
    return once(this.#database, scope, key, receivedAt, async (tx) => {
      const limit = room && limitOf(policy, room);
      if (limit !== undefined && (await this.#files.countUnattached(tx, sender)) >= limit) refuse('FILES_MANY', 'rule', { limit });
      return this.#files.keep(tx, { id: deriveId(key.commandId, 'file'), ...facts, receivedAt }, sender, bytes);
    });
  }
}

async function cleaned(bytes: Buffer, policy: FilesPolicy): Promise<Clean> {
  if (arrivedAs(bytes) === 'pdf') {
    assertPdf(bytes, policy.pdfMegabytes);
    return { bytes, mediaType: 'application/pdf', width: null, height: null };
  }
  const { imageEdgePixels: edgePixels, imageMegapixels: megapixels, imageQuality: quality } = policy;
  return { ...(await reencode(bytes, { edgePixels, megapixels, quality })), mediaType: 'image/jpeg' };
}
