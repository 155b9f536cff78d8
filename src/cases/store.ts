import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Command, Told, Wait } from './model.ts';

/** Where a case stands, and who sent the command that is about to move it. */
export interface LockedHead {
  readonly version: number;
  /** The refusal that the command's sender was told; null = none. */
  readonly refusedWith: string | null;
  /** Of the storing that the database holds; null = none, or one that has no receipt. */
  readonly receipt: string | null;
  readonly requestId: string | null;
  readonly network: string | null;
  readonly accountId: string | null;
  readonly personId: string | null;
  readonly onBehalfOf: string | null;
  /** By the database's clock. */
  readonly now: Instant;
}

/** What the database knows about a case and one command to it. */
export interface Standing {
  readonly version: number;
  readonly closed: boolean;
  /** The version that the command made; null = none. */
  readonly decided: number | null;
}

export interface JournalRow {
  readonly caseId: string;
  readonly kind: string;
  readonly version: number;
  readonly commandId: string;
  readonly type: string;
  readonly schema: number;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly at: Instant;
}

export interface Append extends JournalRow {
  readonly orgPath: OrgPath;
  readonly closed: boolean;
  readonly waits: readonly Wait[];
  readonly told: readonly Told[];
}

export interface StoredCommand {
  readonly commandId: string;
  readonly caseId: string;
  readonly kind: string;
  readonly bytes: Buffer;
}

export interface CommandTarget {
  readonly caseId: string;
  readonly kind: string;
  /** Workflow type that the command opens; a sweeper must be able to start it too. */
  readonly starts?: string;
}

export interface CommandOrigin {
  readonly accountId?: string;
  readonly personId?: string;
  readonly requestId?: string;
  readonly network?: string;
}

/** Cases whose time a driver moves. */
const DRIVEN = "h.clock_mode = 'virtual' AND NOT h.closed AND h.parked_code IS NULL";

