import { Column, Entity } from 'typeorm';
import type { Instant } from '../kernel/time.ts';
import { IdKey, InstantColumn, TenantKey, TextColumn } from '../platform/database/columns.ts';
import { CODE } from '../platform/database/registry.ts';

@Entity('approvals_request')
export class ApprovalRequestRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @TextColumn(CODE, { name: 'subject_kind' }) subjectKind: string;
  @TextColumn(CODE, { name: 'subject_id' }) subjectId: string;
  @TextColumn(CODE) digest: string;
  @Column({ type: 'integer' }) needed: number;
  @Column({ type: 'uuid', array: true }) preparers: string[];
  @InstantColumn({ name: 'opened_at' }) openedAt: Instant;
  @InstantColumn({ name: 'voided_at', nullable: true }) voidedAt: Instant | null;
}

@Entity('approvals_vote')
export class ApprovalVoteRow {
  @TenantKey() tenantId: string;
  @IdKey('request_id') requestId: string;
  @IdKey('person_id') personId: string;
  @TextColumn(CODE) digest: string;
  @TextColumn(CODE, { name: 'command_id' }) commandId: string;
  @Column({ name: 'account_id', type: 'uuid' }) accountId: string;
  @Column({ name: 'on_behalf_of', type: 'uuid', nullable: true }) onBehalfOf: string | null;
  @InstantColumn() at: Instant;
}
