import { Column, Entity } from 'typeorm';
import type { Fen } from '../kernel/money.ts';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import {
  BytesColumn,
  IdKey,
  InstantColumn,
  JsonColumn,
  OrgPathColumn,
  TenantKey,
  TextColumn,
  WholeColumn,
} from '../platform/database/columns.ts';
import { CODE, INTERNAL, type FieldNote } from '../platform/database/registry.ts';

const NETWORK: FieldNote = { sensitivity: 1, purpose: 'protection of ratings', basis: 'publicInterest', retentionMonths: 1, mask: 'none' };
/** Goes with the key of who objected. */
const OBJECTOR: FieldNote = { sensitivity: 2, purpose: 'answering an objection', basis: 'publicInterest', retentionMonths: 36, mask: 'freeText' };

/** Marks, reasons and objections: immutable once stored, bound to their command by hash. */
@Entity('evaluation_content')
export class EvaluationContentRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'subject_id', type: 'uuid' }) subjectId: string;
  @TextColumn(CODE) kind: string;
  @JsonColumn({ ...INTERNAL, purpose: 'evaluation file', retentionMonths: 180 }) body: unknown;
  @TextColumn(CODE) hash: string;
  @TextColumn({ ...INTERNAL, purpose: 'authorship' }) author: string;
  @InstantColumn() at: Instant;
  @TextColumn(CODE, { name: 'command_id', nullable: true }) commandId: string | null;
}

/** One household served by a project; which household, only the slip knows. */
@Entity('evaluation_code')
export class RatingCodeRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'project_id', type: 'uuid' }) projectId: string;
  @Column({ name: 'served_number', type: 'integer' }) servedNumber: number;
  @BytesColumn(CODE, { name: 'code_hash' }) codeHash: Buffer;
  @TextColumn(CODE, { name: 'command_id' }) commandId: string;
  @InstantColumn({ name: 'issued_at' }) issuedAt: Instant;
  @InstantColumn({ name: 'expires_at' }) expiresAt: Instant;
}

@Entity('evaluation_rating')
export class RatingRow {
  @TenantKey() tenantId: string;
  @IdKey('code_id') codeId: string;
  @Column({ name: 'project_id', type: 'uuid' }) projectId: string;
  @Column({ type: 'integer' }) stars: number;
  @InstantColumn() at: Instant;
  @BytesColumn(NETWORK, { name: 'network_index', nullable: true }) networkIndex: Buffer | null;
  /** Real time. */
  @InstantColumn({ name: 'received_at', nullable: true }) receivedAt: Instant | null;
}

@Entity('evaluation_award')
export class AwardRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'project_id', type: 'uuid' }) projectId: string;
  @Column({ name: 'community_id', type: 'uuid' }) communityId: string;
  @OrgPathColumn() orgPath: OrgPath;
  @Column({ name: 'recipient_id', type: 'uuid' }) recipientId: string;
  @WholeColumn({ name: 'amount_fen' }) amountFen: Fen;
  @TextColumn(CODE) digest: string;
  @Column({ type: 'integer' }) needed: number;
  @Column({ type: 'integer' }) given: number;
  @TextColumn(CODE) status: string;
  @Column({ type: 'integer' }) version: number;
  @InstantColumn({ nullable: true }) due: Instant | null;
  @Column({ name: 'calendar_version', type: 'integer', nullable: true }) calendarVersion: number | null;
  @InstantColumn({ name: 'proposed_at' }) proposedAt: Instant;
  @InstantColumn({ name: 'moved_at' }) movedAt: Instant;
}

/** Who objects and why, sealed; it pauses one award and is answered in writing. */
@Entity('evaluation_objection')
export class ObjectionRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'award_id', type: 'uuid' }) awardId: string;
  @OrgPathColumn() orgPath: OrgPath;
  @TextColumn(CODE) channel: string;
  @Column({ name: 'unit_id', type: 'uuid', nullable: true }) unitId: string | null;
  @Column({ name: 'subject_id', type: 'uuid' }) subjectId: string;
  @BytesColumn(OBJECTOR) sealed: Buffer;
  @BytesColumn(OBJECTOR, { name: 'phone_index', nullable: true }) phoneIndex: Buffer | null;
  @BytesColumn(CODE, { name: 'follow_up_hash', nullable: true }) followUpHash: Buffer | null;
  @TextColumn(CODE) state: string;
  @Column({ name: 'answer_id', type: 'uuid', nullable: true }) answerId: string | null;
  @InstantColumn({ name: 'settled_at', nullable: true }) settledAt: Instant | null;
  @TextColumn({ ...INTERNAL, purpose: 'authorship' }) author: string;
  @InstantColumn() at: Instant;
}
