import { Column, Entity } from 'typeorm';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import { IdKey, InstantColumn, JsonColumn, OrgPathColumn, TenantKey, TextColumn } from '../platform/database/columns.ts';
import { CODE, INTERNAL, type FieldNote } from '../platform/database/registry.ts';

const WHY: FieldNote = { ...INTERNAL, purpose: 'account of what was taken out', basis: 'statutoryDuty', retentionMonths: 36, mask: 'freeText' };

@Entity('exports_export')
export class ExportRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @TextColumn(CODE) number: string;
  @TextColumn(CODE) list: string;
  @TextColumn(CODE) format: string;
  @TextColumn(CODE) language: string;
  /** Words that were searched for may stand in it. */
  @JsonColumn({ ...WHY, sensitivity: 2 }) filter: Record<string, string>;
  @TextColumn(WHY, { nullable: true }) reason: string | null;
  @Column({ type: 'boolean' }) personal: boolean;
  @Column({ type: 'integer' }) rows: number;
  @TextColumn(CODE) digest: string;
  @OrgPathColumn() orgPath: OrgPath;
  @Column({ name: 'account_id', type: 'uuid' }) accountId: string;
  @Column({ name: 'person_id', type: 'uuid' }) personId: string;
  @Column({ name: 'needs_release', type: 'boolean' }) needsRelease: boolean;
  @InstantColumn({ name: 'requested_at' }) requestedAt: Instant;
  @InstantColumn({ name: 'released_at', nullable: true }) releasedAt: Instant | null;
  @InstantColumn({ name: 'refused_at', nullable: true }) refusedAt: Instant | null;
  @TextColumn(WHY, { nullable: true }) refusal: string | null;
  @InstantColumn({ name: 'expires_at' }) expiresAt: Instant;
}
