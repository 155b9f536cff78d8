import { Column, Entity } from 'typeorm';
import type { Instant } from '../kernel/time.ts';
import { InstantColumn, TenantKey, TextColumn } from '../platform/database/columns.ts';
import { CODE } from '../platform/database/registry.ts';

@Entity('recovery_mode')
export class RecoveryModeRow {
  @TenantKey() tenantId: string;
  @TextColumn(CODE) mode: string;
  @Column({ type: 'integer' }) epoch: number;
  @TextColumn(CODE) reason: string;
  @InstantColumn() since: Instant;
}
