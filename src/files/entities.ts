import { Column, Entity } from 'typeorm';
import type { Instant } from '../kernel/time.ts';
import { BytesColumn, IdKey, InstantColumn, OrgPathColumn, TenantKey, TextColumn } from '../platform/database/columns.ts';
import { CODE, INTERNAL, type FieldNote } from '../platform/database/registry.ts';

/** Photographs of homes and people, signatures, lists of consent: always sealed. */
const EVIDENCE: FieldNote = { sensitivity: 3, purpose: 'evidence of a need or of work done', basis: 'publicInterest', retentionMonths: 180, mask: 'freeText' };

@Entity('file')
export class FileRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @OrgPathColumn() orgPath: string;
  /** Seen only inside the subtree of its place, as what households say is. */
  @Column({ type: 'boolean' }) household: boolean;
  @Column({ type: 'boolean' }) sensitive: boolean;
  @TextColumn({ ...INTERNAL, purpose: 'authorship' }) sender: string;
  @TextColumn(CODE, { name: 'media_type' }) mediaType: string;
  @Column({ type: 'integer' }) bytes: number;
  @TextColumn(CODE) hash: string;
  @Column({ type: 'integer', nullable: true }) width: number | null;
  @Column({ type: 'integer', nullable: true }) height: number | null;
  @TextColumn(CODE, { name: 'record_kind', nullable: true }) recordKind: string | null;
  @Column({ name: 'record_id', type: 'uuid', nullable: true }) recordId: string | null;
  @InstantColumn({ name: 'received_at' }) receivedAt: Instant;
  /** Gone afterwards, if it belongs to nothing by then. */
  @InstantColumn({ name: 'keep_until' }) keepUntil: Instant;
}

@Entity('file_part')
export class FilePartRow {
  @TenantKey() tenantId: string;
  @IdKey('file_id') fileId: string;
  @Column({ type: 'integer', primary: true }) ordinal: number;
  @OrgPathColumn() orgPath: string;
  @Column({ type: 'boolean' }) household: boolean;
  @BytesColumn(EVIDENCE) sealed: Buffer;
}
