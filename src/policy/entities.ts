import { Entity, PrimaryColumn } from 'typeorm';
import type { Instant, LocalDate } from '../kernel/time.ts';
import { DateColumn, InstantColumn, JsonColumn, TenantKey, TextColumn, TextKey } from '../platform/database/columns.ts';
import { CODE, INTERNAL, type FieldNote } from '../platform/database/registry.ts';
import type { PolicyContent, PolicyKind } from './model.ts';

const RULES: FieldNote = { ...CODE, purpose: 'rules, published with their sources' };

/** One version of a pack. Written once: cases pin it for as long as they live. */
@Entity('policy_pack')
export class PolicyPackRow {
  @TenantKey() tenantId: string;
  @TextKey('kind') kind: PolicyKind;
  @PrimaryColumn({ type: 'integer' }) version: number;
  @DateColumn({ name: 'effective_from' }) effectiveFrom: LocalDate;
  @JsonColumn(RULES) content: PolicyContent;
  @TextColumn(CODE) hash: string;
  @TextColumn(INTERNAL) reason: string;
  @TextColumn(CODE, { name: 'published_by' }) publishedBy: string;
  @InstantColumn({ name: 'published_at' }) publishedAt: Instant;
}
