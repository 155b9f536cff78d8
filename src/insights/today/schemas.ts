import { z } from 'zod';
import { NEED_STATES } from '../../needs/need/model.ts';

const door = z.strictObject({ count: z.int(), door: z.string() });

/** Every number has the address of the list whose rows are as many. */
export const TodayView = z
  .strictObject({
    at: z.string(),
    waits: z.strictObject({ mine: door, lateByOthers: door, dueThisWeek: door, remindedByHand: door }),
    holders: z.array(
      z.strictObject({
        ownerRole: z.string(),
        ownerOrgUnit: z.uuid().nullable(),
        owner: z.string(),
        count: z.int(),
        overdue: z.int(),
        oldest: z.string(),
        firstDue: z.string().nullable(),
        nextWake: z.string().nullable(),
      }),
    ),
    calendar: z.array(
      z.strictObject({ date: z.iso.date(), workday: z.boolean(), makeup: z.boolean(), name: z.string().nullable(), due: door }),
    ),
    /** Null where the caller does not read needs. */
    needs: z.array(z.strictObject({ state: z.enum(NEED_STATES), ...door.shape })).nullable(),
    needsLoop: z.strictObject({ raised: door, listed: door }).nullable(),
    loop: z.strictObject({ claimed: door, accepted: door, evaluated: door, closed: door }),
    /** Of the running quarter; null where the caller does not read it. */
    results: z.strictObject({ quarter: z.string(), fundsFen: z.int(), problemsSolved: z.int(), door: z.string() }).nullable(),
  })
  .meta({ id: 'Today' });
