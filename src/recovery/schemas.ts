import { z } from 'zod';

export const RecoveryView = z.strictObject({
  mode: z.enum(['open', 'frozen', 'repairing']),
  /** 1 = never restored. */
  epoch: z.int(),
  reason: z.string().nullable(),
  since: z.string().nullable(),
});
