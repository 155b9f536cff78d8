import { z } from 'zod';
import { RETAINED, RULES, type Outlook } from './model.ts';

export const RetentionView = z
  .object({
    items: z.array(
      z.object({
        retained: z.enum(RETAINED),
        term: z.int(),
        unit: z.enum(['months', 'days']),
        /** What was settled before goes with the next round. */
        before: z.string(),
        due: z.int(),
        /** Past its term, and kept by a legal hold. */
        held: z.int(),
        /** What went last; counts alone are kept. */
        last: z.object({ at: z.string(), removed: z.int() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'Retention' });

export function retentionView(outlooks: readonly Outlook[]): z.infer<typeof RetentionView> {
  const items = outlooks.map(({ last, retained, ...outlook }) => {
    return { ...outlook, retained, unit: RULES[retained].unit, last: last && { at: last.at, removed: last.removed } };
  });
  return { items };
}
