import { z } from 'zod';
import { PERMISSIONS } from '../model.ts';
import { InstantText } from '../people/schemas.ts';
import type { Deputy } from './model.ts';

export const NewDeputy = z.strictObject({
  deputyId: z.uuid(),
  permissions: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length),
  /** Absent: from now on. */
  from: InstantText.optional(),
  /** At most 30 days after the beginning. */
  until: InstantText,
});

export const DeputyView = z.strictObject({
  id: z.uuid(),
  personId: z.uuid(),
  deputyId: z.uuid(),
  permissions: z.array(z.string()),
  from: z.string(),
  until: z.string().nullable(),
});

export const DeputyList = z.strictObject({ items: z.array(DeputyView) });

export function deputyView({ id, personId, deputyId, permissions, from, until }: Deputy): z.infer<typeof DeputyView> {
  return { id, personId, deputyId, permissions: [...permissions], from, until };
}
