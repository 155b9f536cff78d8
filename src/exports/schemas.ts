import { z } from 'zod';
import type { Instant } from '../kernel/time.ts';
import { pageFields, pageOf } from '../platform/http/cursor.ts';
import { EXPORT_FORMATS, EXPORT_STATES, stateOf, type Export } from './model.ts';

export const ExportParam = z.strictObject({ id: z.uuid() });

const filter = z
  .record(z.string().regex(/^[a-zA-Z]{1,30}$/), z.string().max(200))
  .refine((values) => Object.keys(values).length <= 30 && !('cursor' in values) && !('limit' in values));

export const ExportToMake = z
  .strictObject({
    /** Route of the list under `/api/v1`. */
    list: z.string().regex(/^[a-z][a-z/-]{0,39}$/),
    format: z.enum(EXPORT_FORMATS),
    /** As in the query of that route. */
    filter: filter.default({}),
    reason: z.string().trim().min(2).max(500).optional(),
  })
  .meta({ id: 'ExportToMake' });

export const ExportQuery = z.strictObject({
  ...pageFields,
  /** `toRelease`: of others, waiting for a second person. */
  which: z.enum(['mine', 'toRelease']).default('mine'),
});

export const ExportView = z
  .strictObject({
    id: z.uuid(),
    number: z.string(),
    list: z.string(),
    /** In the reader's language. */
    listName: z.string(),
    format: z.enum(EXPORT_FORMATS),
    filter: z.record(z.string(), z.string()),
    reason: z.string().nullable(),
    personal: z.boolean(),
    rows: z.int(),
    state: z.enum(EXPORT_STATES),
    /** What a release names. */
    digest: z.string(),
    requestedBy: z.string(),
    requestedAt: z.string(),
    releasedAt: z.string().nullable(),
    refusal: z.string().nullable(),
    expiresAt: z.string(),
  })
  .meta({ id: 'Export' });

export const ExportPage = pageOf(ExportView);

export const ExportRelease = z.strictObject({ digest: z.string().min(1).max(100) }).meta({ id: 'ExportRelease' });

export const ExportRefusal = z.strictObject({ reason: z.string().trim().min(2).max(500) }).meta({ id: 'ExportRefusal' });

export function exportView(one: Export, at: Instant, words: { readonly listName: string; readonly requestedBy: string }): z.infer<typeof ExportView> {
  const { id, number, list, format, filter: wanted, reason, personal, rows, digest, requestedAt, releasedAt, refusal, expiresAt } = one;
  return { id, number, list, format, filter: { ...wanted }, reason, personal, rows, digest, requestedAt, releasedAt, refusal, expiresAt, state: stateOf(one, at), ...words };
}
