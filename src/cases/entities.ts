import { Column, Entity } from 'typeorm';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant, LocalDate } from '../kernel/time.ts';
import { BytesColumn, DateColumn, InstantColumn, OrgPathColumn, TenantKey, TextColumn, TextKey } from '../platform/database/columns.ts';
import { CODE, type FieldNote } from '../platform/database/registry.ts';

/** Where a request came from; kept as long as the audit row that repeats it. */
const TRACE: FieldNote = { sensitivity: 1, purpose: 'audit', basis: 'statutoryDuty', retentionMonths: 36, mask: 'none' };

@Entity('case_head')
export class CaseHeadRow {
  @TenantKey() tenantId: string;
  @TextKey('case_id') caseId: string;
  @TextColumn(CODE) kind: string;
  @OrgPathColumn() orgPath: OrgPath;
  @Column({ type: 'integer' }) version: number;
  @TextColumn(CODE, { name: 'clock_mode' }) clockMode: string;
  @Column({ type: 'boolean' }) closed: boolean;
  @TextColumn(CODE, { name: 'parked_code', nullable: true }) parkedCode: string | null;
  @InstantColumn({ name: 'opened_at' }) openedAt: Instant;
  @InstantColumn({ name: 'moved_at' }) movedAt: Instant;
}

@Entity('case_event')
export class CaseEventRow {
  @TenantKey() tenantId: string;
  @TextKey('case_id') caseId: string;
  @Column({ type: 'integer', primary: true }) version: number;
  @TextColumn(CODE, { name: 'command_id' }) commandId: string;
  @TextColumn(CODE) type: string;
  @Column({ type: 'integer' }) schema: number;
  @BytesColumn(CODE, { name: 'event_bytes' }) eventBytes: Buffer;
  @Column({ type: 'bytea' }) hash: Buffer;
  @InstantColumn() at: Instant;
}

@Entity('open_wait')
export class OpenWaitRow {
  @TenantKey() tenantId: string;
  @TextKey('case_id') caseId: string;
  @TextKey('name') name: string;
  @TextColumn(CODE) kind: string;
  @OrgPathColumn() orgPath: OrgPath;
  @TextColumn(CODE, { name: 'owner_role' }) ownerRole: string;
  @Column({ name: 'owner_org_unit', type: 'uuid', nullable: true }) ownerOrgUnit: string | null;
  @InstantColumn({ nullable: true }) due: Instant | null;
  @InstantColumn({ name: 'wake_at', nullable: true }) wakeAt: Instant | null;
  @TextColumn(CODE) otherwise: string;
  @InstantColumn() since: Instant;
}

/** 催办 by hand: once a workday for each wait. */
@Entity('case_reminder')
export class CaseReminderRow {
  @TenantKey() tenantId: string;
  @TextKey('case_id') caseId: string;
  @TextKey('wait') wait: string;
  @DateColumn({ primary: true }) workday: LocalDate;
  @InstantColumn() at: Instant;
  @TextColumn(TRACE, { name: 'reminded_by' }) remindedBy: string;
}

@Entity('case_command')
export class CaseCommandRow {
  @TenantKey() tenantId: string;
  @TextKey('command_id') commandId: string;
  @TextColumn(CODE, { name: 'case_id' }) caseId: string;
  @TextColumn(CODE) kind: string;
  @TextColumn(CODE) type: string;
  @TextColumn(CODE, { nullable: true }) starts: string | null;
  @TextColumn(CODE, { nullable: true }) receipt: string | null;
  @TextColumn(TRACE) actor: string;
  @Column({ name: 'account_id', type: 'uuid', nullable: true }) accountId: string | null;
  @Column({ name: 'person_id', type: 'uuid', nullable: true }) personId: string | null;
  @Column({ name: 'on_behalf_of', type: 'uuid', nullable: true }) onBehalfOf: string | null;
  @BytesColumn(CODE, { name: 'command_bytes' }) commandBytes: Buffer;
  @TextColumn(CODE, { name: 'request_id', nullable: true }) requestId: string | null;
  @TextColumn(TRACE, { nullable: true }) network: string | null;
  @InstantColumn({ name: 'stored_at' }) storedAt: Instant;
  @InstantColumn({ name: 'sent_at' }) sentAt: Instant;
  @InstantColumn({ name: 'answered_at', nullable: true }) answeredAt: Instant | null;
  @InstantColumn({ name: 'taken_in_at', nullable: true }) takenInAt: Instant | null;
  @TextColumn(CODE, { nullable: true }) outcome: string | null;
}

@Entity('case_message')
export class CaseMessageRow {
  @TenantKey() tenantId: string;
  @TextKey('source_case') sourceCase: string;
  @Column({ name: 'source_version', type: 'integer', primary: true }) sourceVersion: number;
  @TextKey('target_case') targetCase: string;
  @TextColumn(CODE, { name: 'target_kind' }) targetKind: string;
  @TextColumn(CODE, { name: 'command_id' }) commandId: string;
  @BytesColumn(CODE, { name: 'command_bytes' }) commandBytes: Buffer;
  @InstantColumn({ name: 'told_at' }) toldAt: Instant;
  @InstantColumn({ name: 'sent_at' }) sentAt: Instant;
  @InstantColumn({ name: 'taken_at', nullable: true }) takenAt: Instant | null;
  @TextColumn(CODE, { nullable: true }) outcome: string | null;
}
