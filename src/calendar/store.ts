import { Injectable } from '@nestjs/common';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import type { YearNotice } from './model.ts';

/** Which notices the tenant has entered, without their content. */
export interface Edition {
  readonly revision: number;
  /** The hashes of all of them, in order: equal keys are equal calendars. */
  readonly key: string;
}

export interface Publication {
  readonly notice: YearNotice;
  readonly hash: string;
  readonly reason: string;
  readonly at: Instant;
}

export interface StoredPublication {
  readonly revision: number;
  readonly notice: YearNotice;
  readonly reason: string;
  readonly publishedBy: string;
  readonly publishedAt: Instant;
}

export interface StoredClock {
  readonly mode: 'virtual' | 'live';
  readonly nowAt: Instant;
  /** False while this very transaction has written it and may still roll back. */
  readonly settled: boolean;
}

@Injectable()
export class CalendarStore {
  async edition(tx: Tx): Promise<Edition> {
    const [row] = await tx.lookup<Edition>(
      `SELECT count(*)::integer AS revision, coalesce(string_agg(hash, '.' ORDER BY revision), '') AS key
         FROM calendar_publication WHERE tenant_id = $1`,
      [tx.scope.tenant],
    );
    return row ?? { revision: 0, key: '' };
  }

  async publications(tx: Tx): Promise<StoredPublication[]> {
    return tx.query<StoredPublication>(
      `SELECT revision, notice, reason, published_by AS "publishedBy", published_at AS "publishedAt"
         FROM calendar_publication WHERE tenant_id = $1 ORDER BY revision`,
      [tx.scope.tenant],
    );
  }

  /** Until the transaction ends no other may publish for this tenant, so that revisions have no gap and no rival. */
  async lockPublications(tx: Tx): Promise<void> {
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('calendar_publication/' || $1, 0))", [tx.scope.tenant]);
  }

  async insertPublication(tx: Tx, revision: number, publication: Publication): Promise<void> {
    await tx.query(
      `INSERT INTO calendar_publication (tenant_id, revision, year, notice, hash, reason, published_by, published_at)
       VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8)`,
      [
        tx.scope.tenant,
        revision,
        publication.notice.year,
        JSON.stringify(publication.notice),
        publication.hash,
        publication.reason,
        tx.scope.actor,
        publication.at,
      ],
    );
  }

  async clock(tx: Tx): Promise<StoredClock | undefined> {
    const [row] = await tx.query<StoredClock>(
      `SELECT mode, now_at AS "nowAt", xmin IS DISTINCT FROM pg_current_xact_id_if_assigned()::xid AS settled
         FROM calendar_clock WHERE tenant_id = $1`,
      [tx.scope.tenant],
    );
    return row;
  }

  /** False if the tenant has a clock already. */
  async insertClock(tx: Tx, mode: 'virtual' | 'live', nowAt: Instant): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO calendar_clock (tenant_id, mode, now_at) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING mode`,
      [tx.scope.tenant, mode, nowAt],
    );
    return rows.length > 0;
  }

  /** False if it is live, absent, or already later. */
  async advanceClock(tx: Tx, to: Instant): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE calendar_clock SET now_at = $2
        WHERE tenant_id = $1 AND mode = 'virtual' AND now_at <= $2 RETURNING mode`,
      [tx.scope.tenant, to],
    );
    return rows.length > 0;
  }

  /** False if it is live, absent, or ahead of the wall clock. */
  async endVirtualClock(tx: Tx, wallNow: Instant): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE calendar_clock SET mode = 'live'
        WHERE tenant_id = $1 AND mode = 'virtual' AND now_at <= $2 RETURNING mode`,
      [tx.scope.tenant, wallNow],
    );
    return rows.length > 0;
  }
}
