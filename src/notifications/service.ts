import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import { CHANNELS, type Channel } from './channel.ts';
import { recipientKey, type InboxCursor, type InboxMessage, type Message, type Reader } from './model.ts';
import { NotificationsStore } from './store.ts';

/** The inbox of everybody, and the queue to the channels that leave the house. */
@Injectable()
export class NotificationsService {
  readonly #store: NotificationsStore;
  readonly #channels: readonly Channel[];

  constructor(store: NotificationsStore, @Inject(CHANNELS) channels: readonly Channel[]) {
    this.#store = store;
    this.#channels = channels;
  }

  /** One statement for all; a message whose key and recipient are already there is not posted again. */
  async post(tx: Tx, messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return;
    const leaving = (text: string, recipient: string): string[] => this.#channels.filter(({ takes }) => takes?.(text, recipient) ?? true).map(({ name }) => name);
    await this.#store.insertMessages(tx, messages.map((message) => ({ ...message, channels: leaving(message.text, recipientKey(message.recipient)) })));
  }

  async inbox(
    tx: Tx,
    reader: Reader,
    page: { readonly unreadOnly: boolean; readonly limit: number; readonly after?: InboxCursor },
  ): Promise<readonly InboxMessage[]> {
    return this.#store.inbox(tx, reader, page);
  }

  async countUnread(tx: Tx, reader: Reader): Promise<number> {
    return this.#store.countUnread(tx, reader);
  }

  /** Refuses `NOTIFICATIONS_MESSAGE_UNKNOWN` for another's message as for none. Reading twice is reading once. */
  async markRead(tx: Tx, reader: Reader, id: string, at: Instant): Promise<void> {
    const [read] = await this.#store.markRead(tx, reader, [id], at);
    if (!read) refuse('NOTIFICATIONS_MESSAGE_UNKNOWN', 'unknown');
  }

  /** Answers which of the ids were the reader's; the others are left alone. */
  async markAllRead(tx: Tx, reader: Reader, ids: readonly string[], at: Instant): Promise<ReadonlySet<string>> {
    return new Set(await this.#store.markRead(tx, reader, ids, at));
  }
}
