import { Injectable } from '@nestjs/common';
import type { Quarter } from '../calendar/model.ts';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant, LocalDate } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import type { QuarterEvent, QuarterState } from './model.ts';

export interface QuarterCycle {
  readonly communityId: string;
  readonly quarter: Quarter;
  readonly orgPath: OrgPath;
  readonly version: number;
  readonly status: string;
  readonly policyVersion: number;
  readonly meetingOn: LocalDate;
  readonly meetingFixed: boolean;
  readonly meetingLate: boolean;
  readonly calendarVersion: number;
  readonly provisional: boolean;
  readonly reportsDue: Instant;
  readonly asked: number | null;
  readonly resolutions: number | null;
  readonly heldAt: Instant | null;
  readonly publishedAt: Instant | null;
  readonly openedAt: Instant;
}

export interface QuarterContent {
  readonly id: string;
  readonly communityId: string;
  readonly quarter: Quarter;
  readonly kind: string;
  readonly body: unknown;
  readonly hash: string;
  /** That the case must have taken for the content to count. */
  readonly commandId: string;
}

export interface StoredContent {
  readonly id: string;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly author: string;
  readonly at: Instant;
}

export interface Snapshot {
  readonly communityId: string;
  readonly quarter: Quarter;
  readonly kind: string;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly at: Instant;
}

export type SnapshotKey = Pick<Snapshot, 'quarter' | 'kind' | 'hash' | 'at'>;

export interface CycleFilter {
  readonly quarter?: string | undefined;
  readonly communityId?: string | undefined;
}

const COLUMNS = `community_id AS "communityId", quarter, org_path AS "orgPath", version, status,
  policy_version AS "policyVersion", meeting_on AS "meetingOn", meeting_fixed AS "meetingFixed",
  meeting_late AS "meetingLate", calendar_version AS "calendarVersion", provisional, reports_due AS "reportsDue", asked,
  resolutions, held_at AS "heldAt", published_at AS "publishedAt", opened_at AS "openedAt"`;

@Injectable()
export class QuarterStore {
  /** The read model is a function of the state; `false` if the row does not stand one version before. */
  async move(tx: Tx, event: QuarterEvent, state: QuarterState): Promise<boolean> {
    const { schedule } = state;
    const moved = await tx.query(
      `INSERT INTO quarter_cycle AS c (tenant_id, community_id, quarter, org_path, version, status, policy_version,
              meeting_on, meeting_fixed, meeting_late, calendar_version, provisional, reports_due, asked, resolutions,
              held_at, published_at, opened_at, moved_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
              CASE WHEN $16 = 'meetingRecorded' THEN $17::timestamptz END,
              CASE WHEN $16 = 'reportPublished' THEN $17::timestamptz END, $17::timestamptz, $17::timestamptz
        WHERE $5 = 1 OR EXISTS (SELECT FROM quarter_cycle WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3)
       ON CONFLICT (tenant_id, community_id, quarter) DO UPDATE
         SET version = excluded.version, status = excluded.status, meeting_on = excluded.meeting_on,
             meeting_fixed = excluded.meeting_fixed, meeting_late = excluded.meeting_late,
             calendar_version = excluded.calendar_version, provisional = excluded.provisional,
             reports_due = excluded.reports_due, asked = excluded.asked, resolutions = excluded.resolutions,
             held_at = coalesce(c.held_at, excluded.held_at), published_at = coalesce(c.published_at, excluded.published_at),
             moved_at = excluded.moved_at
       WHERE c.version = excluded.version - 1
       RETURNING version`,
      [
        tx.scope.tenant,
        state.communityId,
        state.quarter,
        state.orgPath,
        event.version,
        state.status,
        state.policy.version,
        schedule.meetingOn,
        state.meetingFixed,
        state.meetingLate,
        schedule.calendarVersion,
        schedule.provisional,
        schedule.reportsDue,
        state.asked ?? null,
        state.resolutions ?? null,
        event.type,
        event.at,
      ],
    );
    return moved.length === 1;
  }

  async byKey(tx: Tx, communityId: string, quarter: Quarter): Promise<QuarterCycle | undefined> {
    const [row] = await tx.query<QuarterCycle>(
      `SELECT ${COLUMNS} FROM quarter_cycle WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3`,
      [tx.scope.tenant, communityId, quarter],
    );
    return row;
  }

