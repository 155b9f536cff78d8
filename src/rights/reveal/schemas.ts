import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { line } from '../../needs/schemas.ts';
import { REVEALED_FIELDS, REVEALED_RECORDS } from './model.ts';

export const RevealBody = z
  .strictObject({
    record: z.strictObject({ kind: z.enum(REVEALED_RECORDS), id: z.uuid() }),
    field: z.enum(REVEALED_FIELDS),
    /** Read by the auditor beside who looked and when. */
    reason: line(200).refine((text) => text.length >= 4),
  })
  .meta({ id: 'RevealRequest' });

export const Revealed = z
  .object({
    /** Null where nothing is kept. */
    value: z.string().nullable(),
    /** How many more today. */
    left: z.int(),
  })
  .meta({ id: 'RevealedField' });

export const RevealQuery = z.strictObject({ ...pageFields, personId: z.uuid().optional() });

export const RevealView = z
  .object({
    id: z.uuid(),
    record: z.enum(REVEALED_RECORDS),
    recordId: z.uuid(),
    field: z.enum(REVEALED_FIELDS),
    reason: z.string(),
    personId: z.uuid(),
    at: z.string(),
  })
  .meta({ id: 'Reveal' });

export const RevealPage = pageOf(RevealView);
