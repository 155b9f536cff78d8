import { z } from 'zod';
import { orgPath } from '../kernel/scope.ts';
import { pageFields, pageOf } from '../platform/http/cursor.ts';

const code = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/);

export const WaitQuery = z.strictObject({
  ...pageFields,
  role: code.optional(),
  orgUnitId: z.uuid().optional(),
  kind: code.optional(),
  late: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  /** A community's or office's place in the organisation; everything below it. */
  path: z
    .string()
    .regex(/^\/([a-z0-9-]{1,40}\/){0,8}$/)
    .transform((text) => orgPath(text))
    .optional(),
});

export const WaitView = z.strictObject({
  caseId: z.string(),
  kind: z.string(),
  name: z.string(),
  orgPath: z.string(),
  ownerRole: z.string(),
  ownerOrgUnit: z.uuid().nullable(),
  since: z.string(),
  due: z.string().nullable(),
  isLate: z.boolean(),
  /** The next thing that happens by itself: reminder, late mark or expiry. */
  wakeAt: z.string().nullable(),
  /** Text key of what happens if nobody acts. */
  otherwise: z.string(),
});

export const WaitPage = pageOf(WaitView);

export const WaitSummary = z.strictObject({
  items: z.array(
    z.strictObject({
      ownerRole: z.string(),
      ownerOrgUnit: z.uuid().nullable(),
      count: z.number().int(),
      oldest: z.string(),
      overdue: z.number().int(),
    }),
  ),
});
