import { z } from 'zod';

export const OwedReports = z
  .object({
    items: z.array(
      z.object({
        projectId: z.uuid(),
        number: z.string(),
        title: z.string(),
        communityId: z.uuid(),
        unitId: z.uuid(),
        /** The quarter that is reported on. */
        quarter: z.string(),
        due: z.string(),
        state: z.enum(['missing', 'returned']),
        /** Marked so by the engine, or past its due date. */
        late: z.boolean(),
        /** How often the engine has reminded of it. */
        reminded: z.int(),
      }),
    ),
  })
  .meta({ id: 'OwedReports' });
