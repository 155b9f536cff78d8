import { Column, Entity } from 'typeorm';
import type { Fen } from '../kernel/money.ts';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import {
  IdKey,
  InstantColumn,
  JsonColumn,
  OrgPathColumn,
  TenantKey,
  TextColumn,
  TextKey,
  WholeColumn,
} from '../platform/database/columns.ts';
import { CODE, INTERNAL } from '../platform/database/registry.ts';

@Entity('project')
export class ProjectRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ type: 'integer' }) ordinal: number;
  @TextColumn(CODE) number: string;
  @TextColumn({ ...INTERNAL, sensitivity: 0, purpose: 'public project list' }) title: string;
  @TextColumn(CODE, { name: 'source_number', nullable: true }) sourceNumber: string | null;
  @InstantColumn({ name: 'led_before', nullable: true }) ledBefore: Instant | null;
  @TextColumn(CODE) category: string;
  @Column({ name: 'proposal_id', type: 'uuid' }) proposalId: string;
  @Column({ name: 'community_id', type: 'uuid' }) communityId: string;
  @OrgPathColumn() orgPath: OrgPath;
  @Column({ type: 'integer' }) version: number;
  @TextColumn(CODE) status: string;
  @WholeColumn({ name: 'budget_fen' }) budgetFen: Fen;
  @Column({ name: 'offered_to', type: 'uuid', nullable: true }) offeredTo: string | null;
  @Column({ name: 'lead_unit', type: 'uuid', nullable: true }) leadUnit: string | null;
  @Column({ name: 'implementer_id', type: 'uuid', nullable: true }) implementerId: string | null;
  @Column({ name: 'policy_version', type: 'integer', nullable: true }) policyVersion: number | null;
  @InstantColumn({ nullable: true }) due: Instant | null;
  @Column({ name: 'calendar_version', type: 'integer', nullable: true }) calendarVersion: number | null;
  @Column({ type: 'boolean' }) late: boolean;
  @TextColumn(CODE, { nullable: true }) grade: string | null;
  @WholeColumn({ name: 'award_fen', nullable: true }) awardFen: Fen | null;
  @InstantColumn({ name: 'created_at' }) createdAt: Instant;
  @InstantColumn({ name: 'moved_at' }) movedAt: Instant;
  /** By what is due; made by the database. */
  @WholeColumn({ name: 'due_order', insert: false, update: false }) dueOrder: number;
  @TextColumn({ ...INTERNAL, sensitivity: 0, purpose: 'public project list' }, { array: true, default: [] }) words: string[];
}

@Entity('project_number')
export class ProjectNumberRow {
  @TenantKey() tenantId: string;
  @Column({ type: 'integer' }) last: number;
}

/** Texts of reports, reasons and agreements: immutable once stored, bound to their command by hash. */
@Entity('project_content')
export class ProjectContentRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'project_id', type: 'uuid' }) projectId: string;
  @TextColumn(CODE) kind: string;
  @JsonColumn({ ...INTERNAL, purpose: 'project file', retentionMonths: 180 }) body: unknown;
  @TextColumn(CODE) hash: string;
  @TextColumn({ ...INTERNAL, purpose: 'authorship' }) author: string;
  @InstantColumn() at: Instant;
  @TextColumn(CODE, { name: 'command_id', nullable: true }) commandId: string | null;
}

@Entity('project_report')
export class ProjectReportRow {
  @TenantKey() tenantId: string;
  @IdKey('project_id') projectId: string;
  @TextKey('quarter') quarter: string;
  @TextColumn(CODE) status: string;
  @Column({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @Column({ name: 'content_id', type: 'uuid', nullable: true }) contentId: string | null;
  @Column({ type: 'integer' }) served: number;
  @WholeColumn({ name: 'spent_fen' }) spentFen: Fen;
  @Column({ type: 'boolean' }) late: boolean;
  @InstantColumn({ name: 'submitted_at', nullable: true }) submittedAt: Instant | null;
  @InstantColumn({ name: 'settled_at', nullable: true }) settledAt: Instant | null;
}

@Entity('project_answered_need')
export class ProjectAnsweredNeedRow {
  @TenantKey() tenantId: string;
  @IdKey('project_id') projectId: string;
  @TextKey('quarter') quarter: string;
  @IdKey('need_id') needId: string;
}

/** Somebody said that the public title tells of a neighbour; who, nobody knows. */
@Entity('project_exposure')
export class ProjectExposureRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'project_id', type: 'uuid' }) projectId: string;
  @OrgPathColumn() orgPath: OrgPath;
  @TextColumn(CODE) state: string;
  @InstantColumn({ name: 'reported_at' }) reportedAt: Instant;
  @InstantColumn({ name: 'decided_at', nullable: true }) decidedAt: Instant | null;
  @TextColumn(CODE, { name: 'decided_by', nullable: true }) decidedBy: string | null;
}
