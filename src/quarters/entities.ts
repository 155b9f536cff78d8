import { Column, Entity } from 'typeorm';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant, LocalDate } from '../kernel/time.ts';
import {
  BytesColumn,
  DateColumn,
  IdKey,
  InstantColumn,
  JsonColumn,
  OrgPathColumn,
  TenantKey,
  TextColumn,
  TextKey,
} from '../platform/database/columns.ts';
import { CODE, INTERNAL } from '../platform/database/registry.ts';

@Entity('quarter_cycle')
export class QuarterCycleRow {
  @TenantKey() tenantId: string;
  @IdKey('community_id') communityId: string;
  @TextKey('quarter') quarter: string;
  @OrgPathColumn() orgPath: OrgPath;
  @Column({ type: 'integer' }) version: number;
  @TextColumn(CODE) status: string;
  @Column({ name: 'policy_version', type: 'integer' }) policyVersion: number;
  @DateColumn({ name: 'meeting_on' }) meetingOn: LocalDate;
  @Column({ name: 'meeting_fixed', type: 'boolean' }) meetingFixed: boolean;
  @Column({ name: 'meeting_late', type: 'boolean' }) meetingLate: boolean;
  @Column({ name: 'calendar_version', type: 'integer' }) calendarVersion: number;
  @Column({ type: 'boolean' }) provisional: boolean;
  @InstantColumn({ name: 'reports_due' }) reportsDue: Instant;
  @Column({ type: 'integer', nullable: true }) asked: number | null;
  @Column({ type: 'integer', nullable: true }) resolutions: number | null;
  @InstantColumn({ name: 'held_at', nullable: true }) heldAt: Instant | null;
  @InstantColumn({ name: 'published_at', nullable: true }) publishedAt: Instant | null;
  @InstantColumn({ name: 'opened_at' }) openedAt: Instant;
  @InstantColumn({ name: 'moved_at' }) movedAt: Instant;
}

/** What each project owes for a quarter; its unit is the lead at the time of asking. */
@Entity('report_due')
export class ReportDueRow {
  @TenantKey() tenantId: string;
  @IdKey('project_id') projectId: string;
  @TextKey('quarter') quarter: string;
  @Column({ name: 'community_id', type: 'uuid' }) communityId: string;
  @Column({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @InstantColumn() due: Instant;
  @InstantColumn({ name: 'asked_at' }) askedAt: Instant;
  @InstantColumn({ name: 'submitted_at', nullable: true }) submittedAt: Instant | null;
  @InstantColumn({ name: 'settled_at', nullable: true }) settledAt: Instant | null;
  @TextColumn(CODE, { nullable: true }) outcome: string | null;
  @Column({ type: 'boolean', default: false }) late: boolean;
  @Column({ type: 'integer', default: 0 }) reminded: number;
}

/** Minutes and reasons: immutable once stored, bound to their command by hash. */
@Entity('quarter_content')
export class QuarterContentRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'community_id', type: 'uuid' }) communityId: string;
  @TextColumn(CODE) quarter: string;
  @TextColumn(CODE) kind: string;
  @JsonColumn({ ...INTERNAL, purpose: 'meeting file', retentionMonths: 180 }) body: unknown;
  @TextColumn(CODE) hash: string;
  @TextColumn({ ...INTERNAL, purpose: 'authorship' }) author: string;
  @InstantColumn() at: Instant;
  @TextColumn(CODE, { name: 'command_id', nullable: true }) commandId: string | null;
}

/** What was known on a day, in exact bytes; what comes later is an addendum, never a change. */
@Entity('quarter_snapshot')
export class QuarterSnapshotRow {
  @TenantKey() tenantId: string;
  @IdKey('community_id') communityId: string;
  @TextKey('quarter') quarter: string;
  @TextKey('kind') kind: string;
  @BytesColumn(INTERNAL, { name: 'content_bytes' }) contentBytes: Buffer;
  @Column({ type: 'bytea' }) hash: Buffer;
  @InstantColumn() at: Instant;
}
