import { z } from 'zod';
import { orgPath } from '../kernel/scope.ts';
import { parseInstant } from '../kernel/time.ts';
import { pageFields, pageOf } from '../platform/http/cursor.ts';

const code = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/);

const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');
const instant = z.iso.datetime({ offset: true }).transform((text) => parseInstant(text));

const waitFilter = {
  role: code.optional(),
  /** `none`: what waits for a role and no unit in particular. */
  orgUnitId: z.union([z.uuid(), z.literal('none')]).optional(),
  kind: code.optional(),
  late: yesOrNo.optional(),
  turn: z.enum(['mine', 'other', 'system']).optional(),
  /** Due at or after this instant. */
  dueFrom: instant.optional(),
  /** Due before this instant. */
  dueBefore: instant.optional(),
  /** By a person. */
  reminded: yesOrNo.optional(),
  caseId: z.string().min(1).max(200).optional(),
  /** A community's or office's place in the organisation; everything below it. */
  path: z
    .string()
    .regex(/^\/([a-z0-9-]{1,40}\/){0,8}$/)
    .transform((text) => orgPath(text))
    .optional(),
};

export const WaitQuery = z.strictObject({ ...pageFields, ...waitFilter });

export const WaitCountQuery = z.strictObject(waitFilter);

export const WaitCount = z.strictObject({ count: z.int() });

export const WaitReminders = z
  .strictObject({ waits: z.array(z.strictObject({ caseId: z.string().min(1).max(200), name: z.string().min(1).max(100) })).min(1).max(100) })
  .meta({ id: 'WaitReminders' });

export const WaitRemindersAnswer = z.strictObject({
  /** Null = reminded. */
  items: z.array(z.strictObject({ caseId: z.string(), name: z.string(), code: z.string().nullable(), detail: z.string().nullable() })),
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
  /** What the case is called; null = not known to this reader. */
  title: z.string().nullable(),
  /** Role and organisation, like all that follows in the reader's language. */
  owner: z.string(),
  what: z.string(),
  otherwiseText: z.string(),
  isMine: z.boolean(),
  /** Negative = late by so many. */
  workdaysLeft: z.int().nullable(),
  /** By a person. */
  reminders: z.int(),
  remindedOn: z.iso.date().nullable(),
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
      owner: z.string(),
      firstDue: z.string().nullable(),
      /** When the next of them moves by itself. */
      nextWake: z.string().nullable(),
    }),
  ),
});
