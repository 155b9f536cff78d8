import { z } from 'zod';

const cursor = z.string().min(1).max(40);

export const ChangesQuery = z.strictObject({ since: cursor.optional() });

export const ChangesAnswer = z
  .strictObject({
    items: z.array(z.strictObject({ kind: z.string(), id: z.string().nullable(), version: z.int().nullable() })),
    /** For the next question. */
    cursor,
    /** Too much or too long ago: ask for everything anew. */
    isReset: z.boolean(),
  })
  .meta({ id: 'Changes' });
