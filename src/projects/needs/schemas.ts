import { z } from 'zod';
import { ListedNeed } from '../../needs/lists/schemas.ts';

export const ProjectNeeds = z
  .object({
    items: z.array(
      ListedNeed.extend({
        /** The quarter whose accepted report says so. */
        answeredIn: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ProjectNeeds' });
