import { z } from 'zod';
import { ACTIONS } from './model.ts';

export const ActionList = z
  .strictObject({
    items: z.array(
      z.strictObject({
        command: z.enum(ACTIONS),
        /** Of the body acted for; null where the office acts. */
        unitId: z.uuid().nullable(),
      }),
    ),
    /** Whether what was written and photographed in it may be read too. */
    mayReadFile: z.boolean(),
  })
  .meta({ id: 'ProjectActionList' });
