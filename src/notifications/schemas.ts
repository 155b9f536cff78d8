import { z } from 'zod';
import { pageFields, pageOf } from '../platform/http/cursor.ts';

export const InboxQuery = z.strictObject({
  ...pageFields,
  unread: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});

export const MessageView = z.strictObject({
  id: z.uuid(),
  /** In the language of the request. */
  text: z.string(),
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  caseId: z.string().nullable(),
  at: z.string(),
  readAt: z.string().nullable(),
});

export const InboxPage = pageOf(MessageView).extend({ unread: z.number().int() });

export const ReadAnswer = z.strictObject({ unread: z.number().int() });

export const ReadMany = z.strictObject({ ids: z.array(z.uuid()).min(1).max(100) });

export const ReadManyAnswer = ReadAnswer.extend({
  /** One row per id that was sent, in that order; false = not a message of this reader. */
  results: z.array(z.strictObject({ id: z.uuid(), read: z.boolean() })),
});
