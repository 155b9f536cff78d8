import { z } from 'zod';
import { uploaded } from '../../platform/http/upload.ts';
import { flag } from '../schemas.ts';

export const ImportForm = z.strictObject({ file: uploaded });

export const ImportQuery = z.strictObject({
  /** Only says what would happen. */
  preview: flag,
  /** Take the good rows although others are bad. */
  takeGood: flag,
});

export const ReportView = z
  .strictObject({
    importId: z.uuid().nullable(),
    rows: z.number().int(),
    taken: z.number().int(),
    /** Rows that an earlier import took already. */
    unchanged: z.number().int(),
    bad: z.number().int(),
    errors: z.array(
      z.strictObject({
        /** `row:column`, counted from 1 as the spreadsheet shows them. */
        at: z.string(),
        code: z.string(),
        params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
      }),
    ),
    unknownHeadings: z.array(z.string()),
  })
  .meta({ id: 'ImportReport' });
