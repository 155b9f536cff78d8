import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant, LocalDate } from '../kernel/time.ts';
import {
  BytesColumn,
  DateColumn,
  IdKey,
  InstantColumn,
  JsonColumn,
  OrgPathColumn,
  TenantKey,
  TextColumn,
  TextKey,
  WholeColumn,
} from '../platform/database/columns.ts';
import { CODE, INTERNAL, type FieldNote } from '../platform/database/registry.ts';

/** Written for everyone; phone, identity, account and room numbers are refused on the way in. */
const PUBLIC_TEXT: FieldNote = { ...CODE, purpose: 'publication of needs, offers and projects', basis: 'publicInterest' };
/** A resident's own words and contact: kept to answer them, no longer than three years after the need is closed. */
const RESIDENT_WORDS: FieldNote = { sensitivity: 2, purpose: 'answering a need', basis: 'consent', retentionMonths: 36, mask: 'freeText' };
const RESIDENT_NAME: FieldNote = { ...RESIDENT_WORDS, mask: 'name' };
const RESIDENT_PHONE: FieldNote = { ...RESIDENT_WORDS, mask: 'phone' };

@Entity('needs_counter')
export class CounterRow {
  @TenantKey() tenantId: string;
  @TextKey('kind') kind: string;
  @Column({ type: 'integer' }) last: number;
}

@Entity('needs_need')
export class NeedRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ type: 'integer' }) serial: number;
  @TextColumn(CODE, { name: 'source_number', nullable: true }) sourceNumber: string | null;
  @Column({ name: 'community_id', type: 'uuid' }) communityId: string;
  @OrgPathColumn() orgPath: string;
  @TextColumn(CODE) channel: string;
  @TextColumn(PUBLIC_TEXT, { nullable: true }) place: string | null;
  @TextColumn(CODE) category: string;
  @Column({ type: 'smallint' }) urgency: number;
  @Column({ name: 'people_affected', type: 'integer' }) peopleAffected: number;
  @TextColumn(INTERNAL, { nullable: true }) evidence: string | null;
  @TextColumn(PUBLIC_TEXT, { name: 'public_text', nullable: true }) publicText: string | null;
  @TextColumn(CODE, { name: 'raiser_kind' }) raiserKind: string;
  @TextColumn(CODE, { name: 'raised_by' }) raisedBy: string;
  @TextColumn(CODE) state: string;
  @Column({ type: 'boolean', generatedType: 'STORED', asExpression: "state IN ('listed', 'answered')" }) published: boolean;
  @Column({ name: 'merged_into', type: 'uuid', nullable: true }) mergedInto: string | null;
  @JsonColumn(PUBLIC_TEXT, { name: 'left_out', nullable: true }) leftOut: unknown;
  @InstantColumn({ name: 'raised_at' }) raisedAt: Instant;
  @InstantColumn({ name: 'ended_at', nullable: true }) endedAt: Instant | null;
  @Column({ name: 'needs_look', type: 'boolean', default: false }) needsLook: boolean;
  @TextColumn(PUBLIC_TEXT, { array: true, default: [] }) words: string[];
  @Column({ type: 'integer', default: 1 }) version: number;
}

/** Where a need's text agrees with another's: hashes of what everyone may read. */
@Entity('needs_band')
export class BandRow {
  @TenantKey() tenantId: string;
  @PrimaryColumn({ type: 'bigint' }) key: number;
  @PrimaryColumn({ type: 'integer' }) serial: number;
  @Column({ name: 'need_id', type: 'uuid' }) needId: string;
}

/** Two needs that say the same; whether they are one a person decides. */
@Entity('needs_likeness')
export class LikenessRow {
  @TenantKey() tenantId: string;
  @IdKey('first_id') firstId: string;
  @IdKey('second_id') secondId: string;
  @Column({ type: 'smallint' }) percent: number;
  @InstantColumn({ name: 'found_at' }) foundAt: Instant;
  @InstantColumn({ name: 'dismissed_at', nullable: true }) dismissedAt: Instant | null;
  @TextColumn(CODE, { name: 'dismissed_by', nullable: true }) dismissedBy: string | null;
}

@Entity('needs_raiser')
export class RaiserRow {
  @TenantKey() tenantId: string;
  @IdKey('need_id') needId: string;
  @OrgPathColumn() orgPath: string;
  @Column({ name: 'subject_id', type: 'uuid' }) subjectId: string;
  @BytesColumn(RESIDENT_WORDS, { name: 'words_sealed', nullable: true }) wordsSealed: Buffer | null;
  @BytesColumn(RESIDENT_NAME, { name: 'name_sealed', nullable: true }) nameSealed: Buffer | null;
  @BytesColumn(RESIDENT_PHONE, { name: 'phone_sealed', nullable: true }) phoneSealed: Buffer | null;
  @BytesColumn(RESIDENT_PHONE, { name: 'phone_index', nullable: true }) phoneIndex: Buffer | null;
  @TextColumn(CODE, { nullable: true }) consent: string | null;
}

/** What staff asked who raised a need, and what they answered. */
@Entity('needs_question')
export class QuestionRow {
  @TenantKey() tenantId: string;
  @IdKey('need_id') needId: string;
  @PrimaryColumn({ type: 'smallint' }) number: number;
  @OrgPathColumn() orgPath: string;
  @TextColumn(PUBLIC_TEXT) text: string;
  @InstantColumn({ name: 'asked_at' }) askedAt: Instant;
  @TextColumn(CODE, { name: 'asked_by' }) askedBy: string;
  @BytesColumn(RESIDENT_WORDS, { name: 'answer_sealed', nullable: true }) answerSealed: Buffer | null;
  @InstantColumn({ name: 'answered_at', nullable: true }) answeredAt: Instant | null;
  @TextColumn(CODE, { name: 'answered_by', nullable: true }) answeredBy: string | null;
}

