import { Entity } from 'typeorm';
import type { Instant } from '../../kernel/time.ts';
import { BytesColumn, IdKey, InstantColumn, TenantKey } from '../database/columns.ts';

@Entity('subject_key')
export class SubjectKeyRow {
  @TenantKey() tenantId: string;
  @IdKey('subject_id') subjectId: string;
  /** Sealed by a master key that never enters the database; null once destroyed. */
  @BytesColumn(
    { sensitivity: 3, purpose: 'encryption', basis: 'statutoryDuty', retentionMonths: null, mask: 'freeText' },
    { nullable: true },
  )
  wrapped: Buffer | null;
  @InstantColumn({ name: 'created_at' }) createdAt: Instant;
  @InstantColumn({ name: 'destroyed_at', nullable: true }) destroyedAt: Instant | null;
}
