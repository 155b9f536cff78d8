import { Column, Entity } from 'typeorm';
import type { Instant } from '../../kernel/time.ts';
import { IdKey, InstantColumn, JsonColumn, OrgPathColumn, TenantKey, TextColumn } from '../../platform/database/columns.ts';
import { CODE, INTERNAL } from '../../platform/database/registry.ts';
import type { MappingContent } from './mapping/model.ts';

@Entity('needs_import_mapping')
export class ImportMappingRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @TextColumn(CODE) kind: string;
  @TextColumn(INTERNAL) source: string;
  @OrgPathColumn() orgPath: string;
  @TextColumn(CODE) fingerprint: string;
  @JsonColumn(INTERNAL) content: MappingContent;
  @Column({ type: 'integer' }) version: number;
  @InstantColumn({ name: 'confirmed_at' }) confirmedAt: Instant;
  @TextColumn(CODE, { name: 'confirmed_by' }) confirmedBy: string;
}

@Entity('needs_import_undo')
export class ImportUndoRow {
  @TenantKey() tenantId: string;
  @IdKey('import_id') importId: string;
  @TextColumn(INTERNAL) reason: string;
  @Column({ type: 'integer' }) records: number;
  @InstantColumn({ name: 'undone_at' }) undoneAt: Instant;
  @TextColumn(CODE, { name: 'undone_by' }) undoneBy: string;
}

@Entity('needs_import_undone_row')
export class UndoneRow {
  @TenantKey() tenantId: string;
  @IdKey('import_id') importId: string;
  @IdKey('record_id') recordId: string;
  @TextColumn(CODE, { name: 'row_key' }) rowKey: string;
  @TextColumn(CODE, { name: 'content_hash' }) contentHash: string;
  @Column({ name: 'row_number', type: 'integer' }) rowNumber: number;
}
