import { Injectable } from '@nestjs/common';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import type { AuditEvent, AuditFilter } from './model.ts';

export interface AuditPosition {
  readonly at: Instant;
  readonly id: string;
}

export interface AuditQuery extends AuditFilter {
  readonly after?: AuditPosition | undefined;
  readonly limit: number;
}

export interface StoredAuditEvent extends AuditPosition {
  /** Exact bytes that were hashed: canonical JSON in UTF-8. */
  readonly eventBytes: Buffer;
  readonly hash: Buffer;
}

@Injectable()
export class AuditStore {
  async append(tx: Tx, event: AuditEvent, eventBytes: Buffer, hash: Buffer): Promise<void> {
    tx.send(
      `INSERT INTO audit_event (tenant_id, id, at, actor, account_id, person_id, on_behalf_of, role, action, subject,
         outcome, case_version, command_id, request_id, network, policy_hash, event_bytes, hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
      [
        event.tenant,
        event.id,
        event.at,
        event.actor,
        event.accountId,
        event.personId,
        event.onBehalfOf,
        event.role,
        event.action,
        event.subject,
        event.outcome,
        event.caseVersion,
        event.commandId,
        event.requestId,
        event.network,
        event.policyHash,
        eventBytes,
        hash,
      ],
    );
  }

  /** Newest first, one page after the given position. */
  async page(tx: Tx, query: AuditQuery): Promise<StoredAuditEvent[]> {
    return tx.query<StoredAuditEvent>(
      `SELECT at, id, event_bytes AS "eventBytes", hash
         FROM audit_event
        WHERE tenant_id = $1
          AND ($2::text IS NULL OR subject = $2)
          AND ($3::text IS NULL OR action = $3 OR starts_with(action, $3 || '.'))
          AND ($4::timestamptz IS NULL OR (at, id) < ($4, $5::uuid))
          AND ($7::uuid IS NULL OR person_id = $7)
          AND ($8::text IS NULL OR outcome = $8)
          AND ($9::timestamptz IS NULL OR at >= $9)
          AND ($10::timestamptz IS NULL OR at < $10)
        ORDER BY at DESC, id DESC
        LIMIT $6`,
      [
        tx.scope.tenant,
        query.subject ?? null,
        query.action ?? null,
        query.after?.at ?? null,
        query.after?.id ?? null,
        query.limit,
        query.person ?? null,
        query.outcome ?? null,
        query.since ?? null,
        query.until ?? null,
      ],
    );
  }
}
