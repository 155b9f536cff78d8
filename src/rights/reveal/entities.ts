import { Column, Entity } from 'typeorm';
import type { Instant } from '../../kernel/time.ts';
import { IdKey, InstantColumn, OrgPathColumn, TenantKey, TextColumn } from '../../platform/database/columns.ts';
import { CODE, INTERNAL } from '../../platform/database/registry.ts';

@Entity('rights_reveal')
export class RevealRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @OrgPathColumn() orgPath: string;
  @TextColumn(CODE, { name: 'record_kind' }) recordKind: string;
  @Column({ name: 'record_id', type: 'uuid' }) recordId: string;
  @TextColumn(CODE) field: string;
  @TextColumn({ ...INTERNAL, retentionMonths: 36 }) reason: string;
  @Column({ name: 'person_id', type: 'uuid' }) personId: string;
  @InstantColumn() at: Instant;
}
