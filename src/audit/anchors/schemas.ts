import { z } from 'zod';

export const AnchorsQuery = z.strictObject({
  tenant: z.string().min(1).max(64),
  /** Those of earlier days. */
  before: z.iso.date().optional(),
});

export const Anchors = z.strictObject({
  keys: z.array(z.strictObject({ id: z.string(), suite: z.string(), key: z.string() })),
  anchors: z.array(
    z.strictObject({
      /** Exact text that was signed: canonical JSON with day, block, its hash and the number of rows. */
      statement: z.string(),
      /** In hex. */
      signature: z.string(),
      key: z.string(),
    }),
  ),
});
