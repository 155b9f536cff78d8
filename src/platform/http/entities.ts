import { Column, Entity } from 'typeorm';
import type { Instant } from '../../kernel/time.ts';
import { InstantColumn, JsonColumn, TenantKey, TextColumn, TextKey } from '../database/columns.ts';
import { CODE, type FieldNote } from '../database/registry.ts';

/** Answers are what the sender may see anyway, and go when the key expires. */
const REPLAY: FieldNote = {
  sensitivity: 2,
  purpose: 'repeating the answer to a repeated request',
  basis: 'statutoryDuty',
  retentionMonths: 1,
  mask: 'freeText',
};

/** One row for each intended change; written with the work it stands for. */
@Entity('idempotency_key')
export class IdempotencyKey {
  @TenantKey()
  tenantId: string;

  @TextKey('command_id')
  commandId: string;

  @TextColumn(CODE)
  actor: string;

  @TextColumn(CODE)
  fingerprint: string;

  @Column({ type: 'smallint', nullable: true })
  status: number | null;

  @JsonColumn(REPLAY, { nullable: true })
  answer: unknown;

  @InstantColumn()
  at: Instant;

  @InstantColumn({ name: 'stored_at' })
  storedAt: Instant;
}
