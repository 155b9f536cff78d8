import { Column, Entity } from 'typeorm';
import type { Instant } from '../../kernel/time.ts';
import { InstantColumn, OrgPathColumn, TenantKey, TextColumn, WholeColumn } from '../../platform/database/columns.ts';
import { CODE } from '../../platform/database/registry.ts';

/** What changed, for those who look at it just now; kept for a day. */
@Entity('change_note')
export class ChangeNoteRow {
  @TenantKey() tenantId: string;
  @WholeColumn({ primary: true }) seq: number;
  /** Of the transaction that changed it. */
  @WholeColumn() xid: number;
  @TextColumn(CODE) kind: string;
  @TextColumn(CODE, { nullable: true }) id: string | null;
  @Column({ type: 'integer', nullable: true }) version: number | null;
  @OrgPathColumn() orgPath: string | null;
  @Column({ type: 'uuid', array: true }) units: string[];
  @TextColumn(CODE, { nullable: true }) recipient: string | null;
  @InstantColumn({ name: 'noted_at' }) notedAt: Instant;
}
