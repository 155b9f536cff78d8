import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalBytes } from '../platform/crypto/canonical.ts';
import type { Tx } from '../platform/database/database.ts';
import { auditRecord, type AuditEntry, type AuditEvent } from './model.ts';
import { AuditStore, type AuditPosition, type AuditQuery } from './store.ts';

/** As in RFC 6962: the hash of bytes can never be taken for a node over two hashes. */
const LEAF = Buffer.from([0]);

export function auditHash(eventBytes: Buffer): Buffer {
  return createHash('sha256').update(LEAF).update(eventBytes).digest();
}

export interface ReadAuditEvent extends AuditPosition {
  readonly hash: string;
  readonly record: Record<string, unknown>;
}

/**
 * Writes what happened into the same transaction as the change itself: both or neither. There is no chain head here,
 * because it would queue every writer; the sealer orders rows by `xid` afterwards.
 */
@Injectable()
export class AuditService {
  readonly #store: AuditStore;

  constructor(store: AuditStore) {
    this.#store = store;
  }

  async record(tx: Tx, entry: AuditEntry): Promise<void> {
    const onBehalfOf = entry.onBehalfOf ?? tx.scope.onBehalfOf;
    const event: AuditEvent = { ...entry, onBehalfOf, id: randomUUID(), tenant: tx.scope.tenant, actor: tx.scope.actor };
    const eventBytes = canonicalBytes(auditRecord(event));
    await this.#store.append(tx, event, eventBytes, auditHash(eventBytes));
  }

  /** Newest first; whoever reads may check each record against its hash. */
  async page(tx: Tx, query: AuditQuery): Promise<ReadAuditEvent[]> {
    const events = await this.#store.page(tx, query);
    return events.map(({ id, at, eventBytes, hash }) => ({
      id,
      at,
      hash: hash.toString('hex'),
      record: JSON.parse(eventBytes.toString('utf8')) as Record<string, unknown>,
    }));
  }
}
