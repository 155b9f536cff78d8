import { Column, Entity } from 'typeorm';
import type { Instant } from '../../kernel/time.ts';
import { BytesColumn, IdKey, InstantColumn, JsonColumn, OrgPathColumn, TenantKey, TextColumn, TextKey } from '../../platform/database/columns.ts';
import { CODE, INTERNAL, type FieldNote } from '../../platform/database/registry.ts';
import { NETWORK_MARK_MONTHS } from './model.ts';

/** A resident's own words and contact, kept no longer than three years after the matter is closed. */
const RESIDENT_WORDS: FieldNote = { sensitivity: 2, purpose: 'answering a need', basis: 'consent', retentionMonths: 36, mask: 'freeText' };
const MARKS: FieldNote = { ...INTERNAL, purpose: 'counting of a survey', basis: 'publicInterest', retentionMonths: 36 };
const NETWORK: FieldNote = { ...INTERNAL, purpose: 'protection of public forms', basis: 'publicInterest', retentionMonths: NETWORK_MARK_MONTHS };

@Entity('needs_submission')
export class SubmissionRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @OrgPathColumn() orgPath: string;
  @Column({ name: 'community_id', type: 'uuid' }) communityId: string;
  @Column({ name: 'survey_id', type: 'uuid', nullable: true }) surveyId: string | null;
  @TextColumn(CODE) channel: string;
  @TextColumn(CODE) state: string;
  @TextColumn(CODE, { array: true }) doubts: string[];
  @JsonColumn(MARKS) answers: unknown;
  @TextColumn(CODE, { nullable: true }) category: string | null;
  @Column({ name: 'subject_id', type: 'uuid' }) subjectId: string;
  @BytesColumn(RESIDENT_WORDS, { name: 'content_sealed' }) contentSealed: Buffer;
  @TextColumn(CODE, { name: 'entered_by' }) enteredBy: string;
  @Column({ name: 'on_behalf', type: 'boolean' }) onBehalf: boolean;
  @InstantColumn({ name: 'submitted_at' }) submittedAt: Instant;
  @InstantColumn({ name: 'received_at' }) receivedAt: Instant;
  @TextColumn(CODE, { name: 'ticket_id', nullable: true }) ticketId: string | null;
  @BytesColumn(NETWORK, { name: 'network_index', nullable: true }) networkIndex: Buffer | null;
  @BytesColumn(CODE, { name: 'follow_up_hash', nullable: true }) followUpHash: Buffer | null;
  @Column({ name: 'need_id', type: 'uuid', nullable: true }) needId: string | null;
  @InstantColumn({ name: 'settled_at', nullable: true }) settledAt: Instant | null;
  @TextColumn(CODE, { name: 'settled_by', nullable: true }) settledBy: string | null;
}

/** Who agreed to which notice, how, and who wrote it down; never changed. */
@Entity('needs_consent')
export class ConsentRow {
  @TenantKey() tenantId: string;
  @IdKey('submission_id') submissionId: string;
  @TextKey('purpose') purpose: string;
  @OrgPathColumn() orgPath: string;
  @Column({ name: 'subject_id', type: 'uuid' }) subjectId: string;
  @TextColumn(CODE, { name: 'notice_version' }) noticeVersion: string;
  @TextColumn(CODE, { name: 'notice_hash' }) noticeHash: string;
  @TextColumn(CODE) channel: string;
  @InstantColumn({ name: 'given_at' }) givenAt: Instant;
  @TextColumn(CODE, { name: 'recorded_by' }) recordedBy: string;
}

/** That consent was taken back, how, and who wrote it down; never changed. */
@Entity('needs_consent_withdrawal')
export class ConsentWithdrawalRow {
  @TenantKey() tenantId: string;
  @IdKey('subject_id') subjectId: string;
  @OrgPathColumn() orgPath: string;
  @TextColumn(CODE) channel: string;
  @InstantColumn({ name: 'withdrawn_at' }) withdrawnAt: Instant;
  @TextColumn(CODE, { name: 'recorded_by' }) recordedBy: string;
}

@Entity('needs_remark')
export class RemarkRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'submission_id', type: 'uuid' }) submissionId: string;
  @OrgPathColumn() orgPath: string;
  @BytesColumn(RESIDENT_WORDS, { name: 'text_sealed' }) textSealed: Buffer;
  @InstantColumn() at: Instant;
}
