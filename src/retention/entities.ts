import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../kernel/time.ts';
import { TenantKey, TextKey } from '../platform/database/columns.ts';

/** How much was destroyed because its term was over; never what. */
@Entity('retention_run')
export class RetentionRunRow {
  @TenantKey() tenantId: string;
  @TextKey('retained') retained: string;
  @PrimaryColumn({ type: 'timestamptz' }) at: Instant;
  @Column({ type: 'integer' }) removed: number;
}
