import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../kernel/time.ts';
import { InstantColumn, JsonColumn, TenantKey, TextColumn } from '../platform/database/columns.ts';
import { CODE, INTERNAL, type FieldNote } from '../platform/database/registry.ts';
import type { YearNotice } from './model.ts';

const NOTICE: FieldNote = { ...CODE, purpose: 'what the State Council published' };

/** A notice that a manager entered: a new year, or the second paper of one. The newest of a year counts. */
@Entity('calendar_publication')
export class CalendarPublicationRow {
  @TenantKey() tenantId: string;
  @PrimaryColumn({ type: 'integer' }) revision: number;
  @Column({ type: 'integer' }) year: number;
  @JsonColumn(NOTICE) notice: YearNotice;
  @TextColumn(CODE) hash: string;
  @TextColumn(INTERNAL) reason: string;
  @TextColumn(CODE, { name: 'published_by' }) publishedBy: string;
  @InstantColumn({ name: 'published_at' }) publishedAt: Instant;
}

/** The tenant's business clock; a tenant without a row lives on the wall clock. */
@Entity('calendar_clock')
export class CalendarClockRow {
  @TenantKey() tenantId: string;
  @TextColumn(CODE) mode: 'virtual' | 'live';
  /** Where the virtual clock stands, or stood when it went live. */
  @InstantColumn({ name: 'now_at' }) nowAt: Instant;
}