  /** Newest quarter first; one row more than `limit` tells that there is another page. */
  async page(
    tx: Tx,
    filter: CycleFilter,
    page: { readonly after?: { quarter: string; communityId: string } | undefined; readonly limit: number },
  ): Promise<QuarterCycle[]> {
    return tx.query<QuarterCycle>(
      `SELECT ${COLUMNS} FROM quarter_cycle
        WHERE tenant_id = $1
          AND ($2::text IS NULL OR quarter = $2)
          AND ($3::uuid IS NULL OR community_id = $3)
          AND ($4::text IS NULL OR quarter < $4 OR (quarter = $4 AND community_id > $5::uuid))
        ORDER BY quarter DESC, community_id LIMIT $6`,
      [
        tx.scope.tenant,
        filter.quarter ?? null,
        filter.communityId ?? null,
        page.after?.quarter ?? null,
        page.after?.communityId ?? null,
        page.limit + 1,
      ],
    );
  }

  async ofQuarters(tx: Tx, quarters: readonly Quarter[]): Promise<{ communityId: string; quarter: Quarter }[]> {
    return tx.query(
      `SELECT community_id AS "communityId", quarter FROM quarter_cycle WHERE tenant_id = $1 AND quarter = ANY($2::text[])`,
      [tx.scope.tenant, quarters],
    );
  }

  /** Cycles before their meeting whose dates were counted on an older calendar. */
  async countedBefore(tx: Tx, calendarVersion: number): Promise<QuarterCycle[]> {
    return tx.query<QuarterCycle>(
      `SELECT ${COLUMNS} FROM quarter_cycle
        WHERE tenant_id = $1 AND status = 'collecting' AND calendar_version < $2 ORDER BY quarter, community_id`,
      [tx.scope.tenant, calendarVersion],
    );
  }

  async addContent(tx: Tx, content: QuarterContent, at: Instant): Promise<void> {
    await tx.query(
      `INSERT INTO quarter_content (tenant_id, id, community_id, quarter, kind, body, hash, author, at, command_id)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
      [
        tx.scope.tenant,
        content.id,
        content.communityId,
        content.quarter,
        content.kind,
        JSON.stringify(content.body),
        content.hash,
        tx.scope.actor,
        at,
        content.commandId,
      ],
    );
  }

  /** Minutes and reasons of what the case has taken, in the order in which they were written. */
  async contents(tx: Tx, communityId: string, quarter: Quarter, caseId: string): Promise<StoredContent[]> {
    return tx.query<StoredContent>(
      `SELECT id, kind, body, author, at FROM quarter_content c
        WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3
          AND (command_id IS NULL OR EXISTS (
            SELECT FROM case_decision d WHERE d.tenant_id = $1 AND d.case_id = $4 AND d.command_id = c.command_id))
        ORDER BY at, id`,
      [tx.scope.tenant, communityId, quarter, caseId],
    );
  }

  /** The first one stands. */
  async addSnapshot(tx: Tx, snapshot: Snapshot): Promise<void> {
    await tx.query(
      `INSERT INTO quarter_snapshot (tenant_id, community_id, quarter, kind, content_bytes, hash, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, snapshot.communityId, snapshot.quarter, snapshot.kind, snapshot.bytes, snapshot.hash, snapshot.at],
    );
  }

  async snapshots(tx: Tx, communityId: string, quarter: Quarter): Promise<Snapshot[]> {
    return tx.query<Snapshot>(
      `SELECT community_id AS "communityId", quarter, kind, content_bytes AS bytes, hash, at FROM quarter_snapshot
        WHERE tenant_id = $1 AND community_id = $2 AND quarter = $3 ORDER BY kind`,
      [tx.scope.tenant, communityId, quarter],
    );
  }

  /** The newest of that kind from a quarter before. */
  async snapshotBefore(tx: Tx, communityId: string, quarter: Quarter, kind: string): Promise<Snapshot | undefined> {
    const [row] = await tx.query<Snapshot>(
      `SELECT community_id AS "communityId", quarter, kind, content_bytes AS bytes, hash, at FROM quarter_snapshot
        WHERE tenant_id = $1 AND community_id = $2 AND quarter < $3 AND kind = $4 ORDER BY quarter DESC LIMIT 1`,
      [tx.scope.tenant, communityId, quarter, kind],
    );
    return row;
  }

  /** What was kept of a community in those kinds, newest quarter first. */
  async snapshotKeys(tx: Tx, communityId: string, kinds: readonly string[]): Promise<SnapshotKey[]> {
    return tx.query<SnapshotKey>(
      `SELECT quarter, kind, hash, at FROM quarter_snapshot
        WHERE tenant_id = $1 AND community_id = $2 AND kind = ANY($3::text[]) ORDER BY quarter DESC, kind`,
      [tx.scope.tenant, communityId, kinds],
    );
  }
}
