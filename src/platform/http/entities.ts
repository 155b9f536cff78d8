import { Column, Entity } from 'typeorm';
import type { Instant } from '../../kernel/time.ts';
import { BytesKey, InstantColumn, JsonColumn, TenantKey, TextColumn, TextKey } from '../database/columns.ts';
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

/** How many requests of a network or a person in the present window. */
@Entity('rate_count')
export class RateCountRow {
  /** Empty for those who have not said who they are. */
  @TenantKey()
  tenantId: string;

  /** Keyed digest of the limit and of whom it counts: neither can be read from it. */
  @BytesKey('counter')
  counter: Buffer;

  @Column({ type: 'integer' })
  hits: number;

  @InstantColumn({ name: 'ends_at' })
  endsAt: Instant;
}
