import { Injectable } from '@nestjs/common';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import { deriveId } from '../platform/ids.ts';
import type { Letter } from './channel.ts';
import { keysOf, recipientKey, type InboxCursor, type InboxMessage, type Message, type Reader } from './model.ts';

/** Delivery is tried again after 1, 2, 4 … minutes, and given up after this many attempts. */
const MAX_ATTEMPTS = 8;

@Injectable()
export class NotificationsStore {
  /** `channels`: by which each leaves the house, beside the inbox. */
  async insertMessages(tx: Tx, messages: readonly (Message & { readonly channels: readonly string[] })[]): Promise<void> {
    const rows = messages.map((message) => {
      const recipient = recipientKey(message.recipient);
      return { ...message, recipient, id: deriveId(message.key, recipient) };
    });
    tx.send(
      `WITH given AS (
         SELECT * FROM jsonb_to_recordset($2::jsonb) AS m(id uuid, key text, recipient text, text text, params jsonb,
           "caseId" text, at timestamptz, channels text[])
       ), posted AS (
         INSERT INTO notifications_message (tenant_id, id, key, recipient, text_key, params, case_id, at)
         SELECT $1, id, key, recipient, text, params, "caseId", at FROM given
         ORDER BY id
         ON CONFLICT DO NOTHING
         RETURNING id, at
       )
       INSERT INTO notifications_outbox (tenant_id, message_id, channel, state, next_at)
       SELECT DISTINCT $1, posted.id, channel, 'queued', posted.at FROM posted JOIN given USING (id) CROSS JOIN unnest(given.channels) AS channel`,
      [tx.scope.tenant, JSON.stringify(rows)],
    );
  }

  /** Newest first. Each recipient key is one range of the index, so no key reads more than a page. */
  async inbox(
    tx: Tx,
    reader: Reader,
    page: { readonly unreadOnly: boolean; readonly limit: number; readonly after?: InboxCursor },
  ): Promise<InboxMessage[]> {
    return tx.query<InboxMessage>(
      `SELECT m.id, m.text_key AS text, m.params, m.case_id AS "caseId", m.at, m."readAt"
       FROM unnest($2::text[]) AS key(recipient)
       CROSS JOIN LATERAL (
         SELECT m.*, r.at AS "readAt"
         FROM notifications_message m
         LEFT JOIN notifications_read r
           ON r.tenant_id = m.tenant_id AND r.message_id = m.id AND r.account_id = $3
         WHERE m.tenant_id = $1 AND m.recipient = key.recipient
           AND ($4::timestamptz IS NULL OR (m.at, m.id) < ($4::timestamptz, $5::uuid))
           AND (NOT $6::boolean OR r.at IS NULL)
         ORDER BY m.at DESC, m.id DESC
         LIMIT $7
       ) AS m
       ORDER BY m.at DESC, m.id DESC
       LIMIT $7`,
      [
        tx.scope.tenant,
        keysOf(reader),
        reader.accountId,
        page.after?.at ?? null,
        page.after?.id ?? null,
        page.unreadOnly,
        page.limit,
      ],
    );
  }

  async countUnread(tx: Tx, reader: Reader): Promise<number> {
    const [row] = await tx.query<{ unread: number }>(
      `SELECT count(*) AS unread FROM notifications_message m
       WHERE m.tenant_id = $1 AND m.recipient = ANY($2::text[]) AND NOT EXISTS (
         SELECT FROM notifications_read r
         WHERE r.tenant_id = m.tenant_id AND r.message_id = m.id AND r.account_id = $3)`,
      [tx.scope.tenant, keysOf(reader), reader.accountId],
    );
    return row?.unread ?? 0;
  }

  /** The ids among those given that are this reader's; the first reading counts. */
  async markRead(tx: Tx, reader: Reader, ids: readonly string[], at: Instant): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `WITH own AS (
         SELECT id FROM notifications_message
         WHERE tenant_id = $1 AND id = ANY($4::uuid[]) AND recipient = ANY($2::text[])
       ), marked AS (
         INSERT INTO notifications_read (tenant_id, account_id, message_id, at)
         SELECT $1, $3::uuid, id, $5::timestamptz FROM own ORDER BY id
         ON CONFLICT DO NOTHING
       )
       SELECT id FROM own`,
      [tx.scope.tenant, keysOf(reader), reader.accountId, ids, at],
    );
    return rows.map((row) => row.id);
  }

  /** Takes one letter for its next attempt and puts the one after that off, so that a crash only delays it. */
  async takeDue(tx: Tx, channels: readonly string[], at: Instant): Promise<(Letter & { channel: string }) | undefined> {
    const [letter] = await tx.query<Letter & { channel: string }>(
      `WITH due AS (
         SELECT tenant_id, message_id, channel FROM notifications_outbox
         WHERE tenant_id = $1 AND state = 'queued' AND next_at <= $2 AND channel = ANY($3::text[])
         ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
       ), taken AS (
         UPDATE notifications_outbox o
         SET attempts = attempts + 1,
             next_at = $2::timestamptz + interval '1 minute' * (2 ^ attempts),
             state = CASE WHEN attempts >= $4 THEN 'failed' ELSE state END
         FROM due WHERE (o.tenant_id, o.message_id, o.channel) = (due.tenant_id, due.message_id, due.channel)
         RETURNING o.tenant_id, o.message_id, o.channel, o.state
       )
       SELECT m.id, m.recipient, m.text_key AS text, m.params, taken.channel
       FROM taken JOIN notifications_message m ON m.tenant_id = taken.tenant_id AND m.id = taken.message_id
       WHERE taken.state = 'queued'`,
      [tx.scope.tenant, at, channels, MAX_ATTEMPTS],
    );
    return letter;
  }

  async markSent(tx: Tx, id: string, channel: string): Promise<void> {
    await tx.query(
      "UPDATE notifications_outbox SET state = 'sent' WHERE tenant_id = $1 AND message_id = $2 AND channel = $3",
      [tx.scope.tenant, id, channel],
    );
  }
}
