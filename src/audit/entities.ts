import { Column, Entity } from 'typeorm';
import type { Instant } from '../kernel/time.ts';
import { BytesColumn, IdKey, InstantColumn, TenantKey, TextColumn } from '../platform/database/columns.ts';
import { CODE, type FieldNote } from '../platform/database/registry.ts';

/** Cybersecurity law asks for 6 months of logs; the product keeps 36, money 15 years (trust.md §5). */
const TRACE: FieldNote = {
  sensitivity: 1,
  purpose: 'audit',
  basis: 'statutoryDuty',
  retentionMonths: 36,
  mask: 'none',
};

@Entity('audit_event')
export class AuditEventRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @InstantColumn() at: Instant;
  @TextColumn(TRACE) actor: string;
  @Column({ name: 'account_id', type: 'uuid', nullable: true }) accountId: string | null;
  @Column({ name: 'person_id', type: 'uuid', nullable: true }) personId: string | null;
  @TextColumn(TRACE, { name: 'on_behalf_of', nullable: true }) onBehalfOf: string | null;
  @TextColumn(CODE, { nullable: true }) role: string | null;
  @TextColumn(CODE) action: string;
  @TextColumn(CODE) subject: string;
  @TextColumn(CODE) outcome: string;
  @Column({ name: 'case_version', type: 'integer', nullable: true }) caseVersion: number | null;
  @TextColumn(CODE, { name: 'command_id', nullable: true }) commandId: string | null;
  @TextColumn(CODE, { name: 'request_id', nullable: true }) requestId: string | null;
  @TextColumn(TRACE, { nullable: true }) network: string | null;
  @TextColumn(CODE, { name: 'policy_hash', nullable: true }) policyHash: string | null;
  @BytesColumn(TRACE, { name: 'event_bytes' }) eventBytes: Buffer;
  @Column({ type: 'bytea' }) hash: Buffer;
}
