import { Column, Entity } from 'typeorm';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant, LocalDate } from '../kernel/time.ts';
import {
  DateColumn,
  IdKey,
  InstantColumn,
  JsonColumn,
  OrgPathColumn,
  TenantKey,
  TextColumn,
  WholeColumn,
} from '../platform/database/columns.ts';
import { CODE, INTERNAL } from '../platform/database/registry.ts';

@Entity('matching_run')
export class MatchingRunRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @OrgPathColumn() orgPath: OrgPath;
  @Column({ type: 'integer' }) version: number;
  @TextColumn(CODE) status: string;
  @Column({ name: 'policy_version', type: 'integer' }) policyVersion: number;
  @Column({ type: 'integer' }) revision: number;
  @Column({ name: 'facts_revision', type: 'integer', default: 1 }) factsRevision: number;
  @TextColumn(CODE, { nullable: true }) rule: string | null;
  @JsonColumn(CODE) choices: unknown;
  @TextColumn(CODE, { name: 'input_hash', nullable: true }) inputHash: string | null;
  @TextColumn(CODE, { name: 'plan_hash', nullable: true }) planHash: string | null;
  @WholeColumn({ nullable: true }) seed: number | null;
  @WholeColumn({ nullable: true }) value: number | null;
  @WholeColumn({ nullable: true }) price: number | null;
  @Column({ type: 'integer', nullable: true }) matched: number | null;
  @Column({ type: 'integer', nullable: true }) unmatched: number | null;
  @Column({ type: 'integer', nullable: true }) projects: number | null;
  @InstantColumn({ nullable: true }) due: Instant | null;
  @Column({ type: 'boolean' }) late: boolean;
  @InstantColumn({ name: 'opened_at' }) openedAt: Instant;
  @TextColumn({ ...INTERNAL, purpose: 'responsibility' }, { name: 'opened_by' }) openedBy: string;
  @InstantColumn({ name: 'changed_at', nullable: true }) changedAt: Instant | null;
  @TextColumn({ ...INTERNAL, purpose: 'responsibility' }, { name: 'changed_by', nullable: true }) changedBy: string | null;
  @Column({ name: 'change_reason', type: 'uuid', nullable: true }) changeReason: string | null;
  @InstantColumn({ name: 'decided_at', nullable: true }) decidedAt: Instant | null;
  @TextColumn({ ...INTERNAL, purpose: 'responsibility' }, { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @TextColumn(CODE, { name: 'end_code', nullable: true }) endCode: string | null;
  @Column({ name: 'calendar_version', type: 'integer', nullable: true }) calendarVersion: number | null;
}

@Entity('matching_progress')
export class MatchingProgressRow {
  @TenantKey() tenantId: string;
  @IdKey('run_id') runId: string;
  @Column({ type: 'integer' }) revision: number;
  @TextColumn(CODE) phase: string;
  @WholeColumn() done: number;
  @WholeColumn() total: number;
}

@Entity('matching_facts')
export class MatchingFactsRow {
  @TenantKey() tenantId: string;
  @IdKey('run_id') runId: string;
  @Column({ type: 'integer', primary: true, default: 1 }) revision: number;
  @TextColumn(CODE, { name: 'input_hash' }) inputHash: string;
  @JsonColumn({ ...INTERNAL, purpose: 'what a plan was decided by' }) facts: unknown;
  @InstantColumn() at: Instant;
}

@Entity('matching_plan')
export class MatchingPlanRow {
  @TenantKey() tenantId: string;
  @IdKey('run_id') runId: string;
  @Column({ type: 'integer', primary: true }) revision: number;
  @TextColumn(CODE, { name: 'plan_hash' }) planHash: string;
  @JsonColumn(CODE) plan: unknown;
  @JsonColumn(CODE) choices: unknown;
  @InstantColumn() at: Instant;
}

@Entity('matching_decision')
export class MatchingDecisionRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'run_id', type: 'uuid', nullable: true }) runId: string | null;
  @Column({ type: 'integer', nullable: true }) revision: number | null;
  @Column({ name: 'project_id', type: 'uuid', nullable: true }) projectId: string | null;
  @Column({ name: 'proposal_id', type: 'uuid' }) proposalId: string;
  @Column({ name: 'offer_id', type: 'uuid', nullable: true }) offerId: string | null;
  @Column({ name: 'unit_id', type: 'uuid', nullable: true }) unitId: string | null;
  @JsonColumn({ ...INTERNAL, purpose: 'explanation of a decision' }) decision: unknown;
  @InstantColumn() at: Instant;
}

@Entity('matching_content')
export class MatchingContentRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'run_id', type: 'uuid' }) runId: string;
  @TextColumn(CODE) kind: string;
  @TextColumn({ ...INTERNAL, purpose: 'reason of a change or a cancellation' }) reason: string;
  @TextColumn(CODE) hash: string;
  @TextColumn({ ...INTERNAL, purpose: 'authorship' }) author: string;
  @InstantColumn() at: Instant;
  @TextColumn(CODE, { name: 'command_id', nullable: true }) commandId: string | null;
}

@Entity('matching_exclusion')
export class MatchingExclusionRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @Column({ name: 'proposal_id', type: 'uuid', nullable: true }) proposalId: string | null;
  @TextColumn(CODE, { name: 'reason_code' }) reasonCode: string;
  @TextColumn({ ...INTERNAL, purpose: 'reason of an exclusion' }) note: string;
  @DateColumn({ name: 'from_on' }) fromOn: LocalDate;
  @DateColumn({ name: 'until_on', nullable: true }) untilOn: LocalDate | null;
  @TextColumn({ ...INTERNAL, purpose: 'responsibility' }, { name: 'decided_by' }) decidedBy: string;
  @InstantColumn({ name: 'decided_at' }) decidedAt: Instant;
  @Column({ type: 'integer' }) version: number;
}

@Entity('matching_preference')
export class MatchingPreferenceRow {
  @TenantKey() tenantId: string;
  @IdKey('unit_id') unitId: string;
  @IdKey('proposal_id') proposalId: string;
  @TextColumn({ ...INTERNAL, purpose: 'responsibility' }, { name: 'declared_by' }) declaredBy: string;
  @InstantColumn({ name: 'declared_at' }) declaredAt: Instant;
}
