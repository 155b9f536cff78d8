import { Column, Entity } from 'typeorm';
import type { Instant } from '../kernel/time.ts';
import { IdKey, InstantColumn, JsonColumn, TenantKey, TextColumn, TextKey } from '../platform/database/columns.ts';
import { CODE } from '../platform/database/registry.ts';
import type { MessageParams } from './model.ts';

@Entity('notifications_message')
export class NotificationMessageRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @TextColumn(CODE) key: string;
  @TextColumn(CODE, { collation: 'C' }) recipient: string;
  @TextColumn(CODE, { name: 'text_key' }) textKey: string;
  @JsonColumn(CODE) params: MessageParams;
  @TextColumn(CODE, { name: 'case_id', nullable: true }) caseId: string | null;
  @InstantColumn() at: Instant;
}

@Entity('notifications_read')
export class NotificationReadRow {
  @TenantKey() tenantId: string;
  @IdKey('account_id') accountId: string;
  @IdKey('message_id') messageId: string;
  @InstantColumn() at: Instant;
}

@Entity('notifications_outbox')
export class NotificationOutboxRow {
  @TenantKey() tenantId: string;
  @IdKey('message_id') messageId: string;
  @TextKey('channel') channel: string;
  @TextColumn(CODE) state: string;
  @Column({ type: 'integer', default: 0 }) attempts: number;
  @InstantColumn({ name: 'next_at' }) nextAt: Instant;
}
