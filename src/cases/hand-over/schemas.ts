import { z } from 'zod';

/** Without a successor only somebody may leave for whom no wait is left alone. */
export const HandOver = z.strictObject({ successorId: z.uuid().optional() });

export const HandedOverView = z.strictObject({
  /** Open waits that others answer from now on. */
  waits: z.number().int(),
});
