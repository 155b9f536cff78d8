import { z } from 'zod';
import { pageFields, pageOf } from '../platform/http/cursor.ts';

const day = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2200-01-01');

const filterFields = {
  /** `kind:id`, e.g. `person:…`, `unit:…`. */
  subject: z.string().min(1).max(200).optional(),
  /** Whole, `accounts.roleGranted`, or an area: `accounts`. */
  action: z.string().min(1).max(100).optional(),
  /** Who did it; nobody's for what the system does. */
  person: z.uuid().optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  /** First and last day in Asia/Shanghai. */
  from: day.optional(),
  to: day.optional(),
};

export const AuditQuery = z.strictObject({ ...pageFields, ...filterFields });

export const AuditEventView = z.strictObject({
  id: z.uuid(),
  at: z.string(),
  /** SHA-256 of a zero byte and the stored bytes, in hex. */
  hash: z.string(),
  /** The stored record, field by field as it was hashed. */
  record: z.record(z.string(), z.unknown()),
});

export const AuditPage = pageOf(AuditEventView);
