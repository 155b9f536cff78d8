import { Column, Entity } from 'typeorm';
import type { Instant } from '../../kernel/time.ts';
import { IdKey, InstantColumn, JsonColumn, OrgPathColumn, TenantKey, TextColumn } from '../../platform/database/columns.ts';
import { CODE, type FieldNote } from '../../platform/database/registry.ts';

/** Hung in stairwells: written for everyone. */
const PUBLIC_TEXT: FieldNote = { ...CODE, purpose: 'publication of a needs survey', basis: 'publicInterest' };

@Entity('needs_survey')
export class SurveyRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @OrgPathColumn() orgPath: string;
  @TextColumn(CODE) code: string;
  @TextColumn(PUBLIC_TEXT) title: string;
  @TextColumn(PUBLIC_TEXT, { nullable: true }) intro: string | null;
  @JsonColumn(PUBLIC_TEXT) questions: unknown;
  @Column({ name: 'community_ids', type: 'uuid', array: true }) communityIds: string[];
  @TextColumn(CODE, { array: true }) channels: string[];
  @Column({ name: 'target_per_area', type: 'integer' }) targetPerArea: number;
  @InstantColumn({ name: 'opens_at' }) opensAt: Instant;
  @InstantColumn({ name: 'closes_at' }) closesAt: Instant;
  @TextColumn(CODE, { name: 'content_hash' }) contentHash: string;
  @Column({ name: 'policy_version', type: 'integer' }) policyVersion: number;
  @TextColumn(CODE) status: string;
  @Column({ type: 'boolean', default: false }) released: boolean;
  @InstantColumn({ nullable: true }) due: Instant | null;
  @Column({ name: 'calendar_version', type: 'integer', nullable: true }) calendarVersion: number | null;
  @InstantColumn({ name: 'created_at' }) createdAt: Instant;
  @TextColumn(CODE, { name: 'created_by' }) createdBy: string;
  @Column({ name: 'case_version', type: 'integer', default: 0 }) caseVersion: number;
  @Column({ type: 'integer', default: 1 }) version: number;
}
