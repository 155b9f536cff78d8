import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalBytes } from '../platform/crypto/canonical.ts';
import type { Tx } from '../platform/database/database.ts';
import { auditRecord, type AuditEntry, type AuditEvent } from './model.ts';
import { AuditStore } from './store.ts';

/** RFC 6962: leaves and nodes of the later Merkle tree can never be taken for one another. */
const LEAF = Buffer.from([0]);

export function auditHash(eventBytes: Buffer): Buffer {
  return createHash('sha256').update(LEAF).update(eventBytes).digest();
}

/**
 * Writes what happened into the same transaction as the change itself: both or neither. There is no chain head here,
 * because it would queue every writer; a sealer can order rows by `xid` afterwards.
 */
@Injectable()
export class AuditService {
  readonly #store: AuditStore;

  constructor(store: AuditStore) {
    this.#store = store;
  }

  async record(tx: Tx, entry: AuditEntry): Promise<void> {
    const event: AuditEvent = { ...entry, id: randomUUID(), tenant: tx.scope.tenant, actor: tx.scope.actor };
    const eventBytes = canonicalBytes(auditRecord(event));
    await this.#store.append(tx, event, eventBytes, auditHash(eventBytes));
  }
}
