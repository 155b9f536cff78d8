import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import type { CaseInDatabase, Event, JournalEntry, StoredWait } from './model.ts';

export interface StoredCase extends CaseInDatabase {
  readonly kind: string;
}

/** Where a kind's read model lies; names from the sources, never from input. */
export interface ReadModel {
  readonly table: string;
  readonly caseIdSql: string;
  readonly versionColumn: string;
}

interface EventRow {
  readonly caseId: string;
  readonly version: number;
  readonly commandId: string;
  readonly type: string;
  readonly at: Instant;
  readonly bytes: Buffer;
  readonly hash: Buffer;
}

interface HeadRow {
  readonly caseId: string;
  readonly kind: string;
  readonly version: number;
  readonly closed: boolean;
  readonly parked: string | null;
}

/** Reads only, in one snapshot a page. */
@Injectable()
export class ComparingStore {
  async tenants(db: Database): Promise<TenantId[]> {
    const rows = await db.door<{ tenant_id: TenantId }>('door_tenants');
    return rows.map(({ tenant_id: tenant }) => tenant);
  }

  async cases(
    tx: Tx,
    page: { readonly after: string; readonly limit: number } | { readonly ids: readonly string[] },
    readModelOf: (kind: string) => ReadModel | undefined,
  ): Promise<StoredCase[]> {
    const { tenant } = tx.scope;
    const [ids, after, limit] = 'ids' in page ? [page.ids, '', page.ids.length] : [null, page.after, page.limit];
    const heads = await tx.query<HeadRow>(
      `SELECT case_id AS "caseId", kind, version, closed, parked_code AS parked FROM case_head
        WHERE tenant_id = $1 AND case_id > $2 AND ($3::text[] IS NULL OR case_id = ANY($3)) ORDER BY case_id LIMIT $4`,
      [tenant, after, ids, limit],
    );
    const found = heads.map(({ caseId }) => caseId);
    const events = await tx.query<EventRow>(
      `SELECT case_id AS "caseId", version, command_id AS "commandId", type, at, event_bytes AS bytes, hash FROM case_event
        WHERE tenant_id = $1 AND case_id = ANY($2::text[]) ORDER BY case_id, version`,
      [tenant, found],
    );
    const waits = await tx.query<StoredWait & { caseId: string }>(
      `SELECT case_id AS "caseId", name, owner_role AS role, owner_org_unit AS "orgUnitId", due, wake_at AS "wakeAt", otherwise
         FROM open_wait WHERE tenant_id = $1 AND case_id = ANY($2::text[])`,
      [tenant, found],
    );
    const rows = new Map<string, { version: number; status: string }>();
    for (const kind of new Set(heads.map((head) => head.kind))) {
      const model = readModelOf(kind);
      if (!model) continue;
      const read = await tx.query<{ caseId: string; version: number; status: string }>(
        `SELECT caseid AS "caseId", version, status FROM (
           SELECT ${model.caseIdSql} AS caseid, r.${model.versionColumn} AS version, r.status FROM ${model.table} r WHERE r.tenant_id = $1
         ) m WHERE caseid = ANY($2::text[])`,
        [tenant, found],
      );
      for (const row of read) rows.set(row.caseId, row);
    }
    return heads.map((head) => ({
      ...head,
      journal: events.filter(({ caseId }) => caseId === head.caseId).map(entryOf),
      waits: waits.filter(({ caseId }) => caseId === head.caseId),
      readModel: rows.get(head.caseId),
    }));
  }

  /** Accounts whose balance is not the sum of their transfers, and caps that are not that of their entries. */
  async ledger(tx: Tx): Promise<{ readonly kind: 'account' | 'cap'; readonly subject: string; readonly detail: string }[]> {
    return tx.query(
      `WITH side AS (
         SELECT t.debit_id AS id, CASE WHEN t.kind IN ('post', 'settle') THEN -t.amount ELSE 0 END AS posted,
                CASE WHEN t.kind = 'hold' THEN t.amount WHEN t.hold_id IS NULL THEN 0 ELSE -h.amount END AS held
           FROM ledger_transfer t LEFT JOIN ledger_transfer h ON h.tenant_id = t.tenant_id AND h.id = t.hold_id WHERE t.tenant_id = $1
         UNION ALL
         SELECT t.credit_id, CASE WHEN t.kind IN ('post', 'settle') THEN t.amount ELSE 0 END, 0 FROM ledger_transfer t WHERE t.tenant_id = $1
       ), moved AS (SELECT id, sum(posted) AS posted, sum(held) AS held FROM side GROUP BY id),
       entered AS (
         SELECT cap, coalesce(sum(amount) FILTER (WHERE kind = 'limit'), 0) AS amount, coalesce(sum(amount) FILTER (WHERE kind = 'plan'), 0) AS planned
           FROM ledger_cap_entry WHERE tenant_id = $1 GROUP BY cap
       )
       SELECT 'account' AS kind, a.id::text AS subject, concat('posted ', a.posted, ' held ', a.held, ', transfers ', coalesce(m.posted, 0), ' ', coalesce(m.held, 0)) AS detail
         FROM ledger_account a LEFT JOIN moved m ON m.id = a.id
        WHERE a.tenant_id = $1 AND (a.posted, a.held) IS DISTINCT FROM (coalesce(m.posted, 0), coalesce(m.held, 0))
       UNION ALL
       SELECT 'cap', c.name, concat('amount ', c.amount, ' planned ', c.planned, ', entries ', coalesce(e.amount, 0), ' ', coalesce(e.planned, 0))
         FROM ledger_cap c LEFT JOIN entered e ON e.cap = c.name
        WHERE c.tenant_id = $1 AND (c.amount, c.planned) IS DISTINCT FROM (coalesce(e.amount, 0), coalesce(e.planned, 0))`,
      [tx.scope.tenant],
    );
  }

  /** Sent and told before that instant, and not taken in. */
  async left(tx: Tx, before: Instant): Promise<{ readonly kind: 'command' | 'fact'; readonly subject: string; readonly caseId: string }[]> {
    return tx.query(
      `SELECT 'command' AS kind, command_id AS subject, case_id AS "caseId" FROM case_command
        WHERE tenant_id = $1 AND taken_in_at IS NULL AND stored_at < $2
       UNION ALL
       SELECT 'fact', source_case || ':' || source_version, target_case FROM case_message
        WHERE tenant_id = $1 AND taken_at IS NULL AND told_at < $2`,
      [tx.scope.tenant, before],
    );
  }
}

function entryOf({ version, commandId, type, at, bytes, hash }: EventRow): JournalEntry {
  let event: Event | undefined;
  try {
    event = JSON.parse(bytes.toString('utf8')) as Event;
  } catch {
    event = undefined;
  }
  const sound =
    createHash('sha256').update(bytes).digest().equals(hash) &&
    event?.version === version &&
    event.commandId === commandId &&
    event.type === type &&
    event.at === at;
  return { version, event: event as Event, sound };
}
