import { z } from 'zod';
import { quarter, type Quarter } from '../../../calendar/model.ts';

const QuarterName = z
  .string()
  .regex(/^\d{4}Q[1-4]$/)
  .transform((text): Quarter => quarter(text));

const ListName = z.enum(['needs', 'resources', 'projects']);

export const FreezeBody = z.strictObject({ communityId: z.uuid(), quarter: QuarterName }).meta({ id: 'FreezeLists' });

export const SnapshotKeyView = z
  .strictObject({
    quarter: z.string(),
    list: ListName,
    /** SHA-256 of the frozen bytes, base64url. */
    hash: z.string(),
    at: z.string(),
  })
  .meta({ id: 'ListSnapshotKey' });

export const SnapshotKeys = z.strictObject({ items: z.array(SnapshotKeyView) });

export const SnapshotQuery = z.strictObject({ communityId: z.uuid() });

export const SnapshotParams = z.strictObject({ communityId: z.uuid(), quarter: QuarterName, list: ListName });

const Value = z.union([z.string(), z.number().int(), z.boolean(), z.null(), z.array(z.string())]);
const Row = z.record(z.string(), Value);

export const SnapshotView = SnapshotKeyView.extend({
  /** Whether the bytes still have that hash. */
  intact: z.boolean(),
  on: z.string(),
  rows: z.array(Row),
}).meta({ id: 'ListSnapshot' });

export const DifferenceView = z
  .strictObject({
    /** The quarter compared with; null where none was frozen before. */
    since: z.string().nullable(),
    added: z.array(Row),
    gone: z.array(Row),
    changed: z.array(
      z.strictObject({ number: z.string(), fields: z.array(z.strictObject({ field: z.string(), before: Value, after: Value })) }),
    ),
  })
  .meta({ id: 'ListDifference' });

export const SnapshotFileQuery = z.strictObject({ of: z.enum(['list', 'difference']).default('list'), format: z.enum(['xlsx', 'csv']).default('xlsx') });
