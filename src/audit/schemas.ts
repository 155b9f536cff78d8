import { z } from 'zod';
import { pageFields, pageOf } from '../platform/http/cursor.ts';

export const AuditQuery = z.strictObject({
  ...pageFields,
  /** `kind:id`, e.g. `person:…`, `unit:…`. */
  subject: z.string().min(1).max(200).optional(),
  action: z.string().min(1).max(100).optional(),
});

export const AuditEventView = z.strictObject({
  id: z.uuid(),
  at: z.string(),
  /** SHA-256 of a zero byte and the stored bytes, in hex. */
  hash: z.string(),
  /** The stored record, field by field as it was hashed. */
  record: z.record(z.string(), z.unknown()),
});

export const AuditPage = pageOf(AuditEventView);