/** MinHash of a raiser's words under a key of the tenant: tells likeness, not the words. */
@Entity('needs_word_signature')
export class WordSignatureRow {
  @TenantKey() tenantId: string;
  @IdKey('need_id') needId: string;
  @OrgPathColumn() orgPath: string;
  @BytesColumn(RESIDENT_WORDS) minima: Buffer;
}

@Entity('needs_merge')
export class MergeRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'kept_id', type: 'uuid' }) keptId: string;
  @Column({ name: 'merged_id', type: 'uuid' }) mergedId: string;
  @TextColumn(CODE, { name: 'from_state' }) fromState: string;
  @InstantColumn({ name: 'merged_at' }) mergedAt: Instant;
  @TextColumn(CODE, { name: 'merged_by' }) mergedBy: string;
  @InstantColumn({ name: 'undone_at', nullable: true }) undoneAt: Instant | null;
  @TextColumn(CODE, { name: 'undone_by', nullable: true }) undoneBy: string | null;
}

@Entity('needs_confirmation')
export class ConfirmationRow {
  @TenantKey() tenantId: string;
  @IdKey('need_id') needId: string;
  @TextKey('by_kind') byKind: string;
  @InstantColumn({ name: 'confirmed_at' }) confirmedAt: Instant;
  @TextColumn(CODE, { name: 'confirmed_by' }) confirmedBy: string;
}

@Entity('needs_offer')
export class OfferRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ type: 'integer' }) serial: number;
  @TextColumn(CODE, { name: 'source_number', nullable: true }) sourceNumber: string | null;
  @Column({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @OrgPathColumn() orgPath: string;
  @TextColumn(CODE, { array: true }) categories: string[];
  @Column({ name: 'community_ids', type: 'uuid', array: true }) communityIds: string[];
  @TextColumn(PUBLIC_TEXT) description: string;
  @Column({ type: 'integer' }) capacity: number;
  @WholeColumn({ name: 'funds_fen' }) fundsFen: number;
  @Column({ type: 'integer' }) hours: number;
  @DateColumn({ name: 'from_on' }) fromOn: LocalDate;
  @DateColumn({ name: 'until_on', nullable: true }) untilOn: LocalDate | null;
  @TextColumn(CODE) state: string;
  @TextColumn(PUBLIC_TEXT, { array: true, default: [] }) words: string[];
  @Column({ type: 'integer', default: 1 }) version: number;
}

@Entity('needs_proposal')
export class ProposalRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ type: 'integer' }) serial: number;
  @TextColumn(CODE, { name: 'source_number', nullable: true }) sourceNumber: string | null;
  @Column({ name: 'community_id', type: 'uuid' }) communityId: string;
  @OrgPathColumn() orgPath: string;
  @TextColumn(PUBLIC_TEXT) title: string;
  @TextColumn(PUBLIC_TEXT) description: string;
  @TextColumn(CODE) category: string;
  @TextColumn(CODE) capability: string;
  @WholeColumn({ name: 'budget_fen' }) budgetFen: number;
  @Column({ type: 'integer' }) hours: number;
  @DateColumn({ name: 'from_on' }) fromOn: LocalDate;
  @DateColumn({ name: 'until_on' }) untilOn: LocalDate;
  @Column({ name: 'shared_property', type: 'boolean' }) sharedProperty: boolean;
  @Column({ name: 'people_expected', type: 'integer' }) peopleExpected: number;
  @Column({ name: 'implementer_id', type: 'uuid', nullable: true }) implementerId: string | null;
  @TextColumn(CODE) state: string;
  @Column({ type: 'boolean', generatedType: 'STORED', asExpression: "state IN ('ready', 'matched')" }) published: boolean;
  @Column({ type: 'integer', default: 1 }) version: number;
}

@Entity('needs_proposal_need')
export class ProposalNeedRow {
  @TenantKey() tenantId: string;
  @IdKey('proposal_id') proposalId: string;
  @IdKey('need_id') needId: string;
}

@Entity('needs_import')
export class ImportRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @TextColumn(CODE) kind: string;
  @TextColumn(CODE, { name: 'file_hash' }) fileHash: string;
  @Column({ name: 'mapping_id', type: 'uuid', nullable: true }) mappingId: string | null;
  @Column({ name: 'take_over', type: 'boolean', default: false }) takeOver: boolean;
  @OrgPathColumn() orgPath: string;
  @Column({ type: 'integer' }) taken: number;
  @Column({ type: 'integer' }) unchanged: number;
  @Column({ type: 'integer' }) bad: number;
  @InstantColumn({ name: 'imported_at' }) importedAt: Instant;
  @TextColumn(CODE, { name: 'imported_by' }) importedBy: string;
}

@Entity('needs_import_row')
export class ImportedRow {
  @TenantKey() tenantId: string;
  @TextKey('kind') kind: string;
  @TextKey('row_key') rowKey: string;
  @TextColumn(CODE, { name: 'content_hash' }) contentHash: string;
  @Column({ name: 'import_id', type: 'uuid' }) importId: string;
  @Column({ name: 'record_id', type: 'uuid' }) recordId: string;
  @Column({ name: 'row_number', type: 'integer' }) rowNumber: number;
  @TextColumn(INTERNAL) sheet: string;
}
