import { Column, Entity } from 'typeorm';
import type { Instant } from '../kernel/time.ts';
import { BytesColumn, IdKey, InstantColumn, OrgPathColumn, TenantKey, TextColumn } from '../platform/database/columns.ts';
import { CODE, type FieldNote } from '../platform/database/registry.ts';

/** Goes with the key of whose it is. */
const RIGHTS_WORDS: FieldNote = { sensitivity: 2, purpose: 'request about own data', basis: 'statutoryDuty', retentionMonths: 36, mask: 'freeText' };

@Entity('rights_request')
export class RightsRequestRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @OrgPathColumn() orgPath: string;
  @Column({ name: 'community_id', type: 'uuid' }) communityId: string;
  @Column({ name: 'subject_id', type: 'uuid' }) subjectId: string;
  @Column({ name: 'need_id', type: 'uuid' }) needId: string;
  @Column({ name: 'submission_id', type: 'uuid', nullable: true }) submissionId: string | null;
  @TextColumn(CODE, { name: 'asked_right' }) askedRight: string;
  @TextColumn(CODE) channel: string;
  @TextColumn(CODE) status: string;
  @TextColumn(CODE, { nullable: true }) ground: string | null;
  @Column({ type: 'boolean' }) late: boolean;
  @InstantColumn({ nullable: true }) due: Instant | null;
  @Column({ name: 'calendar_version', type: 'integer', nullable: true }) calendarVersion: number | null;
  @InstantColumn({ name: 'copy_until', nullable: true }) copyUntil: Instant | null;
  @Column({ type: 'integer' }) version: number;
  @InstantColumn({ name: 'received_at' }) receivedAt: Instant;
  @InstantColumn({ name: 'moved_at' }) movedAt: Instant;
}

@Entity('rights_content')
export class RightsContentRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'request_id', type: 'uuid' }) requestId: string;
  @OrgPathColumn() orgPath: string;
  @TextColumn(CODE) kind: string;
  @BytesColumn(RIGHTS_WORDS) sealed: Buffer;
  @TextColumn(CODE, { name: 'command_id' }) commandId: string;
  @TextColumn(CODE) author: string;
  @InstantColumn() at: Instant;
}
