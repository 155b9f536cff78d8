import { Column, Entity } from 'typeorm';
import type { Instant } from '../../kernel/time.ts';
import { IdKey, InstantColumn, OrgPathColumn, TenantKey, TextColumn } from '../../platform/database/columns.ts';
import { CODE, INTERNAL } from '../../platform/database/registry.ts';

@Entity('needs_hold')
export class HoldRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @TextColumn(CODE, { name: 'record_kind' }) recordKind: string;
  @Column({ name: 'record_id', type: 'uuid' }) recordId: string;
  @OrgPathColumn() orgPath: string;
  @TextColumn(CODE) ground: string;
  @TextColumn(INTERNAL) note: string;
  @InstantColumn({ name: 'placed_at' }) placedAt: Instant;
  @TextColumn(CODE, { name: 'placed_by' }) placedBy: string;
  @InstantColumn({ name: 'lifted_at', nullable: true }) liftedAt: Instant | null;
  @TextColumn(CODE, { name: 'lifted_by', nullable: true }) liftedBy: string | null;
}
