import { z } from 'zod';
import type { Session } from './model.ts';

export const SessionView = z
  .strictObject({
    id: z.uuid(),
    signedInAt: z.string(),
    seenAt: z.string(),
    expiresAt: z.string(),
    /** Whether it has shown a second factor. */
    secondFactor: z.boolean(),
    /** The one that asks. */
    isCurrent: z.boolean(),
  })
  .meta({ id: 'Session' });

export const SessionList = z.strictObject({ items: z.array(SessionView) });

export const SessionsEnded = z.strictObject({ ended: z.int() });

export function sessionView({ id, createdAt, seenAt, expiresAt, secondFactorAt, isCurrent }: Session): z.infer<typeof SessionView> {
  return { id, signedInAt: createdAt, seenAt, expiresAt, secondFactor: secondFactorAt !== null, isCurrent };
}