@Injectable()
export class CaseStore {
  async openHead(tx: Tx, caseId: string, kind: string, clockMode: string, at: Instant): Promise<void> {
    tx.send(
      `INSERT INTO case_head (tenant_id, case_id, kind, org_path, version, clock_mode, closed, opened_at, moved_at)
       VALUES ($1, $2, $3, '/', 0, $4, false, $5, $5) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, caseId, kind, clockMode, at],
    );
  }

  /** Holds case and command until the transaction ends: publishes of one case never interleave, and no refusal slips in. */
  async lockHead(tx: Tx, caseId: string, commandId: string): Promise<LockedHead | undefined> {
    const [head] = await tx.lookup<LockedHead>(
      `WITH c AS (SELECT * FROM case_command WHERE tenant_id = $1 AND command_id = $3 FOR UPDATE)
       SELECT h.version, nullif(c.outcome, 'done') AS "refusedWith", c.receipt, c.request_id AS "requestId", c.network,
              c.account_id AS "accountId", c.person_id AS "personId",
              c.on_behalf_of AS "onBehalfOf", clock_timestamp() AS now
         FROM case_head h LEFT JOIN c ON true
        WHERE h.tenant_id = $1 AND h.case_id = $2
          FOR UPDATE OF h`,
      [tx.scope.tenant, caseId, commandId],
    );
    return head;
  }

  async eventsAfter(tx: Tx, caseId: string, version: number): Promise<JournalRow[]> {
    return tx.query<JournalRow>(
      `SELECT e.case_id AS "caseId", h.kind, e.version, e.command_id AS "commandId", e.type, e.schema,
              e.event_bytes AS bytes, e.hash, e.at
         FROM case_event e JOIN case_head h USING (tenant_id, case_id)
        WHERE e.tenant_id = $1 AND e.case_id = $2 AND e.version > $3 ORDER BY e.version`,
      [tx.scope.tenant, caseId, version],
    );
  }

  /** Event, head, waits and the marks on what asked for it, in one statement: one round trip a transition. */
  async append(tx: Tx, entry: Append): Promise<void> {
    tx.send(
      `WITH event AS (
         INSERT INTO case_event (tenant_id, case_id, version, command_id, type, schema, event_bytes, hash, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ), head AS (
         UPDATE case_head SET version = $3, org_path = $10, closed = $11, moved_at = $9, parked_code = NULL
          WHERE tenant_id = $1 AND case_id = $2
       ), command AS (
         UPDATE case_command SET answered_at = clock_timestamp(), outcome = 'done'
          WHERE tenant_id = $1 AND command_id = $4
       ), taken AS (
         UPDATE case_message SET taken_at = clock_timestamp(), outcome = 'done'
          WHERE tenant_id = $1 AND target_case = $2 AND command_id = $4
       ), told AS (
         INSERT INTO case_message (tenant_id, source_case, source_version, target_case, target_kind, command_id, command_bytes)
         SELECT $1, $2, $3, t.target, t.kind, t.command_id, convert_to(t.command, 'UTF8')
           FROM jsonb_to_recordset($13::jsonb) AS t(target text, kind text, command_id text, command text)
       ), gone AS (
         DELETE FROM open_wait w WHERE w.tenant_id = $1 AND w.case_id = $2
            AND NOT EXISTS (SELECT FROM jsonb_array_elements($12::jsonb) AS n WHERE n->>'name' = w.name)
       )
       INSERT INTO open_wait (tenant_id, case_id, name, kind, org_path, owner_role, owner_org_unit, due, wake_at, otherwise, since)
       SELECT $1, $2, n.name, $14, $10, n.role, n.unit, n.due, n.wake_at, n.otherwise, $9
         FROM jsonb_to_recordset($12::jsonb)
              AS n(name text, role text, unit uuid, due timestamptz, wake_at timestamptz, otherwise text)
       ON CONFLICT (tenant_id, case_id, name) DO UPDATE
         SET org_path = excluded.org_path, owner_role = excluded.owner_role, owner_org_unit = excluded.owner_org_unit,
             due = excluded.due, wake_at = excluded.wake_at, otherwise = excluded.otherwise,
             since = CASE WHEN open_wait.owner_role = excluded.owner_role
                           AND open_wait.owner_org_unit IS NOT DISTINCT FROM excluded.owner_org_unit
                          THEN open_wait.since ELSE excluded.since END`,
      [
        tx.scope.tenant,
        entry.caseId,
        entry.version,
        entry.commandId,
        entry.type,
        entry.schema,
        entry.bytes,
        entry.hash,
        entry.at,
        entry.orgPath,
        entry.closed,
        JSON.stringify(entry.waits.map(waitRow)),
        JSON.stringify(entry.told.map(toldRow)),
        entry.kind,
      ],
    );
  }

  async park(tx: Tx, caseId: string, code: string): Promise<void> {
    await tx.query('UPDATE case_head SET parked_code = $3 WHERE tenant_id = $1 AND case_id = $2', [
      tx.scope.tenant,
      caseId,
      code,
    ]);
  }

  async dropMessage(tx: Tx, caseId: string, commandId: string, code: string): Promise<void> {
    await tx.query(
      `UPDATE case_message SET taken_at = clock_timestamp(), outcome = $4
        WHERE tenant_id = $1 AND target_case = $2 AND command_id = $3 AND taken_at IS NULL`,
      [tx.scope.tenant, caseId, commandId, code],
    );
  }

  /** Before it is sent: what was acknowledged once is never lost. A repeat changes nothing. */
  async storeCommand(tx: Tx, command: Command, target: CommandTarget, bytes: Buffer, origin: CommandOrigin): Promise<void> {
    tx.send(
      `INSERT INTO case_command (tenant_id, command_id, case_id, kind, type, actor, account_id, person_id, command_bytes,
                                 request_id, network, starts, receipt, on_behalf_of)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`,
      [
        tx.scope.tenant,
        command.id,
        target.caseId,
        target.kind,
        command.type,
        command.actor,
        origin.accountId ?? null,
        origin.personId ?? null,
        bytes,
        origin.requestId ?? null,
        origin.network ?? null,
        target.starts ?? null,
        command.receipt ?? null,
        tx.scope.onBehalfOf ?? null,
      ],
    );
  }

  async commandBytes(tx: Tx, commandId: string): Promise<StoredCommand | undefined> {
    const [row] = await tx.query<StoredCommand>(
      `SELECT command_id AS "commandId", case_id AS "caseId", kind, command_bytes AS bytes
         FROM case_command WHERE tenant_id = $1 AND command_id = $2`,
      [tx.scope.tenant, commandId],
    );
    return row;
  }

  async messageBytes(tx: Tx, sourceCase: string, sourceVersion: number): Promise<StoredCommand[]> {
    return tx.query<StoredCommand>(
      `SELECT command_id AS "commandId", target_case AS "caseId", target_kind AS kind, command_bytes AS bytes
         FROM case_message WHERE tenant_id = $1 AND source_case = $2 AND source_version = $3 AND taken_at IS NULL`,
      [tx.scope.tenant, sourceCase, sourceVersion],
    );
  }

  /** When something next happens by itself in a virtual case of this tenant. */
  async nextWake(tx: Tx): Promise<Instant | null> {
    const [row] = await tx.query<{ wakeAt: Instant | null }>(
      `SELECT min(w.wake_at) AS "wakeAt" FROM open_wait w JOIN case_head h USING (tenant_id, case_id)
        WHERE w.tenant_id = $1 AND ${DRIVEN}`,
      [tx.scope.tenant],
    );
    return row?.wakeAt ?? null;
  }

  async dueCases(tx: Tx, at: Instant): Promise<{ caseId: string }[]> {
    return tx.query(
      `SELECT DISTINCT w.case_id AS "caseId" FROM open_wait w JOIN case_head h USING (tenant_id, case_id)
        WHERE w.tenant_id = $1 AND w.wake_at <= $2 AND ${DRIVEN} ORDER BY w.case_id`,
      [tx.scope.tenant, at],
    );
  }

  /** A closed, parked or unknown receiver takes nothing: the sweeper and an operator see to those. */
  async openMessages(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*) AS count FROM case_message m
         JOIN case_head h ON h.tenant_id = m.tenant_id AND h.case_id = m.target_case
        WHERE m.tenant_id = $1 AND m.taken_at IS NULL AND NOT h.closed AND h.parked_code IS NULL`,
      [tx.scope.tenant],
    );
    return row?.count ?? 0;
  }

  /** Virtual cases that work by themselves: they wait for nobody, or say that the system does something undated. */
  async atWork(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*) AS count FROM case_head h
        WHERE h.tenant_id = $1 AND ${DRIVEN}
          AND coalesce((SELECT bool_or(w.owner_role = 'system' AND w.due IS NULL AND w.wake_at IS NULL)
                          FROM open_wait w WHERE w.tenant_id = h.tenant_id AND w.case_id = h.case_id), true)`,
      [tx.scope.tenant],
    );
    return row?.count ?? 0;
  }

  /** False = it was answered before, by the journal or by an earlier refusal; what was said first stands. */
  async refuseCommand(tx: Tx, commandId: string, code: string): Promise<boolean> {
    const settled = await tx.query(
      `UPDATE case_command SET answered_at = clock_timestamp(), taken_in_at = clock_timestamp(), outcome = $3
        WHERE tenant_id = $1 AND command_id = $2 AND answered_at IS NULL RETURNING command_id`,
      [tx.scope.tenant, commandId, code],
    );
    return settled.length === 1;
  }

  async takeIn(tx: Tx, commandIds: readonly string[]): Promise<void> {
    tx.send('UPDATE case_command SET taken_in_at = clock_timestamp() WHERE tenant_id = $1 AND command_id = ANY($2::text[]) AND taken_in_at IS NULL', [
      tx.scope.tenant,
      commandIds,
    ]);
  }

  /** Undefined = the case never began. */
  async standing(tx: Tx, caseId: string, commandId: string): Promise<Standing | undefined> {
    const [standing] = await tx.query<Standing>(
      `SELECT h.version, h.closed, e.version AS decided
         FROM case_head h
         LEFT JOIN case_event e ON e.tenant_id = h.tenant_id AND e.case_id = h.case_id AND e.command_id = $3
        WHERE h.tenant_id = $1 AND h.case_id = $2`,
      [tx.scope.tenant, caseId, commandId],
    );
    return standing;
  }
}

function waitRow(wait: Wait): Record<string, string | null> {
  return {
    name: wait.name,
    role: wait.owner.role,
    unit: wait.owner.orgUnitId ?? null,
    due: wait.due ?? null,
    wake_at: wait.wakeAt ?? null,
    otherwise: wait.otherwise,
  };
}

function toldRow(told: Told): Record<string, string> {
  return { target: told.caseId, kind: told.kind, command_id: told.command.id, command: JSON.stringify(told.command) };
}
