import { Column, Entity } from 'typeorm';
import type { Instant } from '../kernel/time.ts';
import { BytesColumn, DateColumn, IdKey, InstantColumn, TenantKey, TextColumn } from '../platform/database/columns.ts';
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

/** Hashes of what is sealed: no person in them. */
@Entity('audit_block')
export class AuditBlockRow {
  @TenantKey() tenantId: string;
  @Column({ type: 'integer', primary: true }) number: number;
  @Column({ type: 'bytea' }) prev: Buffer;
  @Column({ type: 'bytea' }) root: Buffer;
  @Column({ type: 'integer' }) count: number;
  @Column({ type: 'bytea' }) hash: Buffer;
  @Column({ type: 'bytea' }) leaves: Buffer;
  @InstantColumn({ name: 'sealed_at' }) sealedAt: Instant;
}

@Entity('audit_anchor')
export class AuditAnchorRow {
  @TenantKey() tenantId: string;
  @DateColumn({ primary: true }) day: string;
  @Column({ type: 'integer' }) number: number;
  @TextColumn(CODE, { name: 'key_id' }) keyId: string;
  @BytesColumn(CODE, { name: 'statement_bytes' }) statementBytes: Buffer;
  @Column({ type: 'bytea' }) signature: Buffer;
  @InstantColumn({ name: 'signed_at' }) signedAt: Instant;
}

/** That rows past their term went from these blocks, and a digest of what went. */
@Entity('audit_removal')
export class AuditRemovalRow {
  @TenantKey() tenantId: string;
  @Column({ name: 'from_block', type: 'integer' }) fromBlock: number;
  @Column({ name: 'until_block', type: 'integer', primary: true }) untilBlock: number;
  @Column({ type: 'integer' }) removed: number;
  @Column({ type: 'bytea' }) digest: Buffer;
  @InstantColumn() at: Instant;
}
