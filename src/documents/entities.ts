import { Column, Entity } from 'typeorm';
import type { Instant } from '../kernel/time.ts';
import { IdKey, InstantColumn, TenantKey, TextColumn, TextKey } from '../platform/database/columns.ts';
import { CODE, INTERNAL } from '../platform/database/registry.ts';

/** What was printed: one row for each state of what a document says. */
@Entity('document')
export class DocumentRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @TextColumn(CODE) code: string;
  @TextColumn(CODE) kind: string;
  @TextColumn(CODE) subject: string;
  @TextColumn({ ...INTERNAL, purpose: 'check of printed documents' }) issuer: string;
  @TextColumn(CODE) label: string;
  @TextColumn(CODE, { name: 'content_hash' }) contentHash: string;
  @InstantColumn({ name: 'printed_at' }) printedAt: Instant;
}

@Entity('document_print')
export class DocumentPrintRow {
  @TenantKey() tenantId: string;
  @Column({ name: 'document_id', type: 'uuid', primary: true }) documentId: string;
  @TextKey('bytes_hash') bytesHash: string;
  @TextColumn(CODE) format: string;
  @TextColumn(CODE) language: string;
  @TextColumn({ ...INTERNAL, purpose: 'authorship' }) actor: string;
  @InstantColumn({ name: 'printed_at' }) printedAt: Instant;
}
