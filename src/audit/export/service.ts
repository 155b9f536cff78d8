import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Scope } from '../../kernel/scope.ts';
import { instantFromMs } from '../../kernel/time.ts';
import { Database } from '../../platform/database/database.ts';
import { AnchorService } from '../anchors/service.ts';
import type { Trace } from '../model.ts';
import { SealingStore, type Block } from '../sealing/store.ts';
import { AuditService } from '../service.ts';

/** Anchors of one page. */
const ANCHORS = 400;

/** The whole sealed record of a tenant for somebody who trusts none of us: `tools/verify-record.mjs` reads it. */
@Injectable()
export class RecordExport {
  readonly #db: Database;
  readonly #audit: AuditService;
  readonly #blocks: SealingStore;
  readonly #anchors: AnchorService;

  constructor(db: Database, audit: AuditService, blocks: SealingStore, anchors: AnchorService) {
    this.#db = db;
    this.#audit = audit;
    this.#blocks = blocks;
    this.#anchors = anchors;
  }

  /** Lines of JSON, block by block, so that any length fits. Who took it is in the record itself. */
  async open(scope: Scope, trace: Trace): Promise<Readable> {
    const head = await this.#db.within(scope, async (tx) => {
      const last = await this.#blocks.last(tx);
      const changes = { blocks: last?.number ?? 0 };
      const at = instantFromMs(Date.now());
      await this.#audit.record(tx, { ...trace, at, action: 'audit.recordExported', subject: `tenant:${scope.tenant}`, outcome: 'done', changes });
      return last?.number ?? 0;
    });
    return Readable.from(this.#lines(scope, head));
  }

  async *#lines(scope: Scope, head: number): AsyncGenerator<string> {
    yield line({ format: 'cobuild.record/1', tenant: scope.tenant, keys: this.#anchors.publicKeys });
    let rows = 0;
    for (let number = 1; number <= head; number += 1) {
      const text = await this.#db.within(scope, async (tx) => {
        const block = await this.#blocks.block(tx, number);
        if (!block) return '';
        const found = await this.#blocks.rows(tx, block);
        rows += found.length;
        const lines = found.map(({ kind, key, bytes }) => line({ kind, key, bytes: bytes.toString('base64') }));
        return line({ block: blockLine(block) }) + lines.join('');
      });
      yield text;
    }
    for (let before; ; ) {
      const anchors = await this.#anchors.page(scope.tenant, before, ANCHORS);
      for (const { statement, signature, keyId } of anchors) {
        yield line({ anchor: { statement: statement.toString('utf8'), signature: signature.toString('hex'), key: keyId } });
      }
      before = anchors.at(-1)?.day;
      if (anchors.length < ANCHORS) break;
    }
    yield line({ end: { blocks: head, rows } });
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function blockLine({ number, prev, root, count, hash, leaves, sealedAt }: Block) {
  const hex = (bytes: Buffer): string => bytes.toString('hex');
  return { number, prev: hex(prev), root: hex(root), count, hash: hex(hash), leaves: hex(leaves), sealedAt };
}
